#include "core/episode/progress.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace sqlenv {
namespace {

double cardinality(const ResultTable& result, const ResultTable& gold) {
  const auto p = static_cast<double>(result.rows.size());
  const auto g = static_cast<double>(gold.rows.size());
  return 1 - std::fabs(p - g) / std::max({p, g, 1.0});
}

std::set<std::string> cell_texts(const ResultTable& table) {
  std::set<std::string> texts;
  for (const auto& row : table.rows)
    for (const Value& value : row) {
      // 3 and 3.0 are one value to a person comparing results.
      const auto* real = std::get_if<double>(&value);
      const bool whole = real != nullptr && std::fabs(*real) < 1e15 && std::floor(*real) == *real;
      texts.insert(whole ? std::to_string(static_cast<std::int64_t>(*real)) : display_text(value));
    }
  return texts;
}

double overlap(const ResultTable& result, const ResultTable& gold) {
  const std::set<std::string> p = cell_texts(result);
  const std::set<std::string> g = cell_texts(gold);
  if (p.empty() && g.empty()) return 1;
  const auto shared =
      std::count_if(p.begin(), p.end(), [&](const std::string& text) { return g.count(text) > 0; });
  return static_cast<double>(shared) /
         static_cast<double>(p.size() + g.size() - static_cast<std::size_t>(shared));
}

std::vector<double> sorted_numbers(const ResultTable& table) {
  std::vector<double> numbers;
  for (const auto& row : table.rows)
    for (const Value& value : row) {
      if (const auto* whole = std::get_if<std::int64_t>(&value))
        numbers.push_back(static_cast<double>(*whole));
      if (const auto* real = std::get_if<double>(&value)) numbers.push_back(*real);
    }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

// x ≥ 1. frexp is exact; the rest is the series of 2·atanh on [√½, √2), in basic operations only.
double log2_exactly_ordered(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0.70710678118654752) m *= 2, --exponent;
  const double t = (m - 1) / (m + 1);
  double sum = 0;
  double power = t;
  for (int k = 1; k < 40; k += 2) sum += power / k, power *= t * t;
  return exponent + 2 * sum * 1.4426950408889634;
}

double nearest_distance(double wanted, const std::vector<double>& sorted) {
  const auto above = std::lower_bound(sorted.begin(), sorted.end(), wanted);
  double best = HUGE_VAL;
  if (above != sorted.end()) best = *above - wanted;
  if (above != sorted.begin()) best = std::min(best, wanted - *(above - 1));
  return best;
}

double closeness(const ResultTable& result, const ResultTable& gold, double otherwise) {
  const std::vector<double> wanted = sorted_numbers(gold);
  const std::vector<double> given = sorted_numbers(result);
  if (wanted.empty()) return otherwise;
  double sum = 0;
  for (double number : wanted) {
    const double distance = nearest_distance(number, given);
    if (distance < HUGE_VAL) sum += 1 / (1 + log2_exactly_ordered(1 + distance));
  }
  return sum / static_cast<double>(wanted.size());
}

}  // namespace

int progress_quarters(const ResultTable& result, const ResultTable& gold) {
  const double shared = overlap(result, gold);
  const double score =
      0.25 * cardinality(result, gold) + 0.5 * shared + 0.25 * closeness(result, gold, shared);
  return std::clamp(static_cast<int>(std::lround(score * 4)), 0, 4);
}

}  // namespace sqlenv
