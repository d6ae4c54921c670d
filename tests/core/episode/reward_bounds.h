// The exact bounds of an episode's total, by dynamic programming over every state that the reward
// can remember and everything that a step can be.
//
// A step is any of: an action that fails, one that runs without a result to compare, a QUERY of any
// progress whose result is new or not; each the first of its kind or a repeat (the first step of an
// episode repeats nothing). That is what score_step() can be given, so no episode of any database
// leaves the bounds; reward_episodes_test.cc plays real episodes that reach them.
#pragma once

#include <vector>

#include "core/episode/reward.h"

namespace sqlenv::test {

struct TotalBounds {
  Micros never_right_most = 0;  // the most that play without a right ANSWER totals
  Micros right_least = 0;       // the least that play with one totals
  Micros right_most = 0;
};

// For each budget from 1 to `most_steps`: bounds[n - 1]. The preset's amounts are taken as they
// are, so for one that depends on the budget give what preset_for_budget() makes of it.
std::vector<TotalBounds> total_bounds(const RewardPreset& preset, int most_steps);

}  // namespace sqlenv::test
