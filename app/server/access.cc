#include "app/server/access.h"

#include <algorithm>
#include <cctype>

#include "core/base/sha256.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kLeastToken = 16;
constexpr std::size_t kLongestToken = 1024;
constexpr std::string_view kScheme = "Bearer ";

std::string digest_of(std::string_view text) {
  Sha256 hash;
  hash.update(text);
  return hash.hex();
}

// Takes the same time wherever the digests differ. Digests do not reveal the length of the text.
bool equal_in_constant_time(const std::string& a, const std::string& b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

// The characters that RFC 6750 allows in a token.
bool is_token_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c < 128 && (std::isalnum(c) || std::string_view("-._~+/=").find(static_cast<char>(c)) !=
                                              std::string_view::npos);
  });
}

// "host:port" of an origin; empty if it has no scheme.
std::string authority_of(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return "";
  return to_lower(origin.substr(scheme + 3));
}

std::string without_default_port(std::string authority) {
  for (const std::string_view port : {":80", ":443"})
    if (authority.ends_with(port)) authority.resize(authority.size() - port.size());
  return authority;
}

// A foreign page can let a name of its own resolve to 127.0.0.1, so that the browser takes it for a
// page of a server on loopback (DNS rebinding). It cannot do that to an address or to localhost.
bool is_local_name(std::string_view host) {
  if (host.starts_with('[')) return true;  // an IPv6 address
  const std::string_view name = host.substr(0, host.find(':'));
  const bool address = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c == '.' || (c >= '0' && c <= '9');
  });
  return address || name == "localhost" || name.ends_with(".localhost");
}

bool is_origin(std::string_view text) {
  if (text == "*" || text == "null") return true;
  const std::string authority = authority_of(text);
  return (text.starts_with("http://") || text.starts_with("https://")) && !authority.empty() &&
         authority.find_first_of("/?#@ ") == std::string::npos;
}

}  // namespace

Result<Access> Access::make(std::string_view token, std::vector<std::string> origins,
                            bool only_local) {
  if (!token.empty() && (token.size() < kLeastToken || token.size() > kLongestToken))
    return fail(
        ErrorCode::kBadOption,
        "the token must have from 16 to 1024 characters: 'openssl rand -hex 32' makes one.");
  if (!is_token_text(token))
    return fail(ErrorCode::kBadOption,
                "the token may hold letters, digits and -._~+/= only: 'openssl rand -hex 32' makes "
                "one.");
  Access access;
  access.only_local_ = only_local;
  if (!token.empty()) access.digest_ = digest_of(token);
  for (std::string& origin : origins) {
    origin = to_lower(origin);
    if (!is_origin(origin))
      return fail(ErrorCode::kBadOption,
                  "'" + origin +
                      "' is no origin: name scheme and host, and the port if there is one, as in "
                      "https://example.org, or * for every page.");
    access.any_origin_ = access.any_origin_ || origin == "*";
  }
  access.origins_ = std::move(origins);
  return access;
}

bool Access::accepts(std::string_view authorization) const {
  if (!needs_token()) return true;
  const bool bearer = authorization.size() > kScheme.size() &&
                      equal_ignoring_case(authorization.substr(0, kScheme.size()), kScheme);
  const std::string_view token = bearer ? authorization.substr(kScheme.size()) : "";
  return equal_in_constant_time(digest_of(token), digest_);
}

bool Access::is_foreign(const RequestOrigin& from) const {
  if (from.origin.empty() || allowed_origin(from.origin)) return false;
  const std::string host = to_lower(from.host);
  if (only_local_ && !is_local_name(host)) return true;
  return host.empty() ||
         without_default_port(authority_of(from.origin)) != without_default_port(host);
}

std::optional<std::string> Access::allowed_origin(std::string_view origin) const {
  if (origin.empty()) return std::nullopt;
  if (any_origin_) return "*";
  const std::string wanted = to_lower(origin);
  if (std::find(origins_.begin(), origins_.end(), wanted) == origins_.end()) return std::nullopt;
  return std::string(origin);
}

}  // namespace sqlenv
