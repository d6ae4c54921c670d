// Statistics on what two runs did on the same tasks. Pure.
//
// Only additions, multiplications, divisions and square roots of doubles are used, in one order, so
// equal input gives equal results on every platform.
#pragma once

#include <cstdint>
#include <vector>

#include "core/policy/tally.h"

namespace sqlenv {

// The two-sided p-value of the exact sign test: how likely two equally good runs are to part at
// least as unevenly as `ahead` to `behind`, among tasks on which one of them did better. With one
// episode a task this is McNemar's exact test. 1 if both are equal. REQUIRES: neither is negative.
double sign_test(std::int64_t ahead, std::int64_t behind);

// Corrects p-values for being several (Holm 1979), in their order. Whoever calls differences real
// where the corrected value is at most 0.05 errs in any of them with a probability of at most 0.05.
std::vector<double> holm_correction(const std::vector<double>& p_values);

// What the first run did better than the second on one task, each averaged over its episodes.
struct PairedDifference {
  double success = 0;
  double total_return = 0;
};

struct DifferenceIntervals {
  Interval success;
  Interval total_return;
};

// 95 % intervals of both mean differences by the percentile bootstrap. Each resample draws as many
// tasks as there are, with replacement, by Random(seed); both means come from the same draw. The
// ends are the values at 2.5 % and 97.5 % of the sorted means. REQUIRES: at least one task, and
// resamples > 0.
DifferenceIntervals bootstrap_intervals(const std::vector<PairedDifference>& tasks, int resamples,
                                        std::uint64_t seed);

// How many episodes' worth of evidence the success of a run holds that played its tasks several
// times: rate (1 - rate) ÷ variance of the mean over tasks, never under the number of tasks nor
// over that of episodes. `shares` are the parts solved of each task's episodes.
double effective_episodes(const std::vector<double>& shares, std::int64_t episodes);

}  // namespace sqlenv
