#include "app/server/access.h"

#include <algorithm>
#include <cctype>

#include "app/server/url.h"
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

// The name or address in "host:port", in small letters and without the dot that may end a name.
std::string name_of(std::string_view authority) {
  const bool bracket = authority.starts_with('[');
  std::string name =
      to_lower(authority.substr(0, authority.find(':', bracket ? authority.find(']') : 0)));
  if (name.ends_with('.')) name.pop_back();
  return name;
}

// Whether no other place's page can have this name: it is an address or localhost.
bool is_local_name(std::string_view name) {
  if (name.starts_with('[')) return true;  // an IPv6 address
  const bool address = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c == '.' || (c >= '0' && c <= '9');
  });
  return address || name == "localhost" || name.ends_with(".localhost");
}

bool is_host_name(std::string_view text) {
  if (text.starts_with("*.")) text.remove_prefix(2);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c < 128 && (std::isalnum(c) || c == '-' || c == '_' || c == '.');
  });
}

bool is_origin(std::string_view text) {
  if (text == "*" || text == "null") return true;
  const std::string authority = authority_of(text);
  return (text.starts_with("http://") || text.starts_with("https://")) && !authority.empty() &&
         authority.find_first_of("/?#@ ") == std::string::npos;
}

Result<void> check_token(std::string_view token) {
  if (!token.empty() && (token.size() < kLeastToken || token.size() > kLongestToken))
    return fail(
        ErrorCode::kBadOption,
        "the token must have from 16 to 1024 characters: 'openssl rand -hex 32' makes one.");
  if (!is_token_text(token))
    return fail(ErrorCode::kBadOption,
                "the token may hold letters, digits and -._~+/= only: 'openssl rand -hex 32' makes "
                "one.");
  return {};
}

}  // namespace

Result<Access> Access::make(std::string_view token, std::vector<std::string> origins,
                            std::vector<std::string> hosts, bool only_local) {
  Access access;
  access.any_host_ = hosts.empty() && !only_local;
  Result<void> checked = check_token(token);
  if (checked) checked = access.allow_origins(std::move(origins));
  if (checked) checked = access.allow_hosts(hosts);
  if (!checked) return fail(checked.error());
  if (!token.empty()) access.digest_ = digest_of(token);
  return access;
}

Result<void> Access::allow_origins(std::vector<std::string> origins) {
  for (std::string& origin : origins) {
    origin = to_lower(origin);
    if (!is_origin(origin))
      return fail(ErrorCode::kBadOption,
                  "'" + origin +
                      "' is no origin: name scheme and host, and the port if there is one, as in "
                      "https://example.org, or * for every page.");
    if (origin == "*") any_origin_ = any_host_ = true;
    if (const std::string authority = authority_of(origin); !authority.empty())
      hosts_.push_back(name_of(authority));
  }
  origins_ = std::move(origins);
  return {};
}

Result<void> Access::allow_hosts(const std::vector<std::string>& hosts) {
  for (const std::string& given : hosts) {
    const std::string_view host = trim(given);
    if (host != "*" && !is_host_name(host) && !is_local_name(host))
      return fail(ErrorCode::kBadOption,
                  "'" + given +
                      "' is no host name: give the name alone, as in example.org, *.example.org "
                      "for all names below it, or * for every name.");
    any_host_ = any_host_ || host == "*";
    hosts_.push_back(name_of(host.starts_with('*') ? host.substr(1) : host));
  }
  return {};
}

bool Access::accepts(std::string_view authorization) const {
  if (!needs_token()) return true;
  const bool bearer = authorization.size() > kScheme.size() &&
                      equal_ignoring_case(authorization.substr(0, kScheme.size()), kScheme);
  const std::string_view token = bearer ? authorization.substr(kScheme.size()) : "";
  return equal_in_constant_time(digest_of(token), digest_);
}

bool Access::allows_host(std::string_view host) const {
  if (any_host_ || host.empty()) return true;
  const std::string name = name_of(host);
  return is_local_name(name) ||
         std::any_of(hosts_.begin(), hosts_.end(), [&](const std::string& known) {
           return known.starts_with('.') ? name.ends_with(known) : name == known;
         });
}

bool Access::is_foreign(const RequestOrigin& from) const {
  if (from.origin.empty() || allowed_origin(from.origin)) return false;
  return from.host.empty() || !allows_host(from.host) ||
         !same_authority(authority_of(from.origin), from.host);
}

std::optional<std::string> Access::allowed_origin(std::string_view origin) const {
  if (origin.empty()) return std::nullopt;
  if (any_origin_) return "*";
  const std::string wanted = to_lower(origin);
  if (std::find(origins_.begin(), origins_.end(), wanted) == origins_.end()) return std::nullopt;
  return std::string(origin);
}

}  // namespace sqlenv
