#include "core/verify/text_numbers.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/verify/answer_number.h"

namespace sqlenv {
namespace {

using Fit = TextCollation::Fit;

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

Fit fit(std::string_view text) {
  if (!has_digit(text)) return Fit::kNeutral;
  return parse_number(text) ? Fit::kFits : Fit::kMisfit;
}

// Numbers lie between the texts that come before digits and those that come after.
int compare(std::string_view a, std::string_view b) {
  const auto number_a = parse_number(a);
  const auto number_b = parse_number(b);
  const int place_a = number_a ? 1 : a < "0" ? 0 : 2;
  const int place_b = number_b ? 1 : b < "0" ? 0 : 2;
  if (place_a != place_b) return place_a - place_b;
  if (number_a && *number_a != *number_b) return *number_a < *number_b ? -1 : 1;
  return a.compare(b);
}

// The number of a key; none for NULL, nothing for a text that is none.
struct NumberKey {
  bool null = false;
  std::optional<double> number;
};

NumberKey number_key(const Value& value) {
  if (is_null(value)) return {true, {}};
  const auto* text = std::get_if<std::string>(&value);
  return {false, text == nullptr ? std::nullopt : parse_number(*text)};
}

// Whether the rows that LIMIT keeps have the keys that they would have in the order of the numbers.
bool keeps_the_same(const std::vector<Row>& keys, const OrderTerm& term, const KeptRows& kept) {
  std::vector<NumberKey> numbers;
  for (const Row& row : keys) numbers.push_back(number_key(row.front()));
  for (const NumberKey& key : numbers)
    if (!key.null && !key.number) return false;
  const bool nulls_first = numbers.front().null;
  std::vector<NumberKey> sorted = numbers;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const NumberKey& a, const NumberKey& b) {
    if (a.null || b.null) return a.null != b.null && a.null == nulls_first;
    return term.descending ? *a.number > *b.number : *a.number < *b.number;
  });
  for (std::size_t r = kept.begin; r < std::min(kept.end, keys.size()); ++r)
    if (numbers[r].number != sorted[r].number) return false;
  return true;
}

// Checks one term of ORDER BY. Only the first term's keys are in order from the first row to the
// last.
bool term_sorts_text(const std::vector<Row>& keys, std::size_t term, bool descending) {
  std::vector<double> numbers;
  std::size_t texts = 0;
  for (const Row& row : keys) {
    if (term > 0 && !std::equal(row.begin(), row.begin() + std::ptrdiff_t(term), keys[0].begin()))
      break;
    const auto* text = std::get_if<std::string>(&row[term]);
    if (text == nullptr) continue;
    ++texts;
    if (const std::optional<double> number = parse_number(*text)) numbers.push_back(*number);
  }
  if (numbers.size() < 2 || numbers.size() * 2 < texts) return false;
  if (descending) std::reverse(numbers.begin(), numbers.end());
  return !std::is_sorted(numbers.begin(), numbers.end());
}

}  // namespace

const TextCollation kTextNumbers = {"sqlenv_numbers", fit, compare};

bool sorts_numbers_as_text(const std::vector<Row>& keys, const SelectShape& shape,
                           const KeptRows& kept) {
  if (keys.empty()) return false;
  for (std::size_t term = 0; term < keys.front().size(); ++term)
    if (term_sorts_text(keys, term, shape.order[term].descending))
      return term > 0 || !shape.limit || !keeps_the_same(keys, shape.order[0], kept);
  return false;
}

}  // namespace sqlenv
