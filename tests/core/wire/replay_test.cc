#include "core/wire/replay.h"

#include <gtest/gtest.h>

#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

class ReplayTest : public testing::Test {
 protected:
  Trajectory played(const std::string& reward = "v2") {
    ResetOptions options;
    options.seed = 9;
    options.filter.database = "zoo";
    options.reward = reward;
    Result<Episode> episode = environment_.reset(options);
    for (const Action& action :
         {Action{"DESCRIBE", "animal"}, Action{"QUERY", "SELECT * FROM animal"},
          Action{"SAMPLE", "lion"}, Action{"ANSWER", "five"}})
      episode->step(action);
    return record(*episode);
  }

  // "line member recorded|replayed", "equal", or the error.
  std::string outcome(const Trajectory& trajectory) {
    const Result<ReplayReport> report = replay(environment_, trajectory);
    if (!report) return report.error().to_string();
    if (!report->difference) return "equal";
    const ReplayDifference& found = *report->difference;
    EXPECT_EQ(found.line, report->lines);
    return std::to_string(found.line) + " " + found.member + " " + found.recorded + "|" +
           found.replayed;
  }

  Environment environment_{test::small_catalog()};
};

TEST_F(ReplayTest, EqualRunsAreEqual) {
  for (const RewardPreset& preset : reward_presets()) {
    const Trajectory trajectory = played(std::string(preset.name));
    const Result<ReplayReport> report = replay(environment_, trajectory);
    ASSERT_TRUE(report.has_value()) << report.error().to_string();
    EXPECT_FALSE(report->difference);
    EXPECT_EQ(report->lines, 6u);
    EXPECT_FALSE(report->cut);
    EXPECT_EQ(report->other_core, std::nullopt);
  }
}

TEST_F(ReplayTest, ACutTrajectoryIsComparedUpToItsEnd) {
  Trajectory trajectory = played();
  trajectory.footer.reset();
  for (std::size_t left : {4u, 2u, 0u}) {
    trajectory.steps.resize(left);
    const Result<ReplayReport> report = replay(environment_, trajectory);
    EXPECT_FALSE(report->difference);
    EXPECT_TRUE(report->cut);
    EXPECT_EQ(report->lines, left + 1);
  }
}

TEST_F(ReplayTest, TheFirstDifferenceIsNamed) {
  const auto after = [&](auto change) {
    Trajectory trajectory = played();
    change(trajectory);
    return outcome(trajectory);
  };
  EXPECT_EQ(after([](Trajectory& t) { t.header.observation.budget_remaining = 14; }),
            "1 observation.budget_remaining 14|15");
  EXPECT_EQ(after([](Trajectory& t) { t.steps[1].observation.result = "no rows"; }).substr(0, 43),
            "3 observation.result \"no rows\"|\"animal_id |");
  EXPECT_EQ(after([](Trajectory& t) { t.steps[2].action.argument = "keeper"; }).substr(0, 33),
            "4 observation.result \"\"|\"keeper_i");
  EXPECT_EQ(after([](Trajectory& t) { t.steps[2].observation.action_history[1] = "x"; }),
            "4 observation.action_history[1] \"x\"|\"QUERY SELECT * FROM animal -> ok\"");
  EXPECT_EQ(after([](Trajectory& t) { t.steps[2].observation.action_history.pop_back(); }),
            "4 observation.action_history[2] nothing|\"SAMPLE lion -> NO_SUCH_TABLE\"");
  EXPECT_EQ(after([](Trajectory& t) { t.steps[2].observation.action_history.push_back("y"); }),
            "4 observation.action_history[3] \"y\"|nothing");
  EXPECT_EQ(after([](Trajectory& t) { t.steps[0].reward += 1; }), "2 reward 1e-06|0.0");
  EXPECT_EQ(after([](Trajectory& t) { t.steps[3].terms.terminal += 500'000; }),
            "5 terms.terminal 0.5|0.0");
  EXPECT_EQ(after([](Trajectory& t) { t.footer->verdict->correct = true; }),
            "6 verdict.correct true|false");
  EXPECT_EQ(after([](Trajectory& t) { t.footer->verdict.reset(); }).substr(0, 40),
            "6 verdict null|{\"correct\":false,\"reason\"");
  EXPECT_EQ(after([](Trajectory& t) { t.footer->total_reward = 0; }).substr(0, 19),
            "6 total_reward 0.0|");
  EXPECT_EQ(after([](Trajectory& t) { t.steps.push_back(t.steps.back()); }).substr(0, 9),
            "6 step 4|");
  EXPECT_EQ(after([](Trajectory& t) {
              t.steps.pop_back();
              t.footer->steps = 3;
              t.footer->done = false;
              t.footer->verdict.reset();
            }),
            "equal")
      << "an episode may be left before its end";
}

TEST_F(ReplayTest, LongValuesAreShownAroundTheFirstDifference) {
  Trajectory trajectory = played();
  std::string& result = trajectory.steps[1].observation.result;
  const std::size_t at = result.find("elephant");
  result.replace(at, 8, "ostrich🪶");
  const Result<ReplayReport> report = replay(environment_, trajectory);
  ASSERT_TRUE(report->difference);
  EXPECT_NE(report->difference->recorded.find("ostrich🪶"), std::string::npos);
  EXPECT_NE(report->difference->replayed.find("elephant"), std::string::npos);
  trajectory.steps[1].observation.result = std::string(100'000, 'x');
  EXPECT_LT(replay(environment_, trajectory)->difference->recorded.size(), 200u);
}

TEST_F(ReplayTest, TrajectoriesThatCannotBePlayed) {
  const auto after = [&](auto change) {
    Trajectory trajectory = played();
    change(trajectory.header);
    return outcome(trajectory);
  };
  EXPECT_EQ(after([](TrajectoryHeader& h) { h.pack = "zoos"; }),
            "NOT_FOUND: it was played on the pack \"zoos\", which is not loaded.");
  EXPECT_EQ(after([](TrajectoryHeader& h) { h.pack_digest = "0123456789abcdef"; }).substr(0, 78),
            "MISMATCH: it was played on another edition of the pack small (digest 012345678");
  EXPECT_EQ(after([](TrajectoryHeader& h) { h.question_id = "zoo_1"; }),
            "NOT_FOUND: the pack small has no question \"zoo_1\".");
  EXPECT_EQ(after([](TrajectoryHeader& h) { h.reward = "v9"; }).substr(0, 37),
            "BAD_OPTION: there is no reward preset");
  EXPECT_EQ(after([](TrajectoryHeader& h) { h.verifier = "lax"; }).substr(0, 38),
            "BAD_OPTION: there is no verifier mode ");
  EXPECT_EQ(after([](TrajectoryHeader& h) { h.step_budget = 0; }),
            "BAD_OPTION: step_budget must be from 1 to 1000.");
}

TEST_F(ReplayTest, ATrajectoryOfAnotherCoreIsPlayedAndReported) {
  Trajectory trajectory = played();
  trajectory.header.core = "0.0.1";
  EXPECT_EQ(replay(environment_, trajectory)->other_core, "0.0.1");
  EXPECT_EQ(outcome(trajectory), "equal");
  trajectory.steps[0].done = true;
  EXPECT_EQ(outcome(trajectory), "2 done true|false");
}

}  // namespace
}  // namespace sqlenv
