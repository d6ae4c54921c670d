// Completion, the mark of an error, earlier queries and the selection in the SQL editor.
#include <gtest/gtest.h>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

bool open(const Headless& ui) { return ui.find("completion").has_value(); }

void start_at_zoo(Headless& ui) {
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
}

std::string played(Headless& ui) {
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  return ui.episode().steps().back().action.argument;
}

TEST(Assist, TabTakesTheFirst) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT * FROM an");
  ui.frame();
  ASSERT_TRUE(open(ui));
  EXPECT_EQ(ui.find("completion.0")->label, "animal");
  ui.key(ImGuiKey_Tab);
  EXPECT_FALSE(open(ui));
  EXPECT_TRUE(ui.find("action.editor")->focused);
  ui.type(" LIMIT 1");
  EXPECT_EQ(played(ui), "SELECT * FROM animal LIMIT 1");
}

TEST(Assist, ArrowsChooseAndEnterTakes) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT * FROM ");
  ui.frame();
  ASSERT_TRUE(open(ui));
  ui.key(ImGuiKey_DownArrow);
  ui.key(ImGuiKey_DownArrow);
  ui.key(ImGuiKey_DownArrow);
  ui.key(ImGuiKey_UpArrow);
  ui.key(ImGuiKey_Enter);
  EXPECT_EQ(played(ui), "SELECT * FROM keeper");
}

TEST(Assist, EnterIsANewLineWhereNothingIsChosen) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT 1 FROM ");
  ui.frame();
  ASSERT_TRUE(open(ui));
  ui.key(ImGuiKey_Enter);
  EXPECT_FALSE(open(ui));
  ui.type("animal");
  EXPECT_EQ(played(ui), "SELECT 1 FROM \nanimal");
}

TEST(Assist, EscapeClosesTheListAndThenLeaves) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT * FROM an");
  ui.frame();
  ASSERT_TRUE(open(ui));
  ui.key(ImGuiKey_Escape);
  EXPECT_FALSE(open(ui));
  EXPECT_TRUE(ui.find("action.editor")->focused);
  ui.key(ImGuiKey_Escape);
  EXPECT_FALSE(ui.find("action.editor")->focused);
  EXPECT_NE(ui.texts().find("FROM an"), std::string::npos);
}

TEST(Assist, ColumnsAreOfferedOnceDescribed) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT animal.");
  ui.frame();
  EXPECT_FALSE(open(ui));
  ui.playground().step({"DESCRIBE", "animal"});
  ui.settle();
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.type("SELECT animal.sp");
  ui.frame();
  ASSERT_TRUE(open(ui));
  EXPECT_EQ(ui.find("completion.0")->label, "species");
}

TEST(Assist, OpensByTypingAlone) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT * FROM an");
  ui.key(ImGuiKey_LeftArrow);
  EXPECT_FALSE(open(ui)) << "the caret moved";
  ui.key(ImGuiKey_RightArrow);
  EXPECT_FALSE(open(ui));
  ui.click("action.kind.answer");
  ui.click("action.kind.query");
  EXPECT_FALSE(open(ui));
  ImGui::SetClipboardText("SELECT * FROM an");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_V);
  EXPECT_FALSE(open(ui)) << "pasted";
}

TEST(Assist, APressTakesAndTheEditorKeepsTheKeyboard) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT * FROM fee");
  ui.frame();
  ui.click("completion.0");
  EXPECT_TRUE(ui.find("action.editor")->focused);
  ui.type(" WHERE 1");
  EXPECT_EQ(played(ui), "SELECT * FROM feeding WHERE 1");
}

TEST(Assist, AnInsertionIsUndone) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT * FROM fee");
  ui.frame();
  ui.key(ImGuiKey_Tab);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(played(ui), "SELECT * FROM fee");
}

TEST(Assist, TheListStandsInsideTheWindow) {
  for (const ImVec2 size : {ImVec2(390, 844), ImVec2(900, 700), ImVec2(1280, 800)}) {
    Headless ui(small_catalog(), size);
    start_at_zoo(ui);
    ui.type("SELECT 'a text that is rather long, to go far to the right', * FROM ");
    ui.frame();
    ASSERT_TRUE(open(ui));
    const Item list = *ui.find("completion");
    EXPECT_GE(list.x, 0);
    EXPECT_LE(list.x + list.w, size.x);
    EXPECT_LE(list.y + list.h, size.y);
  }
}

TEST(Assist, AnErrorIsMarkedUntilTheTextChanges) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT nme FROM animal");
  played(ui);
  ASSERT_TRUE(ui.find("action.error").has_value());
  EXPECT_NE(ui.find("action.error")->label.find("nme"), std::string::npos);
  ui.key(ImGuiKey_End);
  ui.type(" x");
  ui.frame();
  EXPECT_TRUE(ui.find("action.error").has_value()) << "the query that failed still stands there";
  ui.key(ImGuiKey_Home);
  ui.type("-");
  ui.frame();
  ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui.type("SELECT 1");
  ui.frame();
  EXPECT_FALSE(ui.find("action.error").has_value());
}

TEST(Assist, HistoryGoesUpAndDown) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.playground().step({"QUERY", "SELECT 1"});
  ui.playground().step({"QUERY", "SELECT 2"});
  ui.settle();
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui.type("SELECT 'mine'");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_UpArrow);
  EXPECT_NE(ui.texts().find("\nSELECT 2\n"), std::string::npos);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_UpArrow);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_UpArrow);
  EXPECT_EQ(played(ui), "SELECT 1");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui.type("SELECT 'mine'");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_UpArrow);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_DownArrow);
  EXPECT_EQ(played(ui), "SELECT 'mine'");
}

TEST(Assist, ShiftRunsWhatIsSelected) {
  Headless ui(small_catalog());
  start_at_zoo(ui);
  ui.type("SELECT 7 + 1");
  for (int i = 0; i < 4; ++i) ui.key(ImGuiMod_Shift | ImGuiKey_LeftArrow);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_EQ(ui.episode().steps().back().action.argument, "SELECT 7 + 1");
  ui.key(ImGuiKey_End);
  for (int i = 0; i < 12; ++i) ui.key(ImGuiMod_Shift | ImGuiKey_LeftArrow);
  ui.key(ImGuiKey_End);
  ui.key(ImGuiKey_Home);
  for (int i = 0; i < 8; ++i) ui.key(ImGuiMod_Shift | ImGuiKey_RightArrow);
  EXPECT_NE(ui.texts().find("runs the selection"), std::string::npos);
  ui.key(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Enter);
  EXPECT_EQ(ui.episode().steps().back().action.argument, "SELECT 7");
  EXPECT_NE(ui.texts().find("SELECT 7 + 1"), std::string::npos) << "the editor keeps the whole";
}

}  // namespace
}  // namespace sqlenv::ui::test
