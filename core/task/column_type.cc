#include "core/task/column_type.h"

#include <charconv>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr int kExactDigits = 15;   // that every double keeps
constexpr int kDoubleDigits = 17;  // that tell any two doubles apart
constexpr int kMaxExponent = 290;

// Signs of a missing value, as R, pandas, Excel, SAS and data archives write them; in lower case.
constexpr std::string_view kMissing[] = {"na",     "n/a", "n.a.",  "#n/a",  "null",    "nan",
                                         "<na>",   "-",   "--",    ".",     "?",       "none",
                                         "#null!", "nil", "#num!", "#ref!", "#div/0!", "#value!"};

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

// A number in parts: -12.50e+3. `point` is '.', ',' or 0 if there is none.
struct Number {
  std::string_view whole;     // "12"
  std::string_view fraction;  // "50"
  std::string_view exponent;  // "+3"
  bool negative = false;
  char point = '\0';
};

bool parse(std::string_view text, Number& number) {
  std::size_t at = 0;
  if (text.front() == '-') number.negative = true, ++at;
  number.whole = text.substr(at, digits_at(text, at));
  at += number.whole.size();
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    number.point = text[at];
    number.fraction = text.substr(at + 1, digits_at(text, at + 1));
    at += 1 + number.fraction.size();
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
  return at == text.size() && !(number.whole.size() > 1 && number.whole.front() == '0');
}

// The digits without the zeros at both ends.
int significant_digits(const Number& number) {
  int first = -1, last = -1, at = 0;
  for (const std::string_view part : {number.whole, number.fraction})
    for (const char c : part) {
      if (c != '0') last = at, first = first < 0 ? at : first;
      ++at;
    }
  return first < 0 ? 0 : last - first + 1;
}

bool fits_exponent(const Number& number) {
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

// 1.500 and 12,000 but not 0.500 and 1500,5.
bool may_be_groups(const Number& number) {
  return number.fraction.size() == 3 && !number.whole.empty() && number.whole.size() <= 3 &&
         number.whole != "0" && number.exponent.empty();
}

CellKind kind_of(std::string_view text, const Number& number) {
  if (number.point == '\0' && number.exponent.empty()) {
    // An integer would turn "-0" into 0.
    if ((number.negative && number.whole == "0") || !fits_integer(text)) return CellKind::kText;
    return significant_digits(number) <= kExactDigits ? CellKind::kInteger : CellKind::kLongInteger;
  }
  if (number.whole.size() > kExactDigits) return CellKind::kText;
  if (number.point == ',') {
    if (!number.exponent.empty() || number.fraction.empty() || number.whole.empty())
      return CellKind::kText;
    return may_be_groups(number) ? CellKind::kCommaGroups : CellKind::kDecimalComma;
  }
  if (number.exponent.empty()) return CellKind::kReal;
  if (!fits_exponent(number)) return CellKind::kText;
  return number.point == '\0' && is_digit(number.exponent.front()) ? CellKind::kBareExponent
                                                                   : CellKind::kExponent;
}

CellKind kind_of_word(std::string_view text) {
  if (text == "\\N") return CellKind::kNull;
  if (text.size() > 7 || std::string_view("nN#<-.?").find(text.front()) == std::string_view::npos)
    return CellKind::kText;
  for (const std::string_view missing : kMissing)
    if (equal_ignoring_case(text, missing)) return CellKind::kMissing;
  return CellKind::kText;
}

CellKind kind_of_trimmed(std::string_view text, Number& number) {
  if (text.empty()) return CellKind::kEmpty;
  const char first = text.front();
  const bool numeric = is_digit(first) || first == '-' || first == '.' || first == ',';
  if (numeric && parse(text, number)) return kind_of(text, number);
  return kind_of_word(text);
}

bool is_short_integer(std::string_view text) {
  return !text.empty() && text.size() <= kExactDigits && text.front() != '0' &&
         digits_at(text, 0) == text.size();
}

}  // namespace

CellKind cell_kind(std::string_view cell) {
  Number number;
  return kind_of_trimmed(trim(cell), number);
}

void ColumnType::see_real(CellKind kind, std::string_view cell, std::int64_t line) {
  points_.see(line, cell);
  if (kind != CellKind::kReal) exponents_.see(line, cell);
  if (kind == CellKind::kBareExponent) bare_exponents_.see(line, cell);
}

void ColumnType::see(std::string_view cell, std::int64_t line) {
  const std::string_view text = trim(cell);
  if (text.empty()) return;
  const bool settled = texts_.count > 0 && numbers_ > 0;
  if (settled && text != "\\N") return;
  if (is_short_integer(text)) {
    ++cells_, ++numbers_;
    return;
  }
  Number number;
  const CellKind kind = kind_of_trimmed(text, number);
  if (kind == CellKind::kNull) return nulls_.see(line, text);
  ++cells_;
  if (kind == CellKind::kText) return texts_.see(line, text);
  if (kind == CellKind::kMissing) return missing_.see(line, text);
  ++numbers_;
  if (kind == CellKind::kInteger) return;
  if (kind == CellKind::kLongInteger) return long_integers_.see(line, text);
  if (kind == CellKind::kDecimalComma || kind == CellKind::kCommaGroups) {
    decisive_comma_ |= kind == CellKind::kDecimalComma;
    return commas_seen_.see(line, text);
  }
  see_real(kind, text, line);
  if (kind != CellKind::kBareExponent && !may_be_groups(number))
    unmistakable_points_.see(line, text);
  if (significant_digits(number) > kDoubleDigits) long_reals_.see(line, text);
}

void ColumnType::doubt_points() {
  doubted_ = points_.count > 0 && unmistakable_points_.count == 0 && bare_exponents_.count == 0;
}

// What keeps the column from being numbers; null if nothing does.
const Sighting* ColumnType::obstacle() const {
  if (texts_.count > 0) return &texts_;
  if (doubted_) return &points_;
  if (commas_seen_.count > 0 && (!commas_ || !decisive_comma_ || points_.count > 0))
    return &commas_seen_;
  const bool measured = points_.count > bare_exponents_.count;
  if (bare_exponents_.count > 0 && !measured) return &bare_exponents_;
  const bool reals = points_.count > 0 || commas_seen_.count > 0;
  return reals && long_integers_.count > 0 ? &long_integers_ : nullptr;
}

std::string ColumnType::name() const {
  if (numbers_ == 0 || obstacle() != nullptr) return "TEXT";
  return points_.count > 0 || commas_seen_.count > 0 ? "REAL" : "INTEGER";
}

std::string ColumnType::why() const {
  const Sighting* found = numbers_ == 0 ? nullptr : obstacle();
  if (found == nullptr) return "";
  return "line " + std::to_string(found->line) + " holds \"" + found->cell + "\"";
}

}  // namespace sqlenv
