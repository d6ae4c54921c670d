// A query that takes longer than a frame shows its progress, can be stopped and gives the same step
// as one that runs at once.
#include <gtest/gtest.h>

#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

constexpr const char* kEndless =
    "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t";

void begin(Headless& ui, const char* sql) {
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.type(sql);
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, true);
  io.AddKeyEvent(ImGuiKey_Enter, true);
  ui.frame();
  io.AddKeyEvent(ImGuiKey_Enter, false);
  io.AddKeyEvent(ImGuiMod_Ctrl, false);
  ui.frame();
}

TEST(Running, ShowsHowFarItIsAndGoesOnByItself) {
  Headless ui(sqlenv::test::small_catalog());
  begin(ui, kEndless);
  const std::optional<Item> progress = ui.find("action.progress");
  ASSERT_TRUE(progress.has_value());
  EXPECT_NE(progress->label.find(" of 20.0 million operations"), std::string::npos);
  EXPECT_TRUE(ui.find("action.stop").has_value());
  EXPECT_FALSE(ui.find("action.run").has_value());
  EXPECT_TRUE(ui.playground().animating());
  EXPECT_EQ(ui.episode().step_count(), 0);
  ui.frame();
  EXPECT_NE(ui.find("action.progress")->label, progress->label);
  ui.settle();
  EXPECT_FALSE(ui.find("action.progress").has_value());
  ASSERT_EQ(ui.episode().step_count(), 1);
  EXPECT_EQ(ui.episode().steps()[0].result.observation.error.substr(0, 16), "OPERATION_BUDGET");

  ui.playground().step({"ANSWER", "4"});
  Environment environment(sqlenv::test::small_catalog());
  Result<Episode> core = environment.reset(ui.episode().options());
  core->step({"QUERY", kEndless});
  core->step({"ANSWER", "4"});
  EXPECT_EQ(trajectory_jsonl(ui.episode()), trajectory_jsonl(*core));
}

TEST(Running, IsStoppedWithoutAStep) {
  for (const bool by_key : {false, true}) {
    Headless ui(sqlenv::test::small_catalog());
    begin(ui, kEndless);
    ASSERT_TRUE(ui.find("action.stop").has_value());
    if (by_key) {
      ui.key(ImGuiKey_Escape);
    } else {
      const Item stop = *ui.find("action.stop");
      ImGuiIO& io = ImGui::GetIO();
      io.AddMousePosEvent(stop.x + stop.w / 2, stop.y + stop.h / 2);
      ui.frame();  // a pointer is over a button before it presses it
      io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
      io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
      for (int i = 0; i < 8 && ui.find("action.progress"); ++i) ui.frame();
    }
    EXPECT_FALSE(ui.find("action.progress").has_value());
    EXPECT_EQ(ui.episode().step_count(), 0);
    ui.settle();
    EXPECT_TRUE(ui.find("action.run")->enabled);
    EXPECT_NE(ui.texts().find("RECURSIVE"), std::string::npos);  // still there to be mended
  }
}

TEST(Running, AnotherQuestionGivesItUp) {
  Headless ui(sqlenv::test::small_catalog());
  begin(ui, kEndless);
  ui.start("zoo_train_002");
  EXPECT_EQ(ui.episode().step_count(), 0);
  EXPECT_FALSE(ui.find("action.progress").has_value());
  ui.playground().step({"QUERY", "SELECT 1"});
  EXPECT_EQ(ui.episode().step_count(), 1);
}

TEST(Running, AShortQueryIsDoneInTheFrameThatBeganIt) {
  Headless ui(sqlenv::test::small_catalog());
  begin(ui, "SELECT count(*) FROM animal");
  EXPECT_EQ(ui.episode().step_count(), 1);
}

}  // namespace
}  // namespace sqlenv::ui::test
