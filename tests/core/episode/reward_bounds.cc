#include "tests/core/episode/reward_bounds.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace sqlenv::test {
namespace {

// The fields of a RewardState that can matter later under a preset; the rest is zero.
using StateKey = std::tuple<int, int, Micros, Micros>;

struct Range {
  Micros least = std::numeric_limits<Micros>::max();
  Micros most = std::numeric_limits<Micros>::min();

  void add(const Range& range) {
    least = std::min(least, range.least);
    most = std::max(most, range.most);
  }
};

using Layer = std::map<StateKey, Range>;  // totals so far, by state

StateKey key_of(const RewardPreset& preset, const RewardState& state) {
  const bool change = preset.progress == RewardPreset::Progress::kChange;
  return {change ? 0 : state.best_progress, change ? state.last_progress : 0,
          preset.new_information_cap ? state.new_information_paid : 0,
          preset.clip == RewardPreset::Clip::kCumulative ? state.cumulative : 0};
}

RewardState state_of(const StateKey& key) {
  return {std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key)};
}

std::vector<StepFacts> possible_steps(bool first) {
  std::vector<StepFacts> steps;
  for (const bool repeated : {false, true}) {
    if (first && repeated) continue;
    for (const bool executed : {false, true})
      steps.push_back({executed, repeated, false, {}, {}, false});
    for (int progress = 0; progress <= 4; ++progress)
      for (const bool fresh : {false, true})
        steps.push_back({true, repeated, fresh, progress, {}, false});
  }
  return steps;
}

Layer after_one_step(const RewardPreset& preset, const Layer& layer, bool first) {
  Layer next;
  for (const auto& [key, range] : layer)
    for (const StepFacts& facts : possible_steps(first)) {
      RewardState state = state_of(key);
      const Micros paid = score_step(preset, facts, state).total();
      next[key_of(preset, state)].add({range.least + paid, range.most + paid});
    }
  return next;
}

// Totals once the episode is ended by `last`.
Range ended(const RewardPreset& preset, const Layer& layer, const StepFacts& last) {
  Range all;
  for (const auto& [key, range] : layer) {
    RewardState state = state_of(key);
    const Micros paid = score_step(preset, last, state).total();
    all.add({range.least + paid, range.most + paid});
  }
  return all;
}

StepFacts answer(bool right) { return {true, false, false, {}, right, false}; }

class Bounds {
 public:
  explicit Bounds(const RewardPreset& preset) : preset_(preset) { layer_[{0, 0, 0, 0}] = {0, 0}; }

  // The bounds with one more step in the budget than before.
  TotalBounds next_budget() {
    if (steps_++ > 0) layer_ = after_one_step(preset_, layer_, steps_ == 2);
    right_.add(ended(preset_, layer_, answer(true)));
    wrong_.add(ended(preset_, layer_, answer(false)));
    Range never = wrong_;
    for (StepFacts facts : possible_steps(steps_ == 1)) {
      facts.budget_spent = true;
      never.add(ended(preset_, layer_, facts));
    }
    return {never.most, right_.least, right_.most};
  }

 private:
  RewardPreset preset_;
  Layer layer_;
  Range right_;
  Range wrong_;
  int steps_ = 0;
};

}  // namespace

std::vector<TotalBounds> total_bounds(const RewardPreset& preset, int most_steps) {
  std::vector<TotalBounds> all;
  Bounds bounds(preset);
  for (int budget = 1; budget <= most_steps; ++budget) all.push_back(bounds.next_budget());
  return all;
}

}  // namespace sqlenv::test
