// A language model plays the question on the stage: step by step, beside the player, with what it
// wrote; it is stopped, and fails in words.
#include <gtest/gtest.h>

#include <deque>
#include <nlohmann/json.hpp>

#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

// What the test's model is asked and told, which outlives it.
struct Script {
  std::vector<Observation> seen;
  ModelPlayer::Tell tell;
  bool given_up = false;

  void act(const Action& action, const std::string& text, const std::string& thoughts = "") {
    tell({action, {thoughts, text}, "", ""});
  }
  void fail(const std::string& why) { tell({std::nullopt, {}, why, ""}); }
};

class ScriptedModel : public ModelPlayer {
 public:
  explicit ScriptedModel(Script& script) : script_(script) {}
  ~ScriptedModel() override { script_.given_up = true; }

  void begin(const Observation& first, Tell tell) override {
    EXPECT_TRUE(script_.seen.empty());
    go_on(first, std::move(tell));
  }
  void go_on(const Observation& seen, Tell tell) override {
    script_.seen.push_back(seen);
    script_.tell = std::move(tell);
  }

 private:
  Script& script_;
};

class ModelUi : public testing::Test {
 protected:
  Host host() {
    Host host;
    host.choose_model = [this](const std::string& why_not) { asked_.push_back(why_not); };
    return host;
  }
  Script& begin_model(const std::string& name = "parrot") {
    Script& script = scripts_.emplace_back();
    ui_.playground().play_model(name, std::make_unique<ScriptedModel>(script));
    ui_.settle();
    return script;
  }
  // The model's turn, drawn.
  void act(Script& script, const Action& action, const std::string& text,
           const std::string& thoughts = "") {
    script.act(action, text, thoughts);
    EXPECT_TRUE(ui_.playground().animating()) << "a frame must come by itself";
    ui_.settle();
  }
  void win(Script& script) {
    act(script, {"DESCRIBE", "animal"}, "describe({\"table\": \"animal\"})");
    act(script, {"QUERY", "SELECT count(*) FROM animal"}, "SELECT count(*) FROM animal");
    act(script, {"ANSWER", "4"}, "So it is 4.", "I counted them twice.");
  }
  nlohmann::json replay() {
    return nlohmann::json::parse(ui_.playground().snapshot_json())["replay"];
  }

  std::vector<std::string> asked_;
  std::deque<Script> scripts_;
  Headless ui_{small_catalog(), host()};
};

TEST_F(ModelUi, PlaysTheQuestionStepByStepWithItsWords) {
  ui_.start("zoo_train_001");
  ui_.click("question.model");
  ASSERT_EQ(asked_, std::vector<std::string>{""});
  Script& script = begin_model();
  ASSERT_EQ(script.seen.size(), 1u);
  EXPECT_EQ(script.seen[0].question, ui_.episode().task().question->text);
  EXPECT_TRUE(holds(ui_.texts(), "parrot writes step 1")) << ui_.texts();
  EXPECT_FALSE(ui_.playground().animating()) << "waiting draws nothing";

  act(script, {"DESCRIBE", "animal"}, "describe({\"table\": \"animal\"})");
  EXPECT_EQ(ui_.episode().step_count(), 1);
  ASSERT_EQ(script.seen.size(), 2u);
  EXPECT_EQ(script.seen[1].result, ui_.episode().latest().observation.result);
  EXPECT_EQ(ui_.find("history.1.said")->label, "describe({\"table\": \"animal\"})");
  EXPECT_TRUE(holds(ui_.texts(), "parrot writes step 2")) << ui_.texts();

  act(script, {"QUERY", "SELECT count(*) FROM animal"}, "SELECT count(*) FROM animal");
  act(script, {"ANSWER", "4"}, "So it is 4.", "I counted them twice.");
  EXPECT_TRUE(script.given_up);
  EXPECT_TRUE(ui_.episode().done());
  EXPECT_TRUE(ui_.find("verdict.card").has_value());
  EXPECT_FALSE(ui_.find("replay.stop").has_value());
  EXPECT_EQ(ui_.find("history.3.said")->label, "So it is 4.");
  EXPECT_EQ(ui_.playground().settings().score, 0) << "the model's win is not the player's";
}

TEST_F(ModelUi, ThoughtsAreFoldedAtFirst) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  win(script);
  EXPECT_EQ(ui_.find("history.3.thoughts")->label, "Thoughts, 4 words");
  EXPECT_FALSE(ui_.find("history.1.thoughts").has_value()) << "it had none";
  EXPECT_FALSE(holds(ui_.texts(), "I counted them twice."));
  ui_.click("history.3.thoughts");
  EXPECT_TRUE(holds(ui_.texts(), "I counted them twice.")) << ui_.texts();
  ui_.click("history.3.thoughts");
  EXPECT_FALSE(holds(ui_.texts(), "I counted them twice."));
}

TEST_F(ModelUi, ItsTrajectoryHasTheUsualBytes) {
  ui_.start("zoo_train_001");
  const ResetOptions options = ui_.episode().options();
  Script& script = begin_model();
  win(script);
  Environment environment(small_catalog());
  Episode same = *environment.reset(options);
  for (const Action& action : std::vector<Action>{
           {"DESCRIBE", "animal"}, {"QUERY", "SELECT count(*) FROM animal"}, {"ANSWER", "4"}})
    same.step(action);
  EXPECT_EQ(trajectory_jsonl(ui_.episode()), trajectory_jsonl(same));
}

TEST_F(ModelUi, ThePlayersEpisodeStandsBesideItAndGoesOn) {
  ui_.start("zoo_train_001");
  ui_.playground().step({"SAMPLE", "animal"});
  Script& script = begin_model();
  EXPECT_EQ(replay()["runs"], 2);
  EXPECT_EQ(ui_.episode().step_count(), 0) << "the model begins at the beginning";
  win(script);
  ui_.click("replay.run.1");
  EXPECT_FALSE(ui_.episode().done()) << "the player's";
  EXPECT_FALSE(ui_.find("history.1.said").has_value());
  ui_.click("replay.close");
  EXPECT_FALSE(ui_.find("replay.card").has_value());
  EXPECT_EQ(ui_.episode().step_count(), 1) << "where the player had been";
  ui_.playground().step({"ANSWER", "4"});
  ui_.settle();
  EXPECT_TRUE(ui_.episode().verdict()->correct);
  EXPECT_EQ(ui_.playground().settings().score, 0) << "the answer had been shown";
}

TEST_F(ModelUi, LooksElsewhereWhileItPlays) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  act(script, {"SAMPLE", "animal"}, "S animal");
  act(script, {"SAMPLE", "keeper"}, "S keeper");
  ui_.key(ImGuiKey_Home);
  act(script, {"DESCRIBE", "animal"}, "D animal");
  EXPECT_EQ(replay()["step"], 0) << "the player looks at the beginning";
  EXPECT_EQ(replay()["of"], 3);
  ui_.key(ImGuiKey_End);
  act(script, {"ANSWER", "5"}, "A 5");
  EXPECT_EQ(replay()["step"], 4);
  EXPECT_FALSE(ui_.episode().verdict()->correct);
}

TEST_F(ModelUi, IsStopped) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  act(script, {"SAMPLE", "animal"}, "S animal");
  ui_.click("replay.stop");
  EXPECT_TRUE(script.given_up);
  EXPECT_EQ(ui_.find("replay.warning")->label, "Stopped after 1 step.");
  EXPECT_EQ(ui_.episode().step_count(), 1) << "its steps stay";
  script.act({"ANSWER", "4"}, "too late");
  ui_.settle();
  EXPECT_EQ(ui_.episode().step_count(), 1);
  EXPECT_FALSE(ui_.playground().animating());
}

TEST_F(ModelUi, LeavingGivesItUp) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  ui_.playground().next_question();
  EXPECT_TRUE(script.given_up);
  script.act({"ANSWER", "4"}, "too late");
  ui_.settle();
  EXPECT_EQ(ui_.episode().step_count(), 0);
}

TEST_F(ModelUi, WhatKeepsItFromBeginningIsAskedAgain) {
  ui_.start("zoo_train_001");
  ui_.playground().step({"SAMPLE", "animal"});
  Script& refused = begin_model();
  refused.fail("The server refuses the key.");
  ui_.settle();
  EXPECT_EQ(asked_, std::vector<std::string>{"The server refuses the key."});
  EXPECT_EQ(ui_.find("replay.warning")->label, "The server refuses the key.");
  Script& script = begin_model();
  EXPECT_EQ(replay()["runs"], 2) << "in the place of the one that failed";
  win(script);
  EXPECT_TRUE(ui_.episode().verdict()->correct);
}

TEST_F(ModelUi, FailsInTheMiddle) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  act(script, {"SAMPLE", "animal"}, "S animal");
  script.tell({std::nullopt, {}, "", "The server is busy: it is asked again in 4 s."});
  ui_.settle();
  EXPECT_TRUE(holds(ui_.texts(), "asked again in 4 s")) << ui_.texts();
  script.fail("The server failed (500).");
  ui_.settle();
  EXPECT_TRUE(asked_.empty()) << "it had begun";
  EXPECT_EQ(ui_.find("replay.warning")->label, "The server failed (500).");
  EXPECT_EQ(ui_.episode().step_count(), 1);
  ui_.click("replay.model");
  EXPECT_EQ(asked_.size(), 1u);
}

TEST_F(ModelUi, AnUnreadableTurnCostsAStep) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  act(script, {"UNREADABLE", ""}, "I am only a parrot.");
  EXPECT_EQ(ui_.episode().step_count(), 1);
  EXPECT_FALSE(ui_.episode().latest().observation.error.empty());
  EXPECT_EQ(ui_.find("history.1.said")->label, "I am only a parrot.");
  ASSERT_EQ(script.seen.size(), 2u) << "it is asked again";
}

TEST_F(ModelUi, SaysThatItWroteNothing) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  act(script, {"UNREADABLE", "(empty)"}, "");
  EXPECT_EQ(ui_.find("history.1.said")->label, "(nothing)");
}

TEST_F(ModelUi, AQueryThatSpendsItsBudgetRunsInPieces) {
  ui_.start("zoo_train_001");
  Script& script = begin_model();
  script.act(
      {"QUERY",
       "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"},
      "Q WITH …");
  ui_.frame();
  ui_.frame();
  EXPECT_TRUE(ui_.playground().animating());
  EXPECT_EQ(ui_.episode().step_count(), 0) << "it runs";
  for (int i = 0; i < 10'000 && ui_.playground().animating(); ++i) ui_.frame();
  EXPECT_TRUE(holds(ui_.episode().latest().observation.error, "OPERATION_BUDGET"));
  EXPECT_EQ(script.seen.size(), 2u);
}

TEST_F(ModelUi, ManyMayPlayOneAfterTheOther) {
  ui_.start("zoo_train_001");
  for (int i = 0; i < 6; ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(ui_.find("replay.model").has_value(), i > 0);
    Script& script = begin_model("parrot " + std::to_string(i));
    EXPECT_FALSE(ui_.find("replay.model").has_value()) << "while one plays";
    win(script);
  }
  EXPECT_EQ(replay()["runs"], 6);
  EXPECT_FALSE(ui_.find("replay.model").has_value()) << "there is no room for more";
}

TEST(ModelUiWithoutAFace, IsNotOffered) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  EXPECT_FALSE(ui.find("question.model").has_value());
}

}  // namespace
}  // namespace sqlenv::ui::test
