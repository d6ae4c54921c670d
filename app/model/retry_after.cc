#include "app/model/retry_after.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace sqlenv {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostDigits = 9;  // of seconds: 30 years

std::optional<int> number(std::string_view digits) {
  if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

std::optional<milliseconds> seconds_of(std::string_view value) {
  const std::size_t point = value.find('.');
  const std::optional<int> whole = number(value.substr(0, point));
  if (!whole) return std::nullopt;
  milliseconds out(1000LL * *whole);
  if (point == std::string_view::npos) return out;
  std::string decimals(value.substr(point + 1, 3));
  if (decimals.empty()) return std::nullopt;
  decimals.resize(3, '0');
  const std::optional<int> thousandths = number(decimals);
  return thousandths ? std::optional(out + milliseconds(*thousandths)) : std::nullopt;
}

std::optional<unsigned> month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto found = std::find(kMonths.begin(), kMonths.end(), name);
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

// Seconds since 1970 of "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<std::int64_t> date_of(std::string_view value) {
  constexpr std::size_t kLength = 29;
  if (value.size() != kLength || !value.ends_with(" GMT") || value.substr(3, 2) != ", ")
    return std::nullopt;
  const std::optional<int> day = number(value.substr(5, 2));
  const std::optional<unsigned> month = month_of(value.substr(8, 3));
  const std::optional<int> year = number(value.substr(12, 4));
  const std::optional<int> hour = number(value.substr(17, 2));
  const std::optional<int> minute = number(value.substr(20, 2));
  const std::optional<int> second = number(value.substr(23, 2));
  if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return ((days * 24 + *hour) * 60 + *minute) * 60 + *second;
}

}  // namespace

std::optional<milliseconds> read_retry_after(std::string_view value, std::int64_t now) {
  value = trim(value);
  if (const std::optional<milliseconds> seconds = seconds_of(value)) return seconds;
  const std::optional<std::int64_t> date = date_of(value);
  if (!date || now == 0) return std::nullopt;
  return milliseconds(1000 * std::max<std::int64_t>(*date - now, 0));
}

}  // namespace sqlenv
