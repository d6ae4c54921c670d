#include "app/server/url.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"

namespace sqlenv {
namespace {

std::string_view without_origin(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const std::size_t slash = target.find('/', scheme + 3);
  return slash == std::string_view::npos ? "/" : target.substr(slash);
}

std::optional<char> hex_byte(std::string_view digits) {
  unsigned char byte = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, byte, 16);
  if (digits.size() != 2 || error != std::errc() || stop != end) return std::nullopt;
  return static_cast<char>(byte);
}

// Appends the decoded text. False if an escape is broken, which is appended as it is.
bool decode(std::string_view text, std::string& out) {
  bool whole = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::optional<char> byte =
        text[i] == '%' ? hex_byte(text.substr(i + 1, 2)) : std::nullopt;
    whole = whole && (byte || text[i] != '%');
    out += byte.value_or(text[i]);
    if (byte) i += 2;
  }
  return whole;
}

std::string_view without_default_port(std::string_view authority) {
  for (const std::string_view port : {":80", ":443"})
    if (authority.ends_with(port)) authority.remove_suffix(port.size());
  return authority;
}

}  // namespace

bool same_authority(std::string_view a, std::string_view b) {
  return equal_ignoring_case(without_default_port(a), without_default_port(b));
}

std::string_view target_path(std::string_view target) {
  const std::string_view path = without_origin(target);
  return path.substr(0, path.find_first_of("?#"));
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  if (!decode(text, out) || out.find('\0') != std::string::npos) return std::nullopt;
  return out;
}

std::optional<std::string> query_parameter(std::string_view target, std::string_view name) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return std::nullopt;
  std::string_view rest = target.substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) != name) continue;
    std::string value(pair.substr(std::min(pair.size(), equals + 1)));
    for (char& c : value)
      if (c == '+') c = ' ';
    std::string out;
    decode(value, out);
    return out;
  }
  return std::nullopt;
}

}  // namespace sqlenv
