// Whole episodes, played through the controls.
#include <gtest/gtest.h>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

TEST(EpisodeUi, IsWonByMouseAndKeyboard) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  EXPECT_TRUE(holds(ui.texts(), "How many animals are there?"));
  EXPECT_FALSE(ui.find("verdict.card").has_value());

  ui.click("schema.animal");
  ui.click("schema.animal.sample");
  ui.click("action.kind.query");
  ui.type("SELECT count(*) FROM animal");
  ui.click("action.run");
  ASSERT_EQ(ui.episode().step_count(), 3);
  EXPECT_EQ(ui.episode().steps()[2].action, (Action{"QUERY", "SELECT count(*) FROM animal"}));
  EXPECT_TRUE(ui.find("result.grid").has_value());

  ui.click("action.kind.answer");
  ui.click("answer.use_result");
  ui.click("action.run");
  ASSERT_TRUE(ui.episode().done());
  EXPECT_TRUE(ui.episode().verdict()->correct);
  EXPECT_EQ(ui.episode().steps()[3].action, (Action{"ANSWER", "4"}));
  EXPECT_TRUE(ui.find("verdict.card").has_value());
  EXPECT_TRUE(holds(ui.texts(), "MATCH"));

  ui.click("verdict.next");
  EXPECT_FALSE(ui.episode().done());
  EXPECT_NE(ui.episode().task().question->id, "zoo_train_001");
  EXPECT_FALSE(ui.find("verdict.card").has_value());
}

TEST(EpisodeUi, NothingOfTheGoldIsPaintedBeforeTheEnd) {
  Headless ui(small_catalog());
  ui.start("zoo_train_002");
  const std::string gold_sql = "SELECT name";
  const std::string gold_name = "Ella";
  const auto expect_hidden = [&] {
    EXPECT_FALSE(holds(ui.texts(), gold_sql));
    EXPECT_FALSE(holds(ui.texts(), gold_name));
  };
  expect_hidden();
  ui.click("schema.animal");
  expect_hidden();
  ui.playground().step({"QUERY", "SELECT species FROM animal"});
  ui.settle();
  expect_hidden();
  for (const char* kind : {"action.kind.sample", "action.kind.query", "action.kind.answer"}) {
    ui.click(kind);
    expect_hidden();
  }
  ui.playground().step({"ANSWER", "Rex"});
  ui.settle();
  EXPECT_TRUE(holds(ui.texts(), gold_sql));
  EXPECT_TRUE(holds(ui.texts(), gold_name));
  EXPECT_TRUE(holds(ui.texts(), "ROW_COUNT"));
  ui.click("verdict.again");
  expect_hidden();
}

TEST(EpisodeUi, ColumnsAreKnownOnlyAfterDescribe) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  EXPECT_FALSE(holds(ui.texts(), "species"));
  EXPECT_FALSE(holds(ui.texts(), "4 rows"));
  ui.click("schema.animal");
  EXPECT_TRUE(holds(ui.texts(), "species"));
  EXPECT_TRUE(holds(ui.texts(), "4 rows"));
  EXPECT_FALSE(holds(ui.texts(), "full_name"));
  EXPECT_EQ(ui.episode().steps().back().action, (Action{"DESCRIBE", "animal"}));
}

TEST(EpisodeUi, AKnownTableFoldsWithoutAStep) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.click("schema.keeper");
  ui.playground().step({"SAMPLE", "feeding"});
  ui.settle();
  ASSERT_TRUE(holds(ui.texts(), "full_name"));
  ui.click("schema.keeper");
  EXPECT_FALSE(holds(ui.texts(), "full_name"));
  ui.click("schema.keeper");
  EXPECT_TRUE(holds(ui.texts(), "full_name"));
  EXPECT_EQ(ui.episode().step_count(), 2);
}

TEST(EpisodeUi, AFailedStepShowsCodeAndAdvice) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.playground().step({"DESCRIBE", "animal"});
  ui.playground().step({"QUERY", "SELECT nme FROM animal"});
  ui.settle();
  ASSERT_TRUE(ui.find("result.error").has_value());
  EXPECT_EQ(ui.find("result.error")->label, "NO_SUCH_COLUMN");
  EXPECT_TRUE(holds(ui.texts(), "Did you mean \"name\"?"));
}

TEST(EpisodeUi, TheEndOfTheBudgetIsALoss) {
  Headless ui(small_catalog());
  ResetOptions options;
  options.step_budget = 3;
  ui.playground().reset(options);
  ui.settle();
  for (int i = 0; i < 3; ++i) ui.click("schema.animal.sample");
  EXPECT_TRUE(ui.episode().done());
  EXPECT_TRUE(holds(ui.texts(), "Out of steps"));
  EXPECT_FALSE(ui.find("action.run").has_value());
  EXPECT_FALSE(ui.find("schema.animal.sample")->enabled);
}

TEST(EpisodeUi, HistoryShowsAStepAgain) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.playground().step({"QUERY", "SELECT 'first result'"});
  ui.playground().step({"QUERY", "SELECT 'second result'"});
  ui.settle();
  ui.click("history.1");
  EXPECT_TRUE(holds(ui.texts(), "Result of step 1"));
  ui.click("history.2");
  EXPECT_TRUE(holds(ui.texts(), "Result of step 2"));
  EXPECT_EQ(ui.episode().step_count(), 2);
}

TEST(EpisodeUi, RewardTermsAreNamedWithTheirAmounts) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.click("schema.animal");
  EXPECT_EQ(ui.find("reward.executed")->label, "executed +0.015");
  EXPECT_EQ(ui.find("reward.step_cost")->label, "step_cost −0.02");
  EXPECT_EQ(ui.find("reward.step")->label, "This step −0.005");
  ui.playground().step({"ANSWER", "4"});
  ui.settle();
  EXPECT_EQ(ui.find("reward.terminal")->label, "terminal +1.00");
  EXPECT_EQ(ui.find("reward.total")->label, "+0.995");
}

TEST(EpisodeUi, TheHeaderChooses) {
  Headless ui(sqlenv::test::starter_catalog());
  ui.playground().reset({});
  ui.settle();
  ui.click("header.database");
  ui.click("header.database.flight_2");
  EXPECT_EQ(ui.episode().task().question->database, "flight_2");
  ui.click("header.difficulty");
  ui.click("header.difficulty.hard");
  EXPECT_EQ(ui.episode().task().question->difficulty, "hard");
  ui.click("header.next");
  EXPECT_EQ(ui.episode().task().question->database, "flight_2");

  ui.click("header.seed");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui.type("17");
  ui.key(ImGuiKey_Enter);
  EXPECT_EQ(ui.episode().options().seed, 17u);

  const ThemeKind before = ui.playground().settings().theme;
  ui.click("header.theme");
  EXPECT_NE(ui.playground().settings().theme, before);
}

TEST(EpisodeUi, AnImpossibleResetIsANoticeThatCloses) {
  Headless ui(small_catalog());
  ResetOptions options;
  options.filter.database = "zo";
  ui.playground().reset(options);
  ui.settle();
  EXPECT_EQ(ui.playground().episode(), nullptr);
  ASSERT_TRUE(ui.find("notice").has_value());
  EXPECT_TRUE(holds(ui.texts(), "Did you mean \"zoo\"?"));
  ui.click("notice.close");
  EXPECT_FALSE(ui.find("notice").has_value());
  ui.click("header.next");
  EXPECT_NE(ui.playground().episode(), nullptr);
}

TEST(EpisodeUi, AHundredThousandRowsDrawOnlyWhatIsInSight) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.playground().step(
      {"QUERY",
       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
       "SELECT i, i * 2, 'row ' || i FROM n"});
  ui.settle();
  ASSERT_EQ(ui.episode().steps().back().result.table->rows.size(), 100'000u);
  EXPECT_LT(ImGui::GetDrawData()->TotalVtxCount, 40'000);
  EXPECT_TRUE(holds(ui.texts(), "100,000 rows"));
  EXPECT_FALSE(holds(ui.texts(), "row 99999\n"));
  for (int i = 0; i < 3; ++i) ui.wheel_over("result.grid", -1e6f);
  EXPECT_TRUE(holds(ui.texts(), "row 100000\n"));
}

TEST(EpisodeUi, TheSameStepsAsTheCoreGiveTheSameEpisode) {
  Headless ui(small_catalog());
  ui.start("zoo_train_002");
  ui.click("schema.keeper");
  ui.click("schema.animal.sample");
  Environment environment(small_catalog());
  ResetOptions options;
  options.filter.question_id = "zoo_train_002";
  Result<Episode> episode = environment.reset(options);
  ASSERT_TRUE(episode.has_value());
  episode->step({"DESCRIBE", "keeper"});
  episode->step({"SAMPLE", "animal"});
  ASSERT_EQ(ui.episode().steps().size(), 2u);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(ui.episode().steps()[i].result.observation, episode->steps()[i].result.observation);
  EXPECT_EQ(ui.episode().total_reward(), episode->total_reward());
}

}  // namespace
}  // namespace sqlenv::ui::test
