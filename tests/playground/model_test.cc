#include "app/playground/model.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/test_packs.h"

namespace sqlenv::ui {
namespace {

ResetOptions question(const std::string& id) {
  ResetOptions options;
  options.filter.question_id = id;
  return options;
}

TEST(Model, HasNoEpisodeBeforeTheFirstReset) {
  Model model(test::small_catalog());
  EXPECT_EQ(model.episode(), nullptr);
  EXPECT_FALSE(model.playing());
  EXPECT_FALSE(model.gold().has_value());
  EXPECT_EQ(model.shown_step(), nullptr);
}

TEST(Model, GivesTheGoldOnlyWhenTheEpisodeIsOver) {
  Model model(test::small_catalog());
  model.reset(question("zoo_train_002"));
  EXPECT_FALSE(model.gold().has_value());
  model.step({"QUERY", "SELECT 1"});
  EXPECT_FALSE(model.gold().has_value());
  model.step({"ANSWER", "Rex"});
  ASSERT_TRUE(model.gold().has_value());
  EXPECT_EQ(*model.gold()->sql, "SELECT name FROM animal ORDER BY weight DESC");
  EXPECT_EQ(model.gold()->table->rows.size(), 4u);
  model.play_again();
  EXPECT_FALSE(model.gold().has_value());
}

TEST(Model, EndsWithTheBudgetAndThenChangesNothing) {
  Model model(test::small_catalog());
  ResetOptions options = question("zoo_train_001");
  options.step_budget = 2;
  model.reset(options);
  for (int i = 0; i < 5; ++i) model.step({"SAMPLE", "animal"});
  EXPECT_EQ(model.episode()->step_count(), 2);
  EXPECT_FALSE(model.playing());
  EXPECT_TRUE(model.gold().has_value());
}

TEST(Model, NextQuestionComesOnceRoundBeforeAnyComesAgain) {
  Model model(test::small_catalog());
  model.reset({});
  std::set<std::string> seen = {model.episode()->task().question->id};
  for (int i = 0; i < 3; ++i) {
    model.next_question();
    EXPECT_TRUE(seen.insert(model.episode()->task().question->id).second);
  }
  EXPECT_EQ(seen.size(), 4u);
  const std::string last = model.episode()->task().question->id;
  model.next_question();
  EXPECT_NE(model.episode()->task().question->id, last);
}

TEST(Model, NextQuestionKeepsTheChoice) {
  Model model(test::starter_catalog());
  model.reset({});
  Choice choice = model.choice();
  choice.database = "flight_2";
  choice.difficulty = "hard";
  model.choose(choice);
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(model.episode()->task().question->database, "flight_2");
    EXPECT_EQ(model.episode()->task().question->difficulty, "hard");
    model.next_question();
  }
}

TEST(Model, AQuestionGivenByNameDoesNotStickToTheNext) {
  Model model(test::small_catalog());
  model.reset(question("zoo_eval_002"));
  model.next_question();
  EXPECT_NE(model.episode()->task().question->id, "zoo_eval_002");
}

TEST(Model, AChoiceWithoutQuestionsKeepsTheEpisodeAndSaysWhy) {
  Model model(test::small_catalog());
  model.reset(question("zoo_train_001"));
  Choice choice = model.choice();
  choice.difficulty = "impossible";
  model.choose(choice);
  EXPECT_NE(model.notice().find("impossible"), std::string::npos);
  ASSERT_NE(model.episode(), nullptr);
  EXPECT_EQ(model.episode()->task().question->id, "zoo_train_001");
  EXPECT_FALSE(model.choice().difficulty.has_value());
  model.next_question();
  EXPECT_EQ(model.notice(), "");
}

TEST(Model, AFirstResetThatFailsLeavesNothingButTheReason) {
  Model model(test::small_catalog());
  model.reset(question("no_such_question"));
  EXPECT_EQ(model.episode(), nullptr);
  EXPECT_NE(model.notice(), "");
  model.next_question();
  EXPECT_NE(model.episode(), nullptr);
}

TEST(Model, PlayAgainIsTheSameQuestionFromItsStart) {
  Model model(test::small_catalog());
  model.reset({});
  const std::string id = model.episode()->task().question->id;
  model.step({"ANSWER", "nothing"});
  model.play_again();
  EXPECT_EQ(model.episode()->task().question->id, id);
  EXPECT_EQ(model.episode()->step_count(), 0);
}

TEST(Model, EnteredActionsStayInTheDraft) {
  Model model(test::small_catalog());
  model.reset(question("zoo_train_001"));
  EXPECT_EQ(model.draft().action(), (Action{"DESCRIBE", "animal"}));
  model.enter({"query", "SELECT 1"});
  EXPECT_EQ(model.draft().action(), (Action{"QUERY", "SELECT 1"}));
  model.step({"SAMPLE", "keeper"});
  EXPECT_EQ(model.draft().action(), (Action{"QUERY", "SELECT 1"}));
  EXPECT_EQ(model.episode()->step_count(), 2);
}

TEST(Model, BlankDraftsAreNotPlayable) {
  Model model(test::small_catalog());
  model.reset(question("zoo_train_001"));
  model.draft().kind = ActionKind::kQuery;
  model.draft().sql = " \n ";
  EXPECT_FALSE(model.draft().playable());
  model.draft().sql = "x";
  EXPECT_TRUE(model.draft().playable());
}

TEST(Model, CommandsRunLaterAndOnce) {
  Model model(test::small_catalog());
  int runs = 0;
  model.later([&](Model&) { ++runs; });
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(model.run_commands());
  EXPECT_FALSE(model.run_commands());
  EXPECT_EQ(runs, 1);
}

TEST(Model, ShowsTheStepAskedForAndNoOther) {
  Model model(test::small_catalog());
  model.reset(question("zoo_train_001"));
  model.step({"SAMPLE", "animal"});
  model.step({"SAMPLE", "keeper"});
  EXPECT_EQ(model.shown_step()->action.argument, "keeper");
  model.show(0);
  EXPECT_EQ(model.shown_step()->action.argument, "animal");
  model.show(7);
  EXPECT_EQ(model.shown_step()->action.argument, "animal");
}

}  // namespace
}  // namespace sqlenv::ui
