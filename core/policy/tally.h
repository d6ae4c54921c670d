// Tally: exact sums over the episodes of an evaluation.
#pragma once

#include <cstdint>

#include "core/episode/reward.h"

namespace sqlenv {

// The 95 % confidence interval of a proportion by Wilson's score (Wilson 1927). Unlike the normal
// approximation it stays inside [0, 1] and is not empty at 0 and n.
struct Interval {
  double low = 0;
  double high = 1;
};

Interval wilson_interval(std::int64_t successes, std::int64_t trials);

// The same of a rate, for a number of trials that need not be whole.
Interval wilson_of_rate(double rate, double trials);

struct Tally {
  std::int64_t episodes = 0;
  std::int64_t successes = 0;
  std::int64_t steps = 0;
  Micros total_return = 0;

  Tally& operator+=(const Tally& other);

  // These are 0 if there are no episodes.
  double success_rate() const;
  double mean_return() const;
  double mean_steps() const;
};

}  // namespace sqlenv
