// Hints and their price, the score, a surprising question, settings and keys.
#include <gtest/gtest.h>

#include <set>

#include "app/playground/hints.h"
#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;
using sqlenv::test::starter_catalog;

void win(Headless& ui) {
  ui.start("zoo_train_001");
  ui.playground().step({"ANSWER", "4"});
  ui.settle();
}

TEST(Hints, EachLevelRevealsMoreAndNoneTheQuery) {
  Question question;
  question.gold_sql = "SELECT name, count(*) FROM cat WHERE age > 7 GROUP BY name ORDER BY 2 DESC";
  question.tables_involved = {"cat"};
  question.answer_type = "table";
  EXPECT_EQ(hint_text(question, 1), "It needs one table: cat.");
  EXPECT_EQ(hint_text(question, 2),
            "It can be done with COUNT(), WHERE, GROUP BY, ORDER BY, DESC.");
  EXPECT_EQ(hint_text(question, 3),
            "The answer is rows of several columns: SELECT … COUNT(…) FROM … WHERE … GROUP BY … "
            "ORDER BY … DESC");
}

// Columns, values and aliases of every question of the pack stay out of its hints.
TEST(Hints, HoldNoNameButTables) {
  const auto catalog = starter_catalog();
  for (const Question& question : catalog->packs().front().questions) {
    const std::string hints = hint_text(question, 2) + hint_text(question, 3);
    EXPECT_FALSE(holds(hints, "'")) << question.id;
    EXPECT_FALSE(holds(hints, "\"")) << question.id;
    for (const PackDatabase& database : catalog->packs().front().databases)
      for (const Table& table : database.image.schema().tables)
        for (const Column& column : table.columns) {
          if (column.name.find('_') != std::string::npos) {
            EXPECT_FALSE(holds(hints, column.name)) << question.id;
          }
        }
    EXPECT_EQ(hint_text(question, 3).find_first_of("0123456789"), std::string::npos)
        << question.id << hint_text(question, 3);
  }
}

TEST(Hints, AreTakenOneByOneAndCostPoints) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  EXPECT_FALSE(holds(ui.texts(), "It needs one table"));
  ui.click("question.hint");
  EXPECT_TRUE(holds(ui.texts(), "It needs one table: animal."));
  EXPECT_FALSE(ui.find("hint.2").has_value());
  ui.click("question.hint");
  ui.click("question.hint");
  EXPECT_TRUE(ui.find("hint.3").has_value());
  EXPECT_FALSE(ui.find("question.hint").has_value());
  EXPECT_EQ(ui.episode().step_count(), 0);  // no part of the episode
  ui.playground().step({"ANSWER", "4"});
  ui.settle();
  EXPECT_EQ(ui.playground().settings().score, 25);
  EXPECT_TRUE(holds(ui.texts(), "+25 points, with 3 hints."));
  EXPECT_EQ(points_of(1'150'000, 0), 115);
  EXPECT_EQ(points_of(1'000'000, 1), 75);
  EXPECT_EQ(points_of(-500'000, 0), 0);
}

TEST(Score, CountsAQuestionOnceAndAStreakUntilALoss) {
  Headless ui(small_catalog());
  win(ui);
  EXPECT_EQ(ui.playground().settings().score, 100);
  EXPECT_EQ(ui.playground().settings().streak, 1);
  EXPECT_TRUE(ui.find("header.score").has_value());
  win(ui);  // its gold is known by now
  EXPECT_EQ(ui.playground().settings().score, 100);
  EXPECT_EQ(ui.playground().settings().streak, 1);
  ui.start("zoo_eval_002");
  ui.playground().step({"ANSWER", "0"});
  ui.settle();
  EXPECT_EQ(ui.playground().settings().score, 100);
  EXPECT_EQ(ui.playground().settings().streak, 0);
  EXPECT_EQ(ui.playground().settings().best_streak, 1);
}

TEST(Settings, AreKeptWhenTheyChange) {
  std::vector<Settings> kept;
  Host host;
  host.keep_settings = [&](const Settings& settings) { kept.push_back(settings); };
  Headless ui(small_catalog(), host);
  ui.start("zoo_train_001");
  EXPECT_TRUE(kept.empty());
  ui.click("header.settings");
  ui.click("settings.dark");
  ui.click("settings.larger");
  ui.click("settings.still");
  ASSERT_EQ(kept.size(), 3u);
  EXPECT_EQ(kept.back().theme, ThemeKind::kDark);
  EXPECT_EQ(kept.back().scale, 110);
  EXPECT_TRUE(kept.back().reduced_motion);
  EXPECT_EQ(read_settings(settings_text(kept.back())), kept.back());
  ui.key(ImGuiKey_Escape);
  EXPECT_FALSE(ui.find("settings.dark").has_value());
  EXPECT_EQ(ui.playground().settings().theme, ThemeKind::kDark);
  win(ui);
  EXPECT_EQ(kept.back().score, 100);
}

TEST(Settings, ReadsWhatItCanOfAnyText) {
  Settings usual;
  usual.scale = 120;
  EXPECT_EQ(read_settings("", usual), usual);
  EXPECT_EQ(read_settings("scale=abc\n=\nscore=-4\nstreak=9999999999999999999\n\xff", usual),
            usual);
  EXPECT_EQ(read_settings("scale=9000").scale, kMostScale);
  EXPECT_EQ(read_settings("scale=1").scale, kLeastScale);
  EXPECT_EQ(read_settings("theme=dark\nnew=thing\nscore=12").score, 12);
}

TEST(Settings, WithoutMotionNothingMoves) {
  Headless ui(small_catalog());
  Settings still;
  still.reduced_motion = true;
  ui.playground().set_settings(still);
  ui.start("zoo_train_001");
  ui.playground().step({"DESCRIBE", "animal"});
  ui.frame();
  EXPECT_FALSE(ui.playground().animating());
}

TEST(Keys, AQuestionMarkOpensTheListAndEscapeClosesIt) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.type("?");
  ui.settle();
  EXPECT_TRUE(holds(ui.texts(), "Ctrl+Shift+Enter"));
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);  // nothing behind it acts
  EXPECT_TRUE(holds(ui.texts(), "Ctrl+Shift+Enter"));
  ui.key(ImGuiKey_Escape);
  EXPECT_FALSE(holds(ui.texts(), "Ctrl+Shift+Enter"));
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.type("?");  // the editor's
  ui.settle();
  EXPECT_FALSE(holds(ui.texts(), "Ctrl+Shift+Enter"));
}

TEST(Keys, StepsAreWalkedThroughAndTheNextQuestionIsAKeyAway) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.playground().step({"DESCRIBE", "animal"});
  ui.playground().step({"SAMPLE", "keeper"});
  ui.settle();
  EXPECT_TRUE(holds(ui.texts(), "Sample of step 2"));
  ui.key(ImGuiMod_Alt | ImGuiKey_UpArrow);
  EXPECT_TRUE(holds(ui.texts(), "Table animal"));
  ui.key(ImGuiMod_Alt | ImGuiKey_DownArrow);
  ui.key(ImGuiMod_Alt | ImGuiKey_DownArrow);
  EXPECT_TRUE(holds(ui.texts(), "Sample of step 2"));
  ui.click("timeline.1");
  EXPECT_TRUE(holds(ui.texts(), "Table animal"));
  ui.playground().step({"ANSWER", "4"});
  ui.settle();
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_FALSE(ui.episode().done());
  EXPECT_NE(ui.episode().task().question->id, "zoo_train_001");
}

TEST(Surprise, TakesAQuestionOfAnyDatabaseThatWasNotPlayed) {
  Headless ui(starter_catalog());
  ui.start("flight_2_train_010");
  std::set<std::string> seen = {ui.episode().task().question->id};
  for (int i = 0; i < 5; ++i) {
    ui.click("header.surprise");
    EXPECT_TRUE(seen.insert(ui.episode().task().question->id).second);
  }
}

}  // namespace
}  // namespace sqlenv::ui::test
