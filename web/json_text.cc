#include "web/json_text.h"

#include <cstdio>

namespace sqlenv::web {

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string json_member(std::string_view key, std::string_view text) {
  return json_string(key) + ":" + json_string(text);
}

}  // namespace sqlenv::web
