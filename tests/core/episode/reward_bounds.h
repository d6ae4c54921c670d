// The exact bounds of an episode's total, by dynamic programming over every state of the reward and
// every kind of step.
//
// A step is one of: an action that fails, one that runs without a result to compare, a QUERY of any
// progress whose result is new or not and that reads a table or not; each either new or a repeat
// (the first step of an episode repeats nothing). score_step() knows no other steps, so no episode
// of any database leaves the bounds; reward_episodes_test.cc plays real episodes that reach them.
#pragma once

#include <vector>

#include "core/episode/reward.h"

namespace sqlenv::test {

struct TotalBounds {
  Micros never_right_most = 0;  // the most without a right ANSWER
  Micros right_least = 0;       // the least with one
  Micros right_most = 0;
};

// The bounds for each budget n from 1 to `most_steps`, at [n - 1]. Uses the preset's amounts as
// they are: pass the result of preset_for_budget() if they depend on the budget.
std::vector<TotalBounds> total_bounds(const RewardPreset& preset, int most_steps);

}  // namespace sqlenv::test
