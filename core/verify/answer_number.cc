#include "core/verify/answer_number.h"

#include <array>
#include <string>

#include "core/base/text.h"
#include "core/verify/literal.h"

namespace sqlenv {
namespace {

constexpr std::array<std::string_view, 5> kCurrencies = {"$", "€", "£", "¥", "₹"};

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text = trim(text.substr(prefix.size()));
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text = trim(text.substr(0, text.size() - suffix.size()));
  return true;
}

// Returns whether it took a minus: "-" or U+2212.
bool take_sign(std::string_view& text) {
  if (take_prefix(text, "-") || take_prefix(text, "−")) return true;
  take_prefix(text, "+");
  return false;
}

void take_units(std::string_view& text) {
  for (const std::string_view currency : kCurrencies)
    if (take_prefix(text, currency) || take_suffix(text, currency)) return;
  take_suffix(text, "%");
}

// None if a comma stands where no mark of thousands may.
std::optional<std::string> without_thousands(std::string_view text) {
  const std::size_t whole = std::min(text.find_first_not_of("0123456789,"), text.size());
  if (text.find(',', whole) != std::string_view::npos) return std::nullopt;
  std::string digits;
  std::size_t group = 0;
  bool grouped = false;
  for (const char c : text.substr(0, whole)) {
    if (c != ',') {
      digits += c, ++group;
    } else {
      if (group == 0 || group > 3 || (grouped && group != 3)) return std::nullopt;
      grouped = true, group = 0;
    }
  }
  if (grouped && group != 3) return std::nullopt;
  return digits + std::string(text.substr(whole));
}

Value negated(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return -*whole;
  return -std::get<double>(value);
}

}  // namespace

std::optional<Value> parse_number_value(std::string_view text) {
  text = trim(text);
  // The least integer has no positive twin, so a plain number is read with its sign.
  if (const std::optional<Value> plain = number_value(text)) return plain;
  const bool bracketed = text.size() > 2 && text.front() == '(' && text.back() == ')';
  if (bracketed) text = trim(text.substr(1, text.size() - 2));
  bool negative = take_sign(text);
  take_units(text);
  if (!negative) negative = take_sign(text);
  negative = negative || bracketed;
  if (const std::optional<double> infinite = infinity_word(text))
    return Value(negative ? -*infinite : *infinite);
  if (text.empty() || (text[0] != '.' && !is_digit(text[0]))) return std::nullopt;
  const std::optional<std::string> digits = without_thousands(text);
  const std::optional<Value> value = digits ? number_value(*digits) : std::nullopt;
  if (!value) return std::nullopt;
  return negative ? negated(*value) : *value;
}

std::optional<double> parse_number(std::string_view text) {
  const std::optional<Value> value = parse_number_value(text);
  if (!value) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&*value)) return static_cast<double>(*whole);
  return std::get<double>(*value);
}

}  // namespace sqlenv
