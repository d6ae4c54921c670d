// Long lines in the editor wrap, and errors, the pointer and keys follow the wrapped lines.
#include <gtest/gtest.h>

#include <string>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

const std::string kLong =
    "SELECT name, name AS again, name AS once_more, name AS and_again, name AS at_last, nme AS "
    "wrong "
    "FROM animal WHERE name <> 'a rather long text' ORDER BY name";

class Editor : public testing::Test {
 protected:
  Editor() : ui(small_catalog(), ImVec2(900, 700)) {
    ui.start("zoo_train_001");
    ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
    ui.type(kLong);
    ui.settle();
  }

  std::string copied() {
    ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
    ui.key(ImGuiMod_Ctrl | ImGuiKey_C);
    return ImGui::GetClipboardText();
  }

  Headless ui;
};

TEST_F(Editor, WrapsWithoutChangingTheText) {
  EXPECT_EQ(copied(), kLong);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  ASSERT_EQ(ui.episode().step_count(), 1);
  EXPECT_EQ(ui.episode().steps()[0].action.argument, kLong);
}

TEST_F(Editor, MarksAnErrorOnItsLine) {
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  const Item field = *ui.find("action.editor");
  const std::optional<Item> mark = ui.find("action.error");
  ASSERT_TRUE(mark.has_value());
  EXPECT_GT(mark->y, field.y + 20) << "it stands on the second line";
  EXPECT_GT(mark->x, field.x) << "nothing is scrolled to the side";
  EXPECT_LT(mark->x + mark->w, field.x + field.w);
}

// Presses the first letter of "wrong", wherever that is.
TEST_F(Editor, APressFindsItsPlace) {
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  const Item mark = *ui.find("action.error");
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(mark.x + 1, mark.y + mark.h / 2);
  ui.frame();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  ui.frame();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  ui.settle();
  ui.type("XY");
  std::string expected = kLong;
  expected.insert(expected.find("nme"), "XY");
  EXPECT_EQ(copied(), expected);
}

TEST_F(Editor, UpAndHomeFollowTheWrappedLines) {
  ui.key(ImGuiKey_UpArrow);
  ui.key(ImGuiKey_Home);
  ui.type("XY ");
  const std::string text = copied();
  const std::size_t at = text.find("XY ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GT(at, 0u);
  EXPECT_EQ(text[at - 1], ' ') << "a line begins with a word";
  EXPECT_EQ(text.substr(0, at) + text.substr(at + 3), kLong);
}

TEST_F(Editor, UndoBringsTheTextBack) {
  ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui.key(ImGuiKey_Delete);
  ui.type("x");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Z);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(copied(), kLong);
}

TEST_F(Editor, RunsASelectionOverSeveralLines) {
  ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
  ui.key(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Enter);
  ASSERT_EQ(ui.episode().step_count(), 1);
  EXPECT_EQ(ui.episode().steps()[0].action.argument, kLong);
}

TEST_F(Editor, WrapsAnewInAnotherWidth) {
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  ui.resize(ImVec2(1900, 900));
  EXPECT_EQ(copied(), kLong);
  const Item mark = *ui.find("action.error");
  ui.resize(ImVec2(390, 844));
  EXPECT_GT(ui.find("action.error")->y - ui.find("action.editor")->y,
            mark.y - ui.find("action.editor")->y);
  EXPECT_EQ(copied(), kLong);
}

}  // namespace
}  // namespace sqlenv::ui::test
