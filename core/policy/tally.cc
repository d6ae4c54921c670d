#include "core/policy/tally.h"

#include <cmath>

namespace sqlenv {
namespace {

double ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Interval wilson_of_rate(double rate, double trials) {
  if (trials <= 0) return {};
  constexpr double z = 1.959963984540054;  // the normal distribution's 97.5 % quantile
  const double scale = 1 + z * z / trials;
  const double middle = (rate + z * z / (2 * trials)) / scale;
  const double half =
      z / scale * std::sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials));
  // The formula gives exactly 0 and 1 at the ends; rounding would miss them.
  return {rate <= 0 ? 0 : middle - half, rate >= 1 ? 1 : middle + half};
}

Interval wilson_interval(std::int64_t successes, std::int64_t trials) {
  return wilson_of_rate(ratio(successes, trials), static_cast<double>(trials));
}

Tally& Tally::operator+=(const Tally& other) {
  episodes += other.episodes;
  successes += other.successes;
  steps += other.steps;
  total_return += other.total_return;
  return *this;
}

double Tally::success_rate() const { return ratio(successes, episodes); }
double Tally::mean_steps() const { return ratio(steps, episodes); }
double Tally::mean_return() const {
  return ratio(total_return, episodes) / static_cast<double>(kOne);
}

}  // namespace sqlenv
