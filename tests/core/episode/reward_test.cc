#include "core/episode/reward.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/random.h"

namespace sqlenv {
namespace {

const RewardPreset& preset(const char* name) {
  const RewardPreset* found = find_reward_preset(name);
  EXPECT_NE(found, nullptr) << name;
  return *found;
}

StepFacts describe() { return {.executed = true}; }
StepFacts query(int progress) {
  return {.executed = true, .new_information = true, .progress = progress};
}
StepFacts answer(bool right) { return {.executed = true, .right = right}; }

double total(const char* name, const std::vector<StepFacts>& steps) {
  RewardState state;
  Micros sum = 0;
  for (const StepFacts& facts : steps) sum += score_step(preset(name), facts, state).total();
  return to_double(sum);
}

std::vector<double> each(const char* name, const std::vector<StepFacts>& steps) {
  RewardState state;
  std::vector<double> rewards;
  for (const StepFacts& facts : steps)
    rewards.push_back(to_double(score_step(preset(name), facts, state).total()));
  return rewards;
}

TEST(Reward, PublishedV1Numbers) {
  EXPECT_EQ(each("v1", {describe(), query(0)}), (std::vector<double>{0.015, 0.025}));
}

TEST(Reward, PublishedV15OracleEpisode) {
  const std::vector<StepFacts> oracle = {describe(), describe(), query(4), answer(true)};
  EXPECT_EQ(each("v1.5", oracle), (std::vector<double>{0.015, 0.015, 0.150, 1.0}));
  EXPECT_EQ(total("v1.5", oracle), 1.18);
}

TEST(Reward, TheSameEpisodeUnderV2) {
  const std::vector<StepFacts> oracle = {describe(), describe(), query(4), answer(true)};
  EXPECT_EQ(each("v2", oracle), (std::vector<double>{0.0, 0.0, 0.15, 1.0}));
}

TEST(Reward, ARepeatPaysOnlyThePenaltyAndTheCost) {
  StepFacts repeated = query(0);
  repeated.repeated = true;
  RewardState state;
  const RewardTerms terms = score_step(preset("v2"), repeated, state);
  EXPECT_EQ(terms.executed, 0);
  EXPECT_EQ(terms.new_information, 0);
  EXPECT_EQ(to_double(terms.total()), -0.05);
}

TEST(Reward, V15PaysTheChangeAndTakesItBack) {
  RewardState state;
  EXPECT_EQ(score_step(preset("v1.5"), query(2), state).progress, 75'000);
  EXPECT_EQ(score_step(preset("v1.5"), query(1), state).progress, -37'500);
  EXPECT_EQ(score_step(preset("v1.5"), describe(), state).progress, 0);
  EXPECT_EQ(score_step(preset("v1.5"), query(1), state).progress, 0);
}

TEST(Reward, V1PaysOnlyGainsOverTheBest) {
  RewardState state;
  EXPECT_EQ(score_step(preset("v1"), query(2), state).progress, 75'000);
  EXPECT_EQ(score_step(preset("v1"), query(1), state).progress, 0);
  EXPECT_EQ(score_step(preset("v1"), query(3), state).progress, 37'500);
}

TEST(Reward, V1NewInformationIsCapped) {
  RewardState state;
  Micros paid = 0;
  for (int i = 0; i < 30; ++i) paid += score_step(preset("v1"), query(0), state).new_information;
  EXPECT_EQ(paid, 100'000);
}

TEST(Reward, V3PaysAConstantOnlyItsCost) {
  StepFacts constant = query(4);
  constant.constant = true;
  RewardState state;
  EXPECT_EQ(score_step(preset("v3"), constant, state), (RewardTerms{.step_cost = -20'000}));
  EXPECT_EQ(state.best_progress, 0);
  EXPECT_EQ(score_step(preset("v3"), query(4), state).progress, 150'000);
  constant.repeated = true;
  EXPECT_EQ(to_double(score_step(preset("v3"), constant, state).total()), -0.05);
  for (const char* name : {"v1", "v1.5", "v2", "potential"}) {
    constant.repeated = false;
    EXPECT_EQ(total(name, {constant}), total(name, {query(4)})) << name;
  }
}

TEST(Reward, V3ProgressTelescopesToTheBest) {
  Random random(11);
  for (int episode = 0; episode < 200; ++episode) {
    RewardState state;
    Micros shaping = 0;
    int best = 0;
    for (int i = 0; i < 10; ++i) {
      const int progress = static_cast<int>(random.below(5));
      best = std::max(best, progress);
      shaping += score_step(preset("v3"), query(progress), state).progress;
    }
    EXPECT_EQ(shaping, 37'500 * best);
    EXPECT_EQ(score_step(preset("v3"), answer(episode % 2 == 0), state).progress, 0);
  }
}

TEST(Reward, PotentialTelescopesToNothing) {
  Random random(3);
  for (int episode = 0; episode < 200; ++episode) {
    RewardState state;
    Micros shaping = 0;
    for (int i = 0; i < 10; ++i)
      shaping +=
          score_step(preset("potential"), query(static_cast<int>(random.below(5))), state).progress;
    shaping += score_step(preset("potential"), answer(episode % 2 == 0), state).progress;
    EXPECT_EQ(shaping, 0);
  }
}

TEST(Reward, ASpentBudgetPaysNothing) {
  StepFacts last = query(4);
  last.budget_spent = true;
  for (const char* name : {"v1", "v1.5", "v2", "v3"}) EXPECT_EQ(total(name, {last}), 0) << name;
}

TEST(Reward, TermsSumToTheTotalAndClipsHold) {
  Random random(5);
  for (const char* name : {"v1.5", "v2"}) {
    RewardState state;
    for (int i = 0; i < 2000; ++i) {
      StepFacts facts = query(static_cast<int>(random.below(5)));
      facts.repeated = random.below(2) == 0;
      const RewardTerms terms = score_step(preset(name), facts, state);
      Micros sum = 0;
      for (const NamedTerm& term : reward_term_names()) sum += terms.*term.amount;
      EXPECT_EQ(sum, terms.total());
      EXPECT_GE(sum, -100'000);
      EXPECT_LE(sum, 150'000);
    }
  }
}

}  // namespace
}  // namespace sqlenv
