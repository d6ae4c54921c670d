#include "core/sql/value.h"

#include <sqlite3.h>

#include <array>
#include <charconv>

#include "core/base/decimal.h"

namespace sqlenv {
namespace {

std::string hex_text(const std::string& bytes) {
  std::string out = "x'";
  for (unsigned char byte : bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out + "'";
}

struct DisplayText {
  std::string operator()(Null) const { return "NULL"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return real_text(value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const Blob& value) const { return hex_text(value.bytes); }
};

}  // namespace

std::string real_text(double value) {
  std::array<char, 64> buffer = {};
  sqlite3_snprintf(static_cast<int>(buffer.size()), buffer.data(), "%!.15g", value);
  return buffer.data();
}

std::optional<Value> number_value(std::string_view text) {
  const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
  const char* end = digits.data() + digits.size();
  std::int64_t whole = 0;
  const auto [read, error] = std::from_chars(digits.data(), end, whole);
  if (error == std::errc() && read == end && !text.starts_with("+-")) return Value(whole);
  const std::optional<double> real = parse_decimal(text);
  return real ? std::optional<Value>(*real) : std::nullopt;
}

std::string display_text(const Value& value) { return std::visit(DisplayText{}, value); }

}  // namespace sqlenv
