// Replays: files and links are executed again and walked through, actions are evaluated on a copy,
// episodes branch, runs are compared, and the tour is walked from end to end.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/policy/random_policy.h"
#include "core/wire/share.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;
using sqlenv::test::starter_catalog;

const std::vector<Action> kWin = {{"DESCRIBE", "animal"},
                                  {"QUERY", "SELECT * FROM lion"},
                                  {"QUERY", "SELECT count(*) FROM animal"},
                                  {"ANSWER", "4"}};

Episode played(Environment& environment, const std::vector<Action>& actions = kWin) {
  ResetOptions options;
  options.seed = 5;
  options.filter.question_id = "zoo_train_001";
  Episode episode = *environment.reset(options);
  for (const Action& action : actions) episode.step(action);
  return episode;
}

nlohmann::json replay_of(Headless& ui) {
  return nlohmann::json::parse(ui.playground().snapshot_json())["replay"];
}

class ReplayUi : public testing::Test {
 protected:
  Host host() {
    Host host;
    host.share_link = [this](const std::string& text) {
      shared_ = text;
      return std::string("Link copied");
    };
    host.ask_policy = [this](const std::string& policy, std::uint64_t seed, const Observation& seen,
                             bool first, const Act& act) {
      EXPECT_EQ(policy, "random");
      if (first) random_.begin(seen, seed);
      act(random_.act(seen));
    };
    return host;
  }

  Environment environment_{small_catalog()};
  RandomPolicy random_;
  std::string shared_;
  Headless ui_{small_catalog(), host()};
};

TEST_F(ReplayUi, AFileIsWalkedThrough) {
  const Episode episode = played(environment_);
  ui_.start("zoo_train_002");
  ui_.playground().open_trajectories("run.jsonl", trajectory_jsonl(episode));
  ui_.settle();
  EXPECT_EQ(replay_of(ui_)["step"], 4);
  EXPECT_EQ(trajectory_jsonl(ui_.episode()), trajectory_jsonl(episode));
  EXPECT_FALSE(ui_.find("replay.warning").has_value()) << ui_.texts();
  EXPECT_TRUE(ui_.find("verdict.card").has_value());
  for (const int step : {3, 2, 1, 0}) {
    ui_.key(ImGuiKey_LeftArrow);
    EXPECT_EQ(ui_.episode().step_count(), step);
    EXPECT_FALSE(ui_.find("verdict.card").has_value());
    EXPECT_EQ(holds(ui_.texts(), "species"), step > 0) << "what DESCRIBE showed, at " << step;
  }
  ui_.key(ImGuiKey_End);
  EXPECT_TRUE(ui_.episode().done());
  ui_.key(ImGuiKey_Home);
  ui_.click("replay.forth");
  EXPECT_EQ(ui_.episode().step_count(), 1);
  ui_.click("replay.close");
  EXPECT_FALSE(ui_.find("replay.card").has_value());
  EXPECT_EQ(ui_.episode().step_count(), 0);
  EXPECT_EQ(ui_.playground().settings().score, 0) << "a replay is no win";
}

TEST_F(ReplayUi, AReplayGoesOnByItself) {
  ui_.start("zoo_train_002");
  ui_.playground().open_trajectories("run.jsonl", trajectory_jsonl(played(environment_)));
  ui_.settle();
  ui_.click("replay.play");  // from the first again, until the end
  EXPECT_EQ(replay_of(ui_)["step"], 4);
}

TEST_F(ReplayUi, TheFirstDifferenceIsReported) {
  std::string text = trajectory_jsonl(played(environment_));
  const std::size_t at = text.find("(4 rows)");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 8, "(5 rows)");
  ui_.start("zoo_train_002");
  ui_.playground().open_trajectories("run.jsonl", text);
  ui_.settle();
  EXPECT_TRUE(holds(ui_.texts(), "Line 2 differs in observation.result")) << ui_.texts();
}

TEST_F(ReplayUi, WhatCannotBePlayedIsReportedAndNothingElseChanges) {
  ui_.start("zoo_train_002");
  const std::string good = trajectory_jsonl(played(environment_));
  for (const std::string& text :
       {good.substr(0, good.size() / 2), std::string("no json"), std::string()}) {
    ui_.playground().open_trajectories("run.jsonl", text);
    ui_.settle();
    EXPECT_TRUE(holds(ui_.playground().notice(), "run.jsonl")) << ui_.playground().notice();
    EXPECT_EQ(ui_.episode().task().question->id, "zoo_train_002");
  }
  ui_.playground().open_link("1AAAA");
  EXPECT_TRUE(holds(ui_.playground().notice(), "link")) << ui_.playground().notice();
}

TEST_F(ReplayUi, ALinkOpensAtItsStep) {
  ui_.start("zoo_train_001");
  for (const Action& action : kWin) ui_.playground().step(action);
  ui_.settle();
  ui_.click("verdict.review");
  ui_.key(ImGuiKey_LeftArrow);
  ui_.key(ImGuiKey_LeftArrow);
  ui_.click("replay.link");
  EXPECT_TRUE(holds(ui_.texts(), "Link copied"));
  ui_.start("zoo_eval_002");
  ui_.playground().open_link(shared_);
  ui_.settle();
  EXPECT_EQ(replay_of(ui_)["step"], 2);
  EXPECT_EQ(ui_.episode().task().question->id, "zoo_train_001");
  EXPECT_TRUE(holds(ui_.texts(), "NO_SUCH_TABLE"));
  EXPECT_FALSE(ui_.find("replay.warning").has_value());
}

TEST_F(ReplayUi, AnActionIsAskedAboutAndTheEpisodeBranches) {
  ui_.start("zoo_train_001");
  for (const Action& action : kWin) ui_.playground().step(action);
  ui_.settle();
  ui_.click("verdict.review");
  EXPECT_FALSE(ui_.find("action.what_if").has_value());
  for (int i = 0; i < 3; ++i) ui_.key(ImGuiKey_LeftArrow);
  ASSERT_EQ(ui_.episode().step_count(), 1);
  EXPECT_TRUE(holds(ui_.texts(), "SELECT * FROM lion")) << "what was played next is in the editor";
  ui_.playground().play({"QUERY", "SELECT count(*) FROM animal"});
  ui_.settle();
  EXPECT_EQ(ui_.episode().step_count(), 1);
  ASSERT_TRUE(ui_.find("reward.what_if").has_value());
  Environment other(small_catalog());
  const Episode straight = played(other, {kWin[0], kWin[2]});
  const double pays = *straight.latest().reward;
  EXPECT_GT(pays, 0);
  EXPECT_TRUE(holds(ui_.find("action.what_if")->label, "It would pay +0.1")) << pays;
  ui_.click("replay.branch");
  EXPECT_FALSE(ui_.find("replay.card").has_value());
  ui_.playground().step(kWin[2]);
  EXPECT_EQ(trajectory_jsonl(ui_.episode()).substr(200), [&] {
    ResetOptions options;
    options.filter.question_id = "zoo_train_001";
    Episode episode = *other.reset(options);
    episode.step(kWin[0]);
    episode.step(kWin[2]);
    return trajectory_jsonl(episode).substr(200);
  }());
}

TEST_F(ReplayUi, RunsAreCompared) {
  ui_.start("zoo_train_001");
  for (const Action& action : kWin) ui_.playground().step(action);
  ui_.settle();
  ui_.click("verdict.review");
  for (int i = 0; i < 2; ++i) ui_.click("replay.speed");  // eight steps a second
  ui_.click("replay.oracle");
  EXPECT_EQ(replay_of(ui_)["runs"], 2);
  EXPECT_TRUE(ui_.episode().verdict()->correct);
  ui_.click("replay.random");
  EXPECT_EQ(replay_of(ui_)["runs"], 3);
  ui_.click("replay.run.1");
  EXPECT_EQ(ui_.episode().steps()[1].action, kWin[1]);
  const std::string both =
      trajectory_jsonl(played(environment_)) + trajectory_jsonl(played(environment_, {kWin[3]}));
  ui_.playground().open_trajectories("two.jsonl", both);
  ui_.settle();
  ui_.click("replay.run.4");
  EXPECT_EQ(replay_of(ui_)["runs"], 5);
  EXPECT_EQ(ui_.playground().settings().streak, 1) << "the win before counts once";
}

TEST_F(ReplayUi, FitsIntoAnyWindow) {
  ui_.start("zoo_train_001");
  for (const Action& action : kWin) ui_.playground().step(action);
  ui_.settle();
  ui_.click("verdict.review");
  ui_.click("replay.oracle");
  for (const ImVec2 size : {ImVec2(390, 844), ImVec2(900, 700), ImVec2(1280, 800)}) {
    ui_.resize(size);
    for (const Item& item : ui_.items()) {
      if (!item.id.starts_with("replay.")) continue;
      EXPECT_GE(item.x, 0) << item.id;
      EXPECT_LE(item.x + item.w, size.x) << item.id;
      EXPECT_TRUE(item.visible) << item.id;
    }
  }
}

TEST(Tour, IsWalkedThroughByKeysAndLeft) {
  Headless ui(starter_catalog());
  ui.start("flight_2_train_010");
  ui.click("guide.tour");
  std::set<std::string> captions;
  int won = 0;
  int lost = 0;
  for (int i = 0; i < 40 && ui.find("tour.caption"); ++i) {
    captions.insert(ui.find("tour.caption")->label);
    EXPECT_FALSE(ui.find("replay.warning").has_value());
    if (ui.episode().done()) ++(ui.episode().verdict()->correct ? won : lost);
    if (lost == 2) {
      EXPECT_LT(ui.episode().total_reward(), 0) << "gaming pays nothing";
    }
    ui.key(ImGuiKey_RightArrow);
  }
  EXPECT_EQ(captions.size(), 11u);
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 2);
  EXPECT_FALSE(ui.find("replay.card").has_value());
  ui.playground().tour();
  ui.settle();
  ui.click("tour.next");
  ui.click("tour.back");
  ui.key(ImGuiKey_Escape);
  EXPECT_FALSE(ui.find("tour.caption").has_value());
}

}  // namespace
}  // namespace sqlenv::ui::test
