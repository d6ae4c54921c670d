#include "core/base/decimal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// digits × 10^exponent, without leading or trailing zeros.
struct Decimal {
  std::string digits;
  std::int64_t exponent = 0;
};

// More digits cannot change the rounding: a point half-way between two doubles has at most 767.
constexpr std::size_t kMaxDigits = 800;

// A natural number in base 2^32, least word first. kMaxDigits and the range of a double bound it to
// less than 4,000 bits.
class Natural {
 public:
  void multiply_add(std::uint32_t factor, std::uint32_t carry) {
    std::uint64_t more = carry;
    for (std::size_t i = 0; i < size_; ++i) {
      more += std::uint64_t{words_[i]} * factor;
      words_[i] = static_cast<std::uint32_t>(more);
      more >>= 32;
    }
    if (more != 0) words_[size_++] = static_cast<std::uint32_t>(more);
  }

  void multiply_power_of_ten(std::int64_t power) {
    for (; power >= 9; power -= 9) multiply_add(1'000'000'000, 0);
    for (; power > 0; --power) multiply_add(10, 0);
  }

  void shift_left(std::int64_t bits) {
    for (; bits >= 31; bits -= 31) multiply_add(1U << 31, 0);
    if (bits > 0) multiply_add(1U << bits, 0);
  }

  int compare(const Natural& other) const {
    if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
    for (std::size_t i = size_; i-- > 0;)
      if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
    return 0;
  }

 private:
  std::array<std::uint32_t, 160> words_;
  std::size_t size_ = 0;
};

// Splits the text. None if it does not follow the grammar.
std::optional<Decimal> scan(std::string_view text) {
  Decimal decimal;
  std::size_t i = 0;
  bool any = false;
  bool cut = false;  // a nonzero digit was left out
  bool point = false;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !point)); ++i) {
    if (text[i] == '.') {
      point = true;
      continue;
    }
    any = true;
    if (decimal.digits.size() < kMaxDigits) {
      if (!decimal.digits.empty() || text[i] != '0') decimal.digits += text[i];
    } else {
      cut = cut || text[i] != '0';
      if (!point) ++decimal.exponent;
      continue;
    }
    if (point) --decimal.exponent;
  }
  if (!any) return std::nullopt;
  if (cut) decimal.digits.back() = '1', decimal.digits += '1', --decimal.exponent;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    const bool negative = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (i == text.size()) return std::nullopt;
    std::int64_t power = 0;
    for (; i < text.size() && is_digit(text[i]); ++i)
      power = std::min<std::int64_t>(power * 10 + (text[i] - '0'), 1'000'000'000);
    decimal.exponent += negative ? -power : power;
  }
  if (i != text.size()) return std::nullopt;
  while (!decimal.digits.empty() && decimal.digits.back() == '0')
    decimal.digits.pop_back(), ++decimal.exponent;
  return decimal;
}

// The sign of decimal − mantissa × 2^exponent.
int compare_with(const Decimal& decimal, std::uint64_t mantissa, int exponent) {
  Natural left;
  for (const char digit : decimal.digits)
    left.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
  Natural right;
  right.multiply_add(1, static_cast<std::uint32_t>(mantissa >> 30));
  right.multiply_add(1U << 30, static_cast<std::uint32_t>(mantissa & ((1U << 30) - 1)));
  (decimal.exponent > 0 ? left : right).multiply_power_of_ten(std::abs(decimal.exponent));
  (exponent > 0 ? right : left).shift_left(std::abs(exponent));
  return left.compare(right);
}

constexpr double kExactPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// A double near the value: within a few units of the last place, or at the range's end.
double estimate(const Decimal& decimal) {
  double value = 0;
  const std::size_t used = std::min<std::size_t>(decimal.digits.size(), 17);
  for (std::size_t i = 0; i < used; ++i) value = value * 10 + (decimal.digits[i] - '0');
  std::int64_t power = decimal.exponent + static_cast<std::int64_t>(decimal.digits.size() - used);
  for (; power > 22; power -= 22) value *= 1e22;
  for (; power < -22; power += 22) value /= 1e22;
  value = power >= 0 ? value * kExactPowers[power] : value / kExactPowers[-power];
  return std::min(value, std::numeric_limits<double>::max());
}

// Moves the estimate to the nearest double by comparing with the points half-way to its neighbours.
double correct(const Decimal& decimal, double value) {
  while (true) {
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    // A double is whole × 2^exponent; zero and the subnormals count in units of 2^-1074.
    exponent = value == 0 ? -1074 : std::max(exponent - 53, -1074);
    const auto whole = static_cast<std::uint64_t>(exponent == -1074 ? std::ldexp(value, 1074)
                                                                    : std::ldexp(fraction, 53));
    const bool odd = (whole & 1) != 0;
    const int above = compare_with(decimal, 2 * whole + 1, exponent - 1);
    if (above > 0 || (above == 0 && odd)) {
      value = std::nextafter(value, std::numeric_limits<double>::infinity());
      if (std::isinf(value)) return value;
      continue;
    }
    if (whole == 0) return value;
    // Below a power of two the neighbour is half as far, unless the numbers are subnormal.
    const bool power_of_two = whole == std::uint64_t{1} << 52 && exponent > -1074;
    const int below = power_of_two ? compare_with(decimal, 4 * whole - 1, exponent - 2)
                                   : compare_with(decimal, 2 * whole - 1, exponent - 1);
    if (below > 0 || (below == 0 && !odd)) return value;
    value = std::nextafter(value, 0.0);
  }
}

double nearest_double(const Decimal& decimal) {
  const auto count = static_cast<std::int64_t>(decimal.digits.size());
  if (count == 0 || decimal.exponent + count < -330) return 0;
  if (decimal.exponent + count > 310) return std::numeric_limits<double>::infinity();
  const double value = estimate(decimal);
  // Both numbers are exact, so one division or multiplication rounds once.
  if (count <= 15 && std::abs(decimal.exponent) <= 22) return value;
  return correct(decimal, value);
}

}  // namespace

std::optional<double> parse_decimal(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const std::optional<Decimal> decimal = scan(text);
  if (!decimal) return std::nullopt;
  const double value = nearest_double(*decimal);
  return negative ? -value : value;
}

std::string shortest_decimal(double value) {
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  std::string text;
  for (int digits = 15; digits <= 17; ++digits) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
    text.clear();
    // The locale may have another decimal point.
    for (const char c : std::string_view(buffer)) {
      const bool ours = is_digit(c) || c == '-' || c == '+' || c == 'e';
      if (ours) text += c;
      else if (text.back() != '.') text += '.';
    }
    if (parse_decimal(text) == value) break;
  }
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

}  // namespace sqlenv
