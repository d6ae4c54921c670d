// Tally: what episodes of an evaluation came to, in sums that are exact.
#pragma once

#include <cstdint>

#include "core/episode/reward.h"

namespace sqlenv {

// A proportion's 95 % confidence interval by Wilson's score (Wilson 1927), which unlike the normal
// approximation stays inside [0, 1] and is not empty at 0 and n.
struct Interval {
  double low = 0;
  double high = 1;
};

Interval wilson_interval(std::int64_t successes, std::int64_t trials);

struct Tally {
  std::int64_t episodes = 0;
  std::int64_t successes = 0;
  std::int64_t steps = 0;
  Micros total_return = 0;

  Tally& operator+=(const Tally& other);

  // Over no episodes all are 0.
  double success_rate() const;
  double mean_return() const;
  double mean_steps() const;
};

}  // namespace sqlenv
