#include "app/model/model_address.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/wire/model_json.h"

namespace sqlenv {
namespace {

constexpr std::string_view kExample = "An address looks like http://localhost:8080/v1.";

tl::unexpected<Error> bad(std::string_view problem) {
  return fail(ErrorCode::kBadOption,
              "The model's address " + std::string(problem) + ". " + std::string(kExample));
}

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool all_of(std::string_view text, bool (*holds)(char)) {
  return std::all_of(text.begin(), text.end(), holds);
}

bool is_host(std::string_view host) {
  if (host.starts_with('['))
    return host.size() > 3 && host.ends_with(']') &&
           all_of(host.substr(1, host.size() - 2),
                  [](char c) { return hex_digit(c).has_value() || c == ':' || c == '.'; });
  const auto part_of_name = [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  return !host.empty() && !host.starts_with('.') && all_of(host, part_of_name);
}

bool is_port(std::string_view port) {
  int number = 0;
  for (const char c : port) {
    if (!is_digit(c) || number > 65'535) return false;
    number = 10 * number + (c - '0');
  }
  return number >= 1 && number <= 65'535;
}

bool is_path(std::string_view path) {
  return path.find("//") == std::string_view::npos && all_of(path, [](char c) {
           return static_cast<unsigned char>(c) > ' ' && c != 0x7f &&
                  std::string_view("\\\"<>^`{|}").find(c) == std::string_view::npos;
         });
}

// Where the port's colon is in "host:port"; npos without one.
std::size_t port_colon(std::string_view authority) {
  const std::size_t bracket = authority.find(']');
  return authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
}

std::string_view authority_of(std::string_view url) {
  url.remove_prefix(url.find("//") + 2);
  return url.substr(0, url.find('/'));
}

}  // namespace

Result<ModelAddress> parse_model_address(std::string_view text) {
  text = trim(text);
  if (text.empty()) return bad("is empty");
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return bad("must begin with http:// or https://");
  const std::string scheme = to_lower(text.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return bad("must begin with http:// or https://");
  if (text.find_first_of("?#") != std::string_view::npos) return bad("must end before any ? or #");
  const std::string_view rest = text.substr(scheme_end + 3);
  const std::string_view authority = rest.substr(0, rest.find('/'));
  std::string_view path = rest.substr(authority.size());
  if (authority.find('@') != std::string_view::npos)
    return bad("must hold no user name or password: a key is given apart from it");
  const std::size_t colon = port_colon(authority);
  if (!is_host(authority.substr(0, colon))) return bad("names no host");
  if (colon != std::string_view::npos && !is_port(authority.substr(colon + 1)))
    return bad("has a port that is no number from 1 to 65535");
  while (path.ends_with('/')) path.remove_suffix(1);
  if (!is_path(path)) return bad("has a path that is not written as in a URL");
  for (const Dialect dialect : {Dialect::kChat, Dialect::kCompact}) {
    const std::string end = "/" + std::string(model_path(dialect));
    if (!path.ends_with(end)) continue;
    path.remove_suffix(end.size());
    return ModelAddress{scheme + "://" + std::string(authority) + std::string(path)};
  }
  if (path.empty()) path = "/v1";
  return ModelAddress{scheme + "://" + std::string(authority) + std::string(path)};
}

std::string model_url(const ModelAddress& address, Dialect dialect) {
  return address.base + "/" + std::string(model_path(dialect));
}

bool is_local(const ModelAddress& address) {
  const std::string_view authority = authority_of(address.base);
  const std::string host = to_lower(authority.substr(0, port_colon(authority)));
  return host == "localhost" || host.ends_with(".localhost") || host == "[::1]" ||
         (host.starts_with("127.") && all_of(host, [](char c) { return is_digit(c) || c == '.'; }));
}

}  // namespace sqlenv
