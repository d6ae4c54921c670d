#include "core/sql/value.h"

#include <sqlite3.h>

#include <array>

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

std::string display_text(const Value& value) { return std::visit(DisplayText{}, value); }

}  // namespace sqlenv
