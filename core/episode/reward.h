// Reward: named terms, in exact arithmetic, summed once.
//
// Amounts are whole millionths, so that sums are exact and equal on every platform and 0.02 + 0.01
// − 0.005 is 0.025 to the last digit. A preset is data; score_step() is the only place that applies
// it. The presets v1, v1.5 and v2 follow the published versions of the original SQLEnv's reward; v3
// is v2 without its ways to earn by idle play, and keeps right and wrong apart at every budget;
// `potential` is potential-based shaping (Ng, Harada and Russell, ICML 1999).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/action.h"

namespace sqlenv {

// Millionths of a reward unit.
using Micros = std::int64_t;
inline constexpr Micros kOne = 1'000'000;

// Correctly rounded, so it prints as people write it: 25'000 is 0.025.
inline double to_double(Micros amount) { return static_cast<double>(amount) / 1e6; }

// Rounds to the nearest millionth. None for NaN and for amounts beyond a thousand million.
std::optional<Micros> to_micros(double amount);

struct RewardTerms {
  Micros executed = 0;
  Micros new_information = 0;
  Micros repeat = 0;
  Micros step_cost = 0;
  Micros progress = 0;
  Micros clip = 0;  // what clipping added or took away
  Micros terminal = 0;

  Micros total() const;
  friend bool operator==(const RewardTerms&, const RewardTerms&) = default;
};

// The terms under their public names, in their public order.
struct NamedTerm {
  std::string_view name;
  Micros RewardTerms::*amount;
};
const std::vector<NamedTerm>& reward_term_names();

struct RewardPreset {
  enum class Progress { kGainOverBest, kChange, kPotential };
  enum class Clip { kNone, kStep, kCumulative };

  std::string_view name;
  Micros executed;
  Micros new_information;
  std::optional<Micros> new_information_cap;  // over the episode
  Micros repeat;
  Micros step_cost;
  Progress progress;
  Clip clip;
  Micros clip_low;
  Micros clip_high;
  bool pays_when_budget_is_spent;  // whether the step that spends the budget without ANSWER is paid
  bool pays_constants;             // whether a QUERY that reads no table is paid like others
  std::optional<int> full_up_to;   // the largest budget at which a step's amounts are those above
};

const std::vector<RewardPreset>& reward_presets();
const RewardPreset* find_reward_preset(std::string_view name);

// The preset adapted to an episode of `step_budget` steps. Above `full_up_to`, executed, repeat and
// step_cost shrink as full_up_to / step_budget. All steps of an episode then cost no more together
// than full_up_to of them in full, and a right ANSWER after any play stays worth more than any play
// without one. REQUIRES: step_budget > 0.
RewardPreset preset_for_budget(const RewardPreset& preset, int step_budget);

// Progress is counted in quarters: 0 to 4.
struct StepFacts {
  bool executed = false;         // no error
  bool repeated = false;         // the same action was taken before
  bool new_information = false;  // a QUERY whose result was not seen before
  std::optional<int> progress;   // none but for a QUERY that ran
  std::optional<bool> right;     // whether the ANSWER is; none if none was judged
  bool budget_spent = false;     // the last step, without an ANSWER that was judged
  bool constant = false;         // a QUERY that ran and reads no table
};

// The state of the reward between steps.
struct RewardState {
  int best_progress = 0;
  int last_progress = 0;
  Micros new_information_paid = 0;
  Micros cumulative = 0;  // the sum of all steps before ANSWER, after clipping

  friend bool operator==(const RewardState&, const RewardState&) = default;
};

RewardTerms score_step(const RewardPreset& preset, const StepFacts& facts, RewardState& state);

}  // namespace sqlenv
