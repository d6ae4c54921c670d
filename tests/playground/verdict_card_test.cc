// The verdict of an answer, which is not shown before the end.
#include <gtest/gtest.h>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

std::string label_of(const Headless& ui, const std::string& id) {
  const std::optional<Item> item = ui.find(id);
  return item ? item->label : "nothing";
}

TEST(VerdictCard, SaysWhatIsMissingTooMuchAndWrong) {
  Headless ui(sqlenv::test::small_catalog());
  ui.start("zoo_eval_001");
  EXPECT_FALSE(ui.find("verdict.tab.plan").has_value());
  ui.playground().step(
      {"ANSWER", R"([["Rex", "dog"], ["Ella", "mouse"], ["Nemo", "fish"], ["Zed", "zebra"]])"});
  ui.settle();
  const std::string all = ui.texts();
  EXPECT_TRUE(holds(all, "right")) << all;
  EXPECT_NE(label_of(ui, "difference.1"), "nothing");
}

TEST(VerdictCard, NamesTheRuleAboutOrder) {
  Headless ui(sqlenv::test::small_catalog());
  ui.start("zoo_train_002");
  Environment environment(sqlenv::test::small_catalog());
  ui.playground().step({"QUERY", "SELECT name FROM animal ORDER BY weight"});
  std::string reversed = "[";
  for (const auto& row : ui.episode().steps()[0].result.table->rows)
    reversed += (reversed.size() > 1 ? "," : "") + ("\"" + display_text(row[0]) + "\"");
  ui.playground().step({"ANSWER", reversed + "]"});
  ui.settle();
  EXPECT_TRUE(holds(ui.texts(), "ORDER"));
  EXPECT_TRUE(holds(ui.texts(), "Order: it counts, the query has ORDER BY."));
  EXPECT_TRUE(holds(label_of(ui, "difference.1"), "stands at"));
}

TEST(VerdictCard, HasTheExpectedRowsAndThePlan) {
  Headless ui(sqlenv::test::small_catalog());
  ui.start("zoo_train_002");
  ui.playground().step({"ANSWER", "Rex"});
  ui.settle();
  EXPECT_TRUE(holds(ui.texts(), "missing"));
  ui.click("verdict.tab.expected");
  EXPECT_TRUE(ui.find("verdict.gold").has_value());
  ui.click("verdict.tab.plan");
  EXPECT_TRUE(holds(ui.texts(), "SCAN animal"));
  EXPECT_TRUE(holds(ui.texts(), "USE TEMP B-TREE FOR ORDER BY"));
}

TEST(RewardPanel, WritesTheSumOfAStepOut) {
  Headless ui(sqlenv::test::small_catalog());
  ui.start("zoo_train_001");
  EXPECT_FALSE(ui.find("reward.formula").has_value());
  ui.playground().step({"QUERY", "SELECT count(*) FROM animal"});
  ui.settle();
  EXPECT_EQ(label_of(ui, "reward.formula"), "0.015 + 0.01 − 0.02 + 0.15 × 1.00 = +0.155");
  ui.playground().step({"QUERY", "SELECT count(*) FROM animal"});
  ui.settle();
  EXPECT_EQ(label_of(ui, "reward.formula"), "−0.03 − 0.02 = −0.05");
  EXPECT_TRUE(holds(label_of(ui, "timeline.1"), "QUERY: 1 row, +0.155"));
}

TEST(RewardPanel, WritesWhatTheClipDid) {
  Headless ui(sqlenv::test::small_catalog());
  ResetOptions options;
  options.filter.question_id = "zoo_train_001";
  options.reward = "v2";
  ui.playground().reset(options);
  ui.settle();
  ui.playground().step({"QUERY", "SELECT count(*) FROM animal"});
  ui.settle();
  EXPECT_EQ(label_of(ui, "reward.formula"),
            "0.02 + 0.01 − 0.02 + 0.15 × 1.00 = +0.16, kept within −0.10 … +0.15: +0.15");
}

}  // namespace
}  // namespace sqlenv::ui::test
