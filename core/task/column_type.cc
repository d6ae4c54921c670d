#include "core/task/column_type.h"

#include <charconv>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr int kDoubleDigits = 15;
constexpr int kMaxExponent = 290;
constexpr std::size_t kShownCell = 40;

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

// A number in parts: -12.50e+3.
struct Number {
  std::string_view whole;     // "12"
  std::string_view fraction;  // "50"
  std::string_view exponent;  // "+3"
  bool negative = false;
  bool pointed = false;
};

bool parse(std::string_view text, Number& number) {
  std::size_t at = 0;
  if (text.front() == '-') number.negative = true, ++at;
  number.whole = text.substr(at, digits_at(text, at));
  at += number.whole.size();
  if (at < text.size() && text[at] == '.') {
    number.pointed = true;
    number.fraction = text.substr(at + 1, digits_at(text, at + 1));
    at += 1 + number.fraction.size();
    if (number.fraction.empty()) return false;
  }
  if (number.whole.empty() && number.fraction.empty()) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t begin = at + 1;
    const std::size_t sign = begin < text.size() && (text[begin] == '+' || text[begin] == '-');
    const std::size_t digits = digits_at(text, begin + sign);
    number.exponent = text.substr(begin, sign + digits);
    at = begin + sign + digits;
    if (digits == 0 || digits > 3) return false;
  }
  return at == text.size();
}

bool has_leading_zero(const Number& number) {
  return number.whole.size() > 1 && number.whole.front() == '0';
}

// The digits without the zeros at both ends.
int significant_digits(const Number& number) {
  std::string digits = std::string(number.whole) + std::string(number.fraction);
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return 0;
  return static_cast<int>(digits.find_last_not_of('0') - first) + 1;
}

bool fits_double(const Number& number) {
  if (significant_digits(number) > kDoubleDigits || number.whole.size() > 30) return false;
  if (number.exponent.empty()) return true;
  int exponent = 0;
  const std::string_view text = number.exponent.substr(number.exponent.front() == '+' ? 1 : 0);
  std::from_chars(text.data(), text.data() + text.size(), exponent);
  return exponent <= kMaxExponent && exponent >= -kMaxExponent;
}

bool fits_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

CellKind cell_kind(std::string_view cell) {
  const std::string_view text = trim(cell);
  if (text.empty()) return CellKind::kEmpty;
  Number number;
  if (!parse(text, number) || has_leading_zero(number)) return CellKind::kText;
  const bool whole = !number.pointed && number.exponent.empty();
  // An integer would turn "-0" into 0.
  if (whole && !(number.negative && number.whole == "0") && fits_integer(text))
    return CellKind::kInteger;
  return fits_double(number) && !(whole && number.whole == "0") ? CellKind::kReal : CellKind::kText;
}

void ColumnType::see(std::string_view cell, std::int64_t line) {
  const CellKind kind = cell_kind(cell);
  if (kind == CellKind::kEmpty) return;
  ++cells_;
  if (kind != CellKind::kText) ++numbers_;
  if (kind != CellKind::kInteger && no_integer_ == 0) no_integer_ = line;
  if (no_real_ != 0) return;
  Number number;
  const bool real = kind == CellKind::kReal || (kind == CellKind::kInteger &&
                                                parse(trim(cell), number) && fits_double(number));
  if (real) return;
  no_real_ = line;
  no_real_cell_ = shorten(collapse_spaces(cell), kShownCell);
}

std::string ColumnType::name() const {
  if (cells_ == 0) return "TEXT";
  if (no_integer_ == 0) return "INTEGER";
  return no_real_ == 0 ? "REAL" : "TEXT";
}

std::string ColumnType::why() const {
  if (name() != "TEXT" || numbers_ == 0) return "";
  return "line " + std::to_string(no_real_) + " holds \"" + no_real_cell_ + "\"";
}

}  // namespace sqlenv
