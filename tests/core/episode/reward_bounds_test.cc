// The bounds that docs/rewards.md states, from exact dynamic programming.
#include "tests/core/episode/reward_bounds.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/play.h"

namespace sqlenv {
namespace {

using test::amount_text;
using test::total_bounds;
using test::TotalBounds;

const RewardPreset& preset(const char* name) { return *find_reward_preset(name); }

TotalBounds bounds_at(const char* name, int budget) {
  return total_bounds(preset_for_budget(preset(name), budget), budget).back();
}

// The first budget for which `broken` is true; 0 if there is none up to `most`.
template <class Broken>
int first_budget(const char* name, int most, Broken broken) {
  const std::vector<TotalBounds> all = total_bounds(preset(name), most);
  for (int budget = 1; budget <= most; ++budget)
    if (broken(all[static_cast<std::size_t>(budget) - 1])) return budget;
  return 0;
}

bool not_apart(const TotalBounds& bounds) { return bounds.never_right_most >= bounds.right_least; }
bool beats_an_answer(const TotalBounds& bounds) { return bounds.never_right_most >= kOne; }

// A right ANSWER can replace a wrong one, so the best play always answers right.
TEST(RewardBounds, TheBestPlayAnswersRightAtEveryBudget) {
  for (const RewardPreset& each : reward_presets())
    for (const TotalBounds& bounds : total_bounds(each, each.name == "v1" ? 18 : 200)) {
      EXPECT_EQ(bounds.right_most, bounds.never_right_most + kOne) << each.name;
      EXPECT_GE(bounds.right_most, kOne);
    }
}

TEST(RewardBounds, AtTheDefaultBudget) {
  const auto text = [](const char* name) {
    const TotalBounds bounds = bounds_at(name, 15);
    return amount_text(bounds.never_right_most) + " " + amount_text(bounds.right_least);
  };
  EXPECT_EQ(text("v1"), "0.46 0.8");
  EXPECT_EQ(text("v1.5"), "0.6 0.8");
  EXPECT_EQ(text("v2"), "0.47 0.33");
  EXPECT_EQ(text("v3"), "0.16 0.33");
  EXPECT_EQ(text("potential"), "0 0.72");
}

// The cumulative clip proves it for v1: 0.5 < 1 − 0.2. From 18 steps on both bounds are reached.
TEST(RewardBounds, V1KeepsRightAndWrongApartAtEveryBudget) {
  EXPECT_LT(preset("v1").clip_high, kOne + preset("v1").clip_low);
  const TotalBounds bounds = bounds_at("v1", 18);
  EXPECT_EQ(bounds.never_right_most, preset("v1").clip_high);
  EXPECT_EQ(bounds.right_least, kOne + preset("v1").clip_low);
}

// A drop of progress costs at most what the clip lets through, so going up and down pays.
TEST(RewardBounds, WhereTheStepClipPresetsBreak) {
  EXPECT_EQ(first_budget("v1.5", 200, not_apart), 20);
  EXPECT_EQ(first_budget("v1.5", 200, beats_an_answer), 27);
  EXPECT_EQ(first_budget("v2", 200, not_apart), 14);
  EXPECT_EQ(first_budget("v2", 200, beats_an_answer), 36);
}

TEST(RewardBounds, PotentialKeepsRightAndWrongApartAtEveryBudget) {
  for (const int budget : {1, 2, 15, 49, 50, 51, 99, 333, 999, 1000}) {
    const TotalBounds bounds = bounds_at("potential", budget);
    EXPECT_EQ(bounds.never_right_most, 0) << budget;
    EXPECT_GT(bounds.right_least, 0) << budget;
  }
  // Without the rule it would not.
  EXPECT_EQ(first_budget("potential", 200, not_apart), 51);
}

// At every budget that an episode can have.
TEST(RewardBounds, V3KeepsRightAndWrongApartAtEveryBudget) {
  Micros nearest = kOne;
  for (int budget = 1; budget <= 1000; ++budget) {
    const TotalBounds bounds = bounds_at("v3", budget);
    ASSERT_LE(bounds.never_right_most, 170'000) << budget;
    ASSERT_EQ(bounds.right_most, bounds.never_right_most + kOne) << budget;
    nearest = std::min(nearest, bounds.right_least - bounds.never_right_most);
  }
  EXPECT_EQ(nearest, 81'350);
  // Without the rule it would not.
  EXPECT_EQ(first_budget("v3", 200, not_apart), 19);
}

TEST(RewardBounds, V3AndPotentialCostLessOnALongBudget) {
  for (const RewardPreset& each : reward_presets())
    for (const int budget : {1, 15, 16, 50, 51, 100, 1000}) {
      const RewardPreset adapted = preset_for_budget(each, budget);
      const int full = each.name == "v3" ? 15 : each.name == "potential" ? 50 : 1000;
      const int divisor = std::max(full, budget);
      EXPECT_EQ(adapted.step_cost, each.step_cost * full / divisor) << each.name << budget;
      EXPECT_EQ(adapted.executed, each.executed * full / divisor) << each.name << budget;
      EXPECT_EQ(adapted.repeat, each.repeat * full / divisor) << each.name << budget;
      EXPECT_EQ(adapted.new_information, each.new_information) << each.name << budget;
    }
}

TEST(RewardBounds, AreThoseOfTheDocument) {
  std::string text = "| budget |";
  std::string rule = "|---|";
  for (const char* name : {"v3", "v2", "v1.5", "v1", "potential"}) {
    text += " `" + std::string(name) + "` never right | right |";
    rule += "---|---|";
  }
  text += "\n" + rule + "\n";
  for (const int budget : {2, 5, 10, 13, 14, 15, 19, 20, 26, 27, 35, 36, 50, 100, 1000}) {
    text += "| " + std::to_string(budget) + " |";
    for (const char* name : {"v3", "v2", "v1.5", "v1", "potential"}) {
      // Every bound of v1 is at its clip from 18 steps on, and its states are many.
      const TotalBounds bounds =
          bounds_at(name, std::string_view(name) == "v1" ? std::min(budget, 18) : budget);
      text += " " + amount_text(bounds.never_right_most) + " | " + amount_text(bounds.right_least) +
              " |";
    }
    text += "\n";
  }
  test::expect_block("rewards.md", "bounds", text);
}

}  // namespace
}  // namespace sqlenv
