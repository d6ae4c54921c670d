#include "core/episode/reward.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/check.h"

namespace sqlenv {
namespace {

constexpr Micros kProgressWeight = 150'000;
constexpr Micros kQuarter = kProgressWeight / 4;

constexpr double kMaxReward = 1e9;

// Discount of the potential, in percent. The shaping telescopes for any value; 1 keeps it simple.
constexpr Micros kGammaPercent = 100;

Micros progress_term(const RewardPreset& preset, const StepFacts& facts, RewardState& state) {
  const int last = std::exchange(state.last_progress, facts.progress.value_or(state.last_progress));
  const int best =
      std::exchange(state.best_progress, std::max(state.best_progress, facts.progress.value_or(0)));
  switch (preset.progress) {
    case RewardPreset::Progress::kGainOverBest: return kQuarter * (state.best_progress - best);
    case RewardPreset::Progress::kChange: return kQuarter * (state.last_progress - last);
    case RewardPreset::Progress::kPotential: {
      const bool ends = facts.right || facts.budget_spent;
      const Micros next = ends ? 0 : kQuarter * state.best_progress;
      return next * kGammaPercent / 100 - kQuarter * best;
    }
  }
  return 0;
}

// The facts of a step that pays nothing but what it costs.
StepFacts unpaid(StepFacts facts) {
  facts.executed = facts.new_information = false;
  facts.progress.reset();
  return facts;
}

Micros new_information_term(const RewardPreset& preset, RewardState& state) {
  Micros amount = preset.new_information;
  if (preset.new_information_cap)
    amount =
        std::clamp<Micros>(*preset.new_information_cap - state.new_information_paid, 0, amount);
  state.new_information_paid += amount;
  return amount;
}

Micros clip_term(const RewardPreset& preset, Micros unclipped, const RewardState& state) {
  if (preset.clip == RewardPreset::Clip::kNone) return 0;
  const Micros before = preset.clip == RewardPreset::Clip::kCumulative ? state.cumulative : 0;
  return std::clamp(before + unclipped, preset.clip_low, preset.clip_high) - before - unclipped;
}

}  // namespace

std::optional<Micros> to_micros(double amount) {
  if (!(std::abs(amount) <= kMaxReward)) return std::nullopt;
  return static_cast<Micros>(std::llround(amount * 1e6));
}

Micros RewardTerms::total() const {
  return executed + new_information + repeat + step_cost + progress + clip + terminal;
}

const std::vector<NamedTerm>& reward_term_names() {
  static const std::vector<NamedTerm> names = {
      {"executed", &RewardTerms::executed}, {"new_information", &RewardTerms::new_information},
      {"repeat", &RewardTerms::repeat},     {"step_cost", &RewardTerms::step_cost},
      {"progress", &RewardTerms::progress}, {"clip", &RewardTerms::clip},
      {"terminal", &RewardTerms::terminal},
  };
  return names;
}

const std::vector<RewardPreset>& reward_presets() {
  using Progress = RewardPreset::Progress;
  using Clip = RewardPreset::Clip;
  static const std::vector<RewardPreset> presets = {
      {"v3", 15'000, 10'000, 20'000, -30'000, -20'000, Progress::kGainOverBest, Clip::kNone, 0, 0,
       false, false, 15},
      {"v2", 20'000, 10'000, std::nullopt, -30'000, -20'000, Progress::kChange, Clip::kStep,
       -100'000, 150'000, false, true, std::nullopt},
      {"v1.5", 20'000, 10'000, std::nullopt, -10'000, -5'000, Progress::kChange, Clip::kStep,
       -100'000, 150'000, false, true, std::nullopt},
      {"v1", 20'000, 10'000, 100'000, -10'000, -5'000, Progress::kGainOverBest, Clip::kCumulative,
       -200'000, 500'000, false, true, std::nullopt},
      {"potential", 0, 0, std::nullopt, 0, -20'000, Progress::kPotential, Clip::kNone, 0, 0, true,
       true, 50},
  };
  return presets;
}

const RewardPreset* find_reward_preset(std::string_view name) {
  for (const RewardPreset& preset : reward_presets())
    if (preset.name == name) return &preset;
  return nullptr;
}

RewardPreset preset_for_budget(const RewardPreset& preset, int step_budget) {
  SQLENV_CHECK(step_budget > 0);
  RewardPreset adapted = preset;
  if (preset.full_up_to && step_budget > *preset.full_up_to)
    for (Micros* amount : {&adapted.executed, &adapted.repeat, &adapted.step_cost})
      *amount = *amount * *preset.full_up_to / step_budget;
  return adapted;
}

RewardTerms score_step(const RewardPreset& preset, const StepFacts& step, RewardState& state) {
  const StepFacts facts = step.constant && !preset.pays_constants ? unpaid(step) : step;
  RewardTerms terms;
  if (facts.budget_spent && !preset.pays_when_budget_is_spent) return terms;
  if (facts.right) {
    if (preset.progress == RewardPreset::Progress::kPotential)
      terms.progress = progress_term(preset, facts, state);
    terms.terminal = *facts.right ? kOne : 0;
    return terms;
  }
  terms.step_cost = preset.step_cost;
  if (facts.repeated) {
    terms.repeat = preset.repeat;
  } else {
    if (facts.executed) terms.executed = preset.executed;
    if (facts.new_information) terms.new_information = new_information_term(preset, state);
  }
  terms.progress = progress_term(preset, facts, state);
  terms.clip = clip_term(preset, terms.total(), state);
  state.cumulative += terms.total();
  return terms;
}

}  // namespace sqlenv
