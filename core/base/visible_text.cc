#include "core/base/visible_text.h"

#include <algorithm>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// Length of the well-formed UTF-8 sequence at the front, or 0.
std::size_t sequence_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return valid_utf8_bytes(text.substr(0, length)) == length ? length : 0;
}

// Of a well-formed sequence of two or three bytes.
unsigned code_point(std::string_view s) {
  unsigned code = static_cast<unsigned char>(s[0]) & (s.size() == 2 ? 0x1F : 0x0F);
  for (const char c : s.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3F);
  return code;
}

// Whether a well-formed sequence is a control character beyond ASCII, a mark of direction or a
// separator of lines.
bool steers(std::string_view s) {
  if (s.size() != 2 && s.size() != 3) return false;
  const unsigned code = code_point(s);
  return (code >= 0x80 && code <= 0x9F) || code == 0x61C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::string visible_controls(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text.substr(i));
    const std::string_view character = text.substr(i, std::max<std::size_t>(length, 1));
    i += character.size();
    const auto first = static_cast<unsigned char>(character[0]);
    const bool control = first < 0x20 ? first != '\t' && first != '\n' : first == 0x7F;
    if (length == 0 || control) {
      out.append("\\x").append(1, kDigits[first >> 4]).append(1, kDigits[first & 15]);
    } else if (steers(character)) {
      out += "\\u";
      const unsigned code = code_point(character);
      for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[code >> shift & 15];
    } else {
      out += character;
    }
  }
  return out;
}

}  // namespace sqlenv
