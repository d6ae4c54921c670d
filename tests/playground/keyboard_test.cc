// The playground by the keyboard alone.
#include <gtest/gtest.h>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

std::string focused(const Headless& ui) {
  for (const Item& item : ui.items())
    if (item.focused) return item.id;
  return "";
}

// Presses Tab until `id` has the keyboard.
void tab_to(Headless& ui, const std::string& id) {
  for (int i = 0; i < 80 && focused(ui) != id; ++i) ui.key(ImGuiKey_Tab);
  ASSERT_EQ(focused(ui), id);
}

TEST(Keyboard, ControlAndANumberChooseTheAction) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  EXPECT_EQ(ui.find("action.editor")->label, "SQL statement");
  EXPECT_TRUE(ui.find("action.editor")->focused);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_4);
  EXPECT_EQ(ui.find("action.editor")->label, "Answer");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_2);
  EXPECT_EQ(ui.find("action.run")->label, "Sample rows");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_1);
  EXPECT_EQ(ui.find("action.run")->label, "Describe table");
}

TEST(Keyboard, AWholeEpisodeWithoutTheMouse) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);  // the first table is chosen at the start
  EXPECT_EQ(ui.episode().steps().back().action, (Action{"DESCRIBE", "animal"}));
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.type("SELECT count(*)");
  ui.key(ImGuiKey_Enter);
  ui.type("FROM animal");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  ASSERT_EQ(ui.episode().step_count(), 2);
  EXPECT_EQ(ui.episode().steps().back().action.argument, "SELECT count(*)\nFROM animal");
  EXPECT_TRUE(ui.find("action.editor")->focused) << "the editor keeps the keyboard after a query";
  ui.key(ImGuiMod_Ctrl | ImGuiKey_4);
  ui.type("4");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_TRUE(ui.episode().done());
  EXPECT_TRUE(ui.episode().verdict()->correct);
}

TEST(Keyboard, WhatIsTypedInTheSameFrameIsPlayed) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ImGui::GetIO().AddInputCharactersUTF8("SELECT 7");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  ASSERT_EQ(ui.episode().step_count(), 1);
  EXPECT_EQ(ui.episode().steps()[0].action.argument, "SELECT 7");
}

TEST(Keyboard, HeldKeysPlayOnce) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, true);
  io.AddKeyEvent(ImGuiKey_Enter, true);
  for (int i = 0; i < 90; ++i) ui.frame();
  io.AddKeyEvent(ImGuiKey_Enter, false);
  io.AddKeyEvent(ImGuiMod_Ctrl, false);
  ui.settle();
  EXPECT_EQ(ui.episode().step_count(), 1);
}

TEST(Keyboard, AnEmptyEditorPlaysNothing) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_EQ(ui.episode().step_count(), 0);
  EXPECT_FALSE(ui.find("action.run")->enabled);
}

TEST(Keyboard, EscapeLeavesTheEditorAndKeepsTheText) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.type("SELECT 12345");
  ui.key(ImGuiKey_Escape);
  EXPECT_FALSE(ui.find("action.editor")->focused);
  EXPECT_NE(ui.texts().find("SELECT 12345"), std::string::npos);
  ui.click("action.run");
  EXPECT_EQ(ui.episode().steps().back().action.argument, "SELECT 12345");
}

TEST(Keyboard, TabReachesEveryPartOfTheWindow) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  for (const char* id : {"header.next", "header.theme", "schema.keeper", "schema.keeper.sample",
                         "action.kind.query", "action.table.feeding", "action.run"}) {
    SCOPED_TRACE(id);
    tab_to(ui, id);
  }
}

TEST(Keyboard, SpacePressesWhatHasTheKeyboard) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  tab_to(ui, "schema.feeding");
  ui.key(ImGuiKey_Space);
  ASSERT_EQ(ui.episode().step_count(), 1);
  EXPECT_EQ(ui.episode().steps()[0].action, (Action{"DESCRIBE", "feeding"}));
}

TEST(Keyboard, TextOfManyScriptsIsEnteredAsItIs) {
  Headless ui(small_catalog());
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.type("SELECT 'é 日本語 🙂 Ж'");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_EQ(ui.episode().steps().back().action.argument, "SELECT 'é 日本語 🙂 Ж'");
}

}  // namespace
}  // namespace sqlenv::ui::test
