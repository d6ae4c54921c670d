#include "core/task/text_encoding.h"

#include <algorithm>
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

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::uint32_t kReplacement = 0xFFFD;

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

// "line 4, column 5", counted in characters, of a byte of `text`.
std::string place_of(std::string_view text, std::size_t at) {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i < at; ++i) {
    const char c = text[i];
    if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++line, column = 1;
    } else if (c != '\r' && (static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++column;
    }
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// "3 bytes (the first: line 4, column 5)".
std::string with_place(std::size_t count, const std::string& one, const std::string& place) {
  return std::to_string(count) + " " + one + (count == 1 ? " (" : "s (the first: ") + place + ")";
}

DecodedText from_utf16(std::string_view bytes, bool big_endian) {
  const auto unit_at = [&](std::size_t at) -> std::uint32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  DecodedText decoded{"", "UTF-16", {}};
  std::string& out = decoded.text;
  out.reserve(bytes.size());
  std::size_t bad = 0;
  std::string place;
  const auto replace = [&] {
    if (bad++ == 0) place = place_of(out, out.size());
    append(out, kReplacement);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const std::uint32_t code = unit_at(at);
    if (is_high(code) && at + 3 < bytes.size() && is_low(unit_at(at + 2))) {
      append(out, 0x10000 + ((code - 0xD800) << 10) + (unit_at(at + 2) - 0xDC00));
      at += 2;
    } else if (is_high(code) || is_low(code)) {
      replace();
    } else {
      append(out, code);
    }
  }
  if (bytes.size() % 2 != 0) replace();
  if (bad > 0)
    decoded.notes.push_back("replaced by U+FFFD: " + with_place(bad, "half character", place));
  return decoded;
}

// Well-formed characters beyond ASCII, and bytes that belong to none.
struct Utf8Count {
  std::size_t good = 0;
  std::size_t bad = 0;
  std::size_t first_bad = 0;
};

Utf8Count count_utf8(std::string_view text) {
  Utf8Count count;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t valid = valid_utf8_bytes(text.substr(at));
    for (const char c : text.substr(at, valid))
      count.good += static_cast<unsigned char>(c) >= 0xC0 ? 1 : 0;
    at += valid;
    if (at < text.size() && count.bad++ == 0) count.first_bad = at;
    ++at;
  }
  return count;
}

DecodedText from_one_byte(std::string_view bytes) {
  DecodedText decoded{"", "Latin-1", {}};
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

DecodedText from_utf8(std::string bytes) {
  if (valid_utf8_bytes(bytes) == bytes.size()) return {std::move(bytes), "UTF-8", {}};
  const Utf8Count count = count_utf8(bytes);
  if (count.good <= count.bad) return from_one_byte(bytes);
  return {valid_utf8(bytes),
          "UTF-8",
          {"replaced by U+FFFD, since the rest is UTF-8: " +
           with_place(count.bad, "byte", place_of(bytes, count.first_bad))}};
}

enum class Zeros { kAbsent, kSome, kUtf16Little, kUtf16Big, kMany };

bool is_control_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0 && byte < 0x20 && !(byte >= '\t' && byte <= '\r');
}

// In UTF-16, one of the two bytes of each Latin letter, digit and line end is zero.
Zeros zeros_of(std::string_view bytes) {
  std::size_t at_place[2] = {0, 0};
  for (std::size_t i = 0; i < bytes.size(); ++i) at_place[i % 2] += bytes[i] == '\0' ? 1 : 0;
  const std::size_t all = at_place[0] + at_place[1];
  if (all == 0) return Zeros::kAbsent;
  for (const std::size_t place : {0u, 1u})
    if (at_place[place] * 12 >= bytes.size() && at_place[1 - place] * 16 <= at_place[place] &&
        bytes.size() > 3)
      return place == 0 ? Zeros::kUtf16Big : Zeros::kUtf16Little;
  const auto controls =
      static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), is_control_byte));
  return all * 20 <= bytes.size() && controls < all ? Zeros::kSome : Zeros::kMany;
}

// In UTF-32, two of the four bytes of each common character are zero.
bool is_utf32(std::string_view bytes) {
  bool little = bytes.size() >= 8 && bytes.size() % 4 == 0;
  bool big = little;
  for (std::size_t i = 0; i + 3 < bytes.size() && i < 64; i += 4) {
    const std::string_view unit = bytes.substr(i, 4);
    const auto half_zero = [&](std::size_t at) { return unit[at] == '\0' && unit[at + 1] == '\0'; };
    little = little && half_zero(2) && !half_zero(0);
    big = big && half_zero(0) && !half_zero(2);
  }
  return little || big;
}

Result<DecodedText> decode(std::string bytes) {
  const std::string_view view = bytes;
  if (is_utf32(view)) return fail(ErrorCode::kNotADatabase, "it is UTF-32; save it as UTF-8.");
  if (view.starts_with("\xFF\xFE")) return from_utf16(view.substr(2), false);
  if (view.starts_with("\xFE\xFF")) return from_utf16(view.substr(2), true);
  switch (zeros_of(bytes)) {
    case Zeros::kUtf16Little: return from_utf16(bytes, false);
    case Zeros::kUtf16Big: return from_utf16(bytes, true);
    case Zeros::kMany:
      return fail(ErrorCode::kNotADatabase, "it holds zero bytes, so it is no text file.");
    default: break;
  }
  if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  return from_utf8(std::move(bytes));
}

void erase_zeros(DecodedText& decoded) {
  const std::size_t first = decoded.text.find('\0');
  if (first == std::string::npos) return;
  const std::string place = place_of(decoded.text, first);
  const auto count = std::erase(decoded.text, '\0');
  decoded.notes.push_back("left out: " + with_place(count, "zero byte", place));
}

// A format, the bytes by which its files begin, and what to do.
struct ForeignFormat {
  std::string_view begin;
  std::string_view advice;
};

constexpr std::string_view kSpreadsheet =
    "it is a spreadsheet or another ZIP archive; open it there and save each sheet as CSV.";
constexpr std::string_view kHtml =
    "it is a web page (HTML); open it in a spreadsheet program and save its table as CSV.";
constexpr std::string_view kPacked = "it is compressed; unpack it and import what is inside.";
constexpr std::string_view kScript = "it is an SQL script; use: sqlenv pack import sql FILE.";

constexpr ForeignFormat kBinary[] = {
    {"PK\x03\x04", kSpreadsheet},
    {"\xD0\xCF\x11\xE0",
     "it is an old Excel file (.xls); open it there and save each sheet as "
     "CSV."},
    {"PAR1", "it is a Parquet file; convert it to CSV or SQLite, with DuckDB or pandas."},
    {"ARROW1", "it is an Arrow file; convert it to CSV or SQLite, with DuckDB or pandas."},
    {"SQLite format 3", "it is an SQLite database; use: sqlenv pack import sqlite FILE."},
    {"\x1F\x8B", kPacked},
    {"BZh", kPacked},
    {"\xFD"
     "7zXZ",
     kPacked},
    {"7z\xBC\xAF", kPacked},
    {"\x28\xB5\x2F\xFD", kPacked},
    {"%PDF-", "it is a PDF; ask for its table as CSV."}};

// Compared without regard to case, behind blanks.
constexpr ForeignFormat kTextual[] = {{"<!doctype", kHtml},
                                      {"<html", kHtml},
                                      {"<table", kHtml},
                                      {"<?xml",
                                       "it is XML; open it in a spreadsheet program and save its "
                                       "table as CSV."},
                                      {"create table ", kScript},
                                      {"insert into ", kScript},
                                      {"-- mysql dump", kScript},
                                      {"pragma foreign_keys", kScript}};

// {"name": … or [{ … or [[ …
bool is_json(std::string_view text) {
  const auto first_of = [](std::string_view rest) { return rest.empty() ? ' ' : rest.front(); };
  const bool list = text.starts_with('[');
  if (list) text = trim(text.substr(1));
  if (list && first_of(text) == '[') return true;
  if (first_of(text) != '{') return false;
  text = trim(text.substr(1));
  const std::size_t closed = first_of(text) == '"' ? text.find('"', 1) : std::string_view::npos;
  return closed != std::string_view::npos && first_of(trim(text.substr(closed + 1))) == ':';
}

}  // namespace

std::string_view foreign_format(std::string_view bytes) {
  for (const ForeignFormat& format : kBinary)
    if (bytes.starts_with(format.begin)) return format.advice;
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  bytes = trim(bytes.substr(0, 1024));
  for (const ForeignFormat& format : kTextual)
    if (equal_ignoring_case(bytes.substr(0, format.begin.size()), format.begin))
      return format.advice;
  return is_json(bytes) ? "it is JSON; convert it to CSV or SQLite, with DuckDB or pandas." : "";
}

Result<DecodedText> decode_text(std::string bytes) {
  Result<DecodedText> decoded = decode(std::move(bytes));
  if (!decoded) return decoded;
  erase_zeros(*decoded);
  if (decoded->text.ends_with('\x1A')) {
    decoded->text.pop_back();
    decoded->notes.push_back("left out: the end mark of DOS (0x1A)");
  }
  return decoded;
}

}  // namespace sqlenv
