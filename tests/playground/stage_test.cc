// Stages without a screen: which episode is played, what is shown of it, and what replaces it.
#include "app/playground/stage.h"

#include <gtest/gtest.h>

#include <set>

#include "app/playground/commands.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"

namespace sqlenv::ui {
namespace {

ResetOptions question(const std::string& id) {
  ResetOptions options;
  options.filter.question_id = id;
  return options;
}

class StageTest : public testing::Test {
 protected:
  const Episode& episode() const { return stage_.view()->episode; }

  Session session_{test::small_catalog(), {}, {}};
  Stage stage_{session_};
};

TEST_F(StageTest, HasNoEpisodeBeforeTheFirstReset) {
  EXPECT_FALSE(stage_.view().has_value());
  EXPECT_FALSE(stage_.drafting());
  EXPECT_EQ(stage_.player(), nullptr);
  stage_.play({"SAMPLE", "animal"});
  stage_.play_again();
  stage_.review();
  EXPECT_FALSE(stage_.view().has_value());
}

TEST_F(StageTest, GivesTheGoldOnlyWhenTheEpisodeIsOver) {
  stage_.reset(question("zoo_train_002"));
  EXPECT_FALSE(stage_.view()->gold().has_value());
  stage_.player()->step({"QUERY", "SELECT 1"});
  EXPECT_FALSE(stage_.view()->gold().has_value());
  stage_.player()->step({"ANSWER", "Rex"});
  ASSERT_TRUE(stage_.view()->gold().has_value());
  EXPECT_EQ(stage_.view()->gold()->sql, "SELECT name FROM animal ORDER BY weight DESC");
  EXPECT_EQ(stage_.view()->gold()->gold.table.rows.size(), 4u);
  stage_.play_again();
  EXPECT_FALSE(stage_.view()->gold().has_value());
}

TEST_F(StageTest, EndsWithTheBudgetAndThenChangesNothing) {
  ResetOptions options = question("zoo_train_001");
  options.step_budget = 2;
  stage_.reset(options);
  for (int i = 0; i < 5; ++i) stage_.player()->step({"SAMPLE", "animal"});
  EXPECT_EQ(episode().step_count(), 2);
  EXPECT_FALSE(stage_.view()->playing());
  EXPECT_TRUE(stage_.view()->gold().has_value());
}

TEST_F(StageTest, NextQuestionComesOnceRoundBeforeAnyComesAgain) {
  stage_.reset({});
  std::set<std::string> seen = {episode().task().question->id};
  for (int i = 0; i < 3; ++i) {
    stage_.next_question();
    EXPECT_TRUE(seen.insert(episode().task().question->id).second);
  }
  EXPECT_EQ(seen.size(), 4u);
  const std::string last = episode().task().question->id;
  stage_.next_question();
  EXPECT_NE(episode().task().question->id, last);
}

TEST(StageOfStarterPackTest, NextQuestionKeepsTheChoice) {
  Session session_(test::starter_catalog(), {}, {});
  Stage stage_(session_);
  const auto question = [&] { return stage_.view()->episode.task().question; };
  stage_.reset({});
  Choice choice = session_.questions.choice();
  choice.database = "flight_2";
  choice.difficulty = "hard";
  stage_.choose(choice);
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(question()->database, "flight_2");
    EXPECT_EQ(question()->difficulty, "hard");
    stage_.next_question();
  }
}

TEST_F(StageTest, AQuestionGivenByNameDoesNotStickToTheNext) {
  stage_.reset(question("zoo_eval_002"));
  stage_.next_question();
  EXPECT_NE(episode().task().question->id, "zoo_eval_002");
}

TEST_F(StageTest, AChoiceWithoutQuestionsKeepsTheEpisodeAndSaysWhy) {
  stage_.reset(question("zoo_train_001"));
  Choice choice = session_.questions.choice();
  choice.difficulty = "impossible";
  stage_.choose(choice);
  EXPECT_NE(session_.notice.find("impossible"), std::string::npos);
  ASSERT_TRUE(stage_.view().has_value());
  EXPECT_EQ(episode().task().question->id, "zoo_train_001");
  EXPECT_FALSE(session_.questions.choice().difficulty.has_value());
  stage_.next_question();
  EXPECT_EQ(session_.notice, "");
}

TEST_F(StageTest, AFirstResetThatFailsLeavesNothingButTheReason) {
  stage_.reset(question("no_such_question"));
  EXPECT_FALSE(stage_.view().has_value());
  EXPECT_NE(session_.notice, "");
  stage_.next_question();
  EXPECT_TRUE(stage_.view().has_value());
}

TEST_F(StageTest, PlayAgainIsTheSameQuestionFromItsStart) {
  stage_.reset({});
  const std::string id = episode().task().question->id;
  stage_.player()->step({"ANSWER", "nothing"});
  stage_.play_again();
  EXPECT_EQ(episode().task().question->id, id);
  EXPECT_EQ(episode().step_count(), 0);
}

TEST_F(StageTest, EnteredActionsStayInTheDraft) {
  stage_.reset(question("zoo_train_001"));
  EXPECT_EQ(session_.draft.action(), (Action{"DESCRIBE", "animal"}));
  stage_.enter({"query", "SELECT 1"});
  EXPECT_EQ(session_.draft.action(), (Action{"QUERY", "SELECT 1"}));
  stage_.player()->step({"SAMPLE", "keeper"});
  EXPECT_EQ(session_.draft.action(), (Action{"QUERY", "SELECT 1"}));
  EXPECT_EQ(episode().step_count(), 2);
}

TEST_F(StageTest, BlankDraftsAreNotPlayable) {
  stage_.reset(question("zoo_train_001"));
  session_.draft.kind = ActionKind::kQuery;
  session_.draft.sql = " \n ";
  EXPECT_FALSE(session_.draft.playable());
  session_.draft.sql = "x";
  EXPECT_TRUE(session_.draft.playable());
}

TEST_F(StageTest, CommandsRunLaterAndOnce) {
  int runs = 0;
  Commands commands;
  commands.later([&](Stage&) { ++runs; });
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(commands.run(stage_));
  EXPECT_FALSE(commands.run(stage_));
  EXPECT_EQ(runs, 1);
}

TEST_F(StageTest, ShowsTheStepAskedForAndNoOther) {
  stage_.reset(question("zoo_train_001"));
  stage_.player()->step({"SAMPLE", "animal"});
  stage_.player()->step({"SAMPLE", "keeper"});
  EXPECT_EQ(stage_.view()->shown_step()->action.argument, "keeper");
  stage_.show(0);
  EXPECT_EQ(stage_.view()->shown_step()->action.argument, "animal");
  stage_.show(7);
  EXPECT_EQ(stage_.view()->shown_step()->action.argument, "animal");
}

TEST_F(StageTest, IsOneOfPlayedLoadedAndLookedAt) {
  stage_.reset(question("zoo_train_001"));
  EXPECT_NE(stage_.player(), nullptr);
  stage_.player()->step({"SAMPLE", "animal"});
  stage_.player()->step({"ANSWER", "4"});
  const std::string text = trajectory_jsonl(episode());
  stage_.open_trajectories("run.jsonl", text);
  EXPECT_TRUE(stage_.loading());
  EXPECT_EQ(stage_.player(), nullptr);
  EXPECT_EQ(stage_.replay(), nullptr);
  EXPECT_FALSE(stage_.drafting());
  stage_.enter({"SAMPLE", "keeper"});
  while (stage_.loading()) stage_.go_on(0);
  ASSERT_NE(stage_.replay(), nullptr);
  EXPECT_EQ(trajectory_jsonl(episode()), text);
  stage_.replay()->go_to(1);
  EXPECT_FALSE(stage_.view()->playing());
  EXPECT_TRUE(stage_.drafting()) << "to ask what an action would have paid";
  stage_.branch();
  EXPECT_EQ(stage_.replay(), nullptr);
  EXPECT_TRUE(stage_.view()->playing());
  EXPECT_EQ(episode().step_count(), 1);
}

TEST_F(StageTest, ATranscriptStandsOverWhatIsThereAgain) {
  stage_.reset(question("zoo_train_001"));
  stage_.player()->step({"SAMPLE", "animal"});
  stage_.review();
  Transcript seen;
  seen.question = "How many boats are there?";
  seen.schema = "Tables: boat";
  stage_.show_transcript(seen);
  EXPECT_NE(stage_.transcript(), nullptr);
  EXPECT_EQ(stage_.replay(), nullptr);
  EXPECT_EQ(stage_.tables(), std::vector<std::string>{"boat"});
  stage_.choose_of_transcript("leave");
  EXPECT_EQ(stage_.transcript(), nullptr);
  EXPECT_NE(stage_.replay(), nullptr);
}

TEST_F(StageTest, PointsAreOfThePlayersOwnWinAndGoWithABranch) {
  stage_.reset(question("zoo_train_001"));
  stage_.player()->step({"SAMPLE", "animal"});
  stage_.player()->step({"ANSWER", "4"});
  EXPECT_GT(stage_.view()->attempt.points, 0);
  EXPECT_EQ(session_.settings.streak, 1);
  stage_.review();
  EXPECT_GT(stage_.view()->attempt.points, 0);
  stage_.replay()->go_to(1);
  stage_.branch();
  stage_.player()->step({"ANSWER", "5"});
  EXPECT_EQ(stage_.view()->attempt.points, 0);
  EXPECT_EQ(session_.settings.streak, 1) << "its answer was shown before";
}

TEST_F(StageTest, ComparesFilesOfOneTask) {
  stage_.reset(question("zoo_train_001"));
  stage_.player()->step({"ANSWER", "4"});
  const std::string text = trajectory_jsonl(episode());
  stage_.review();
  stage_.open_trajectories("a.jsonl", text + text);
  stage_.open_trajectories("b.jsonl", text);
  while (stage_.loading()) stage_.go_on(0);
  ASSERT_NE(stage_.replay(), nullptr);
  EXPECT_EQ(stage_.replay()->runs().size(), 2u) << "the first file was not executed yet";
  EXPECT_EQ(stage_.replay()->run().name, "b");
  stage_.reset(question("zoo_train_002"));
  stage_.open_trajectories("a.jsonl", text);
  while (stage_.loading()) stage_.go_on(0);
  EXPECT_EQ(stage_.replay()->runs().size(), 1u);
}

}  // namespace
}  // namespace sqlenv::ui
