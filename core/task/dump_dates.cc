#include "core/task/dump_dates.h"

#include <array>
#include <cstdint>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::string_view kMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
constexpr std::int64_t kDaysTo1900 = 693'595;  // from 0001-01-01

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::string time_text(std::int64_t seconds) {
  return " " + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" +
         padded(seconds % 60, 2);
}

// The date so many days after 0001-01-01 (Gregorian).
std::string day_text(std::int64_t days) {
  days += 306;  // years begin with March
  const std::int64_t era = days / 146'097;
  const std::int64_t in_era = days % 146'097;
  const std::int64_t year = (in_era - in_era / 1460 + in_era / 36'524 - in_era / 146'096) / 365;
  const std::int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * in_year + 2) / 153;
  const std::int64_t day = in_year - (153 * month + 2) / 5 + 1;
  const std::int64_t shown = month < 10 ? month + 3 : month - 9;
  return padded(era * 400 + year + (shown <= 2 ? 1 : 0), 4) + "-" + padded(shown, 2) + "-" +
         padded(day, 2);
}

std::int64_t number_of(std::string_view bytes) {
  std::int64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// Reads a text by a format of Oracle.
class FormatReader {
 public:
  explicit FormatReader(std::string_view text) : text_(text) {}

  bool read(std::string_view format) {
    while (!format.empty()) {
      const std::size_t length = take(format);
      if (length == 0) return false;
      format.remove_prefix(std::min(length, format.size()));
    }
    return trim(text_).empty() && month_ >= 1 && month_ <= 12 && day_ >= 1 && day_ <= 31 &&
           hour_ < 24 && minute_ < 60 && second_ < 60;
  }

  std::string result() const {
    const std::string day = padded(year_, 4) + "-" + padded(month_, 2) + "-" + padded(day_, 2);
    if (!timed_) return day;
    return day + time_text(hour_ * 3600 + minute_ * 60 + second_) +
           (fraction_.empty() ? "" : "." + fraction_);
  }

 private:
  // Reads what the element at the front of `format` says; its length, 0 if that fails.
  std::size_t take(std::string_view format) {
    struct Element {
      std::string_view name;
      std::size_t digits;
      std::int64_t FormatReader::*value;
    };
    static constexpr std::array<Element, 11> kElements = {{{"YYYY", 4, &FormatReader::year_},
                                                           {"RRRR", 4, &FormatReader::year_},
                                                           {"YY", 2, &FormatReader::year_},
                                                           {"RR", 2, &FormatReader::year_},
                                                           {"MM", 2, &FormatReader::month_},
                                                           {"DD", 2, &FormatReader::day_},
                                                           {"HH24", 2, &FormatReader::hour_},
                                                           {"HH12", 2, &FormatReader::hour_},
                                                           {"HH", 2, &FormatReader::hour_},
                                                           {"MI", 2, &FormatReader::minute_},
                                                           {"SS", 2, &FormatReader::second_}}};
    for (const Element& element : kElements) {
      if (!format.starts_with(element.name)) continue;
      timed_ = timed_ || element.name.starts_with("HH");
      if (!digits(element.digits, this->*element.value)) return 0;
      if (element.name == "YY" || element.name == "RR") year_ += year_ < 50 ? 2000 : 1900;
      return element.name.size();
    }
    if (format.starts_with("MON")) return month_name(format.starts_with("MONTH") ? 5 : 3);
    if (format.starts_with("FF")) return fraction(format);
    if (format.starts_with("AM") || format.starts_with("PM")) return half_day();
    if (format.front() >= 'A' && format.front() <= 'Z') return 0;
    if (format.front() == '"') return 0;
    if (!text_.empty() && !is_digit(text_.front())) text_.remove_prefix(1);
    return 1;
  }

  bool digits(std::size_t most, std::int64_t& value) {
    std::size_t count = 0;
    for (value = 0; count < most && count < text_.size() && is_digit(text_[count]); ++count)
      value = value * 10 + (text_[count] - '0');
    text_.remove_prefix(count);
    return count > 0;
  }

  std::size_t month_name(std::size_t length) {
    const std::size_t at = kMonths.find(to_upper(text_.substr(0, 3)));
    if (text_.size() < 3 || at == std::string_view::npos || at % 3 != 0) return 0;
    month_ = static_cast<std::int64_t>(at / 3 + 1);
    text_.remove_prefix(3);
    while (!text_.empty() && to_lower(text_.substr(0, 1)) != to_upper(text_.substr(0, 1)))
      text_.remove_prefix(1);
    return length;
  }

  std::size_t fraction(std::string_view format) {
    for (; !text_.empty() && is_digit(text_.front()); text_.remove_prefix(1))
      fraction_ += text_.front();
    return format.size() > 2 && is_digit(format[2]) ? 3 : 2;
  }

  std::size_t half_day() {
    const std::string half = to_upper(text_.substr(0, 2));
    if (half != "AM" && half != "PM") return 0;
    hour_ = hour_ % 12 + (half == "PM" ? 12 : 0);
    text_.remove_prefix(2);
    return 2;
  }

  std::string_view text_;
  std::int64_t year_ = 0;
  std::int64_t month_ = 1;
  std::int64_t day_ = 1;
  std::int64_t hour_ = 0;
  std::int64_t minute_ = 0;
  std::int64_t second_ = 0;
  std::string fraction_;
  bool timed_ = false;
};

}  // namespace

std::optional<std::string> date_by_format(std::string_view text, std::string_view format) {
  FormatReader reader(text);
  if (!reader.read(to_upper(format))) return std::nullopt;
  return reader.result();
}

std::optional<std::string> date_of_bytes(std::string_view bytes, std::string_view type) {
  if (type == "DATETIME" && bytes.size() == 8) {
    const auto days = static_cast<std::int32_t>(number_of(bytes.substr(0, 4)));
    if (days < -kDaysTo1900) return std::nullopt;
    const std::int64_t ticks = number_of(bytes.substr(4));  // of 1/300 second
    const std::string thousandths = "." + padded((ticks % 300 * 10 + 1) / 3, 3);
    return day_text(kDaysTo1900 + days) + time_text(ticks / 300) +
           (ticks % 300 == 0 ? "" : thousandths);
  }
  if (type == "SMALLDATETIME" && bytes.size() == 4)
    return day_text(kDaysTo1900 + number_of(bytes.substr(0, 2))) +
           time_text(number_of(bytes.substr(2)) * 60);
  if (type != "DATE" || bytes.size() < 3 || bytes.size() > 4) return std::nullopt;
  const std::string reversed = {bytes[2], bytes[1], bytes[0]};
  return day_text(number_of(reversed));
}

}  // namespace sqlenv
