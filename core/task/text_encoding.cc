#include "core/task/text_encoding.h"

#include <array>
#include <cstdint>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// Windows-1252 from 0x80 to 0x9F (Microsoft's best-fit table); five of the bytes mean nothing.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void append(std::string& out, std::uint32_t code) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12), tail(6), tail(0);
  }
}

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::string from_utf16(std::string_view bytes, bool big_endian) {
  const auto unit_at = [&](std::size_t at) -> std::uint32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t code = unit_at(at);
    if (is_high(code) && at + 3 < bytes.size() && is_low(unit_at(at + 2))) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit_at(at + 2) - 0xDC00);
      at += 2;
    } else if (is_high(code) || is_low(code)) {
      code = 0xFFFD;
    }
    append(out, code);
  }
  return out;
}

DecodedText from_one_byte(std::string_view bytes) {
  DecodedText decoded{"", "Latin-1"};
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    std::uint32_t code = static_cast<unsigned char>(c);
    if (code >= 0x80 && code < 0xA0) {
      decoded.encoding = "Windows-1252";
      code = kWindows[code - 0x80];
    }
    append(decoded.text, code);
  }
  return decoded;
}

DecodedText decode(std::string bytes) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  if (bytes.starts_with("\xFF\xFE"))
    return {from_utf16(std::string_view(bytes).substr(2), false), "UTF-16"};
  if (bytes.starts_with("\xFE\xFF"))
    return {from_utf16(std::string_view(bytes).substr(2), true), "UTF-16"};
  if (valid_utf8_bytes(bytes) < bytes.size()) return from_one_byte(bytes);
  if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  return {std::move(bytes), "UTF-8"};
}

}  // namespace

Result<DecodedText> decode_text(std::string bytes) {
  DecodedText decoded = decode(std::move(bytes));
  if (decoded.text.find('\0') != std::string::npos)
    return fail(ErrorCode::kNotADatabase, "it holds zero bytes, so it is no text file.");
  return decoded;
}

}  // namespace sqlenv
