#include "tests/core/episode/reward_bounds.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

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

  friend Range operator+(const Range& a, const Range& b) {
    return {a.least + b.least, a.most + b.most};
  }
};

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
        for (const bool constant : {false, true})
          steps.push_back({true, repeated, fresh, progress, {}, false, constant});
  }
  return steps;
}

StepFacts answer(bool right) { return {true, false, false, {}, right, false}; }

// What one step from a state pays: where the episode goes on, by the number of the state that it
// leads to; and where the step ends it.
struct Steps {
  std::vector<std::pair<std::size_t, Range>> on;
  Range right;
  Range wrong;
  Range spent;  // the budget
};

// Numbers the states as they are met, and keeps the steps of each, since most are met again and
// again.
class States {
 public:
  explicit States(const RewardPreset& preset) : preset_(preset) { number_of({}); }

  // The first step of an episode, from state 0, and any other step.
  Steps first_step() { return steps_from(0, true); }
  const Steps& steps(std::size_t state) {
    if (state >= steps_.size()) steps_.resize(state + 1);
    if (!steps_[state]) steps_[state] = steps_from(state, false);
    return *steps_[state];
  }

 private:
  std::size_t number_of(const StateKey& key) {
    const auto [known, is_new] = numbers_.try_emplace(key, keys_.size());
    if (is_new) keys_.push_back(key);
    return known->second;
  }

  std::pair<std::size_t, Range> step(std::size_t from, const StepFacts& facts) {
    RewardState state = state_of(keys_[from]);
    const Micros paid = score_step(preset_, facts, state).total();
    return {number_of(key_of(preset_, state)), {paid, paid}};
  }

  Steps steps_from(std::size_t from, bool first) {
    Steps steps;
    std::map<std::size_t, Range> on;
    steps.right = step(from, answer(true)).second;
    steps.wrong = step(from, answer(false)).second;
    for (StepFacts facts : possible_steps(first)) {
      const auto [reached, paid] = step(from, facts);
      on[reached].add(paid);
      facts.budget_spent = true;
      steps.spent.add(step(from, facts).second);
    }
    steps.on.assign(on.begin(), on.end());
    return steps;
  }

  const RewardPreset preset_;
  std::map<StateKey, std::size_t> numbers_;
  std::vector<StateKey> keys_;
  std::vector<std::optional<Steps>> steps_;
};

class Bounds {
 public:
  explicit Bounds(const RewardPreset& preset) : states_(preset) {}

  // The bounds with one more step in the budget than before.
  TotalBounds next_budget() {
    Range spent;
    std::vector<Range> reached;
    for (std::size_t state = 0; state < totals_.size(); ++state) {
      const Range total = totals_[state];
      if (total.least > total.most) continue;
      const Steps& steps = first_ ? first_steps_ : states_.steps(state);
      for (const auto& [next, paid] : steps.on) {
        if (next >= reached.size()) reached.resize(next + 1);
        reached[next].add(total + paid);
      }
      right_.add(total + steps.right);
      wrong_.add(total + steps.wrong);
      spent.add(total + steps.spent);
    }
    first_ = false;
    totals_ = std::move(reached);
    return {std::max(wrong_.most, spent.most), right_.least, right_.most};
  }

 private:
  States states_;
  Steps first_steps_ = states_.first_step();
  std::vector<Range> totals_ = {{0, 0}};  // so far, by state
  Range right_;
  Range wrong_;
  bool first_ = true;
};

}  // namespace

std::vector<TotalBounds> total_bounds(const RewardPreset& preset, int most_steps) {
  std::vector<TotalBounds> all;
  Bounds bounds(preset);
  for (int budget = 1; budget <= most_steps; ++budget) all.push_back(bounds.next_budget());
  return all;
}

}  // namespace sqlenv::test
