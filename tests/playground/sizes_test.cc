// Every state in windows of many sizes: no control is outside the window, no name is there twice.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

const ImVec2 kSizes[] = {{390, 844},  {360, 640},  {719, 900},  {720, 700},  {900, 700},
                         {1119, 800}, {1120, 720}, {1280, 800}, {1440, 900}, {1920, 1080}};

void expect_in_order(const Headless& ui, ImVec2 size) {
  std::set<std::string> seen;
  for (const Item& item : ui.items()) {
    SCOPED_TRACE(item.id);
    EXPECT_TRUE(seen.insert(item.id).second) << "named twice";
    EXPECT_GE(item.x, 0);
    EXPECT_LE(item.x + item.w, size.x + 0.5f) << "does not fit in the width";
    if (!item.visible) continue;
    EXPECT_GE(item.y, 0);
    EXPECT_LE(item.y + item.h, size.y + 0.5f);
    EXPECT_GT(item.w, 4);
  }
}

struct State {
  const char* name;
  std::function<void(Playground&)> play;
};

std::vector<State> states() {
  const auto steps = [](std::vector<Action> actions) {
    return [actions](Playground& playground) {
      for (const Action& action : actions)
        if (!playground.episode()->done()) playground.step(action);
    };
  };
  return {{"start", steps({})},
          {"described", steps({{"DESCRIBE", "flight_leg"}, {"DESCRIBE", "airport"}})},
          {"query", steps({{"QUERY", "SELECT * FROM flight_leg, route LIMIT 5000"}})},
          {"answer draft", steps({{"ANSWER", " "}})},
          {"error", steps({{"QUERY", "SELECT nothing FROM nowhere"}})},
          {"lost", steps({{"QUERY", "SELECT status, count(*) FROM flight_leg GROUP BY 1"},
                          {"ANSWER", "7"}})},
          {"won", steps({{"ANSWER", "3.09"}})},
          {"budget", steps(std::vector<Action>(15, {"SAMPLE", "route"}))}};
}

TEST(Sizes, EveryStateFitsEveryWindow) {
  const auto catalog = sqlenv::test::starter_catalog();
  for (const ImVec2 size : kSizes) {
    Headless ui(catalog, size);
    for (const State& state : states()) {
      SCOPED_TRACE(std::to_string(static_cast<int>(size.x)) + "x" +
                   std::to_string(static_cast<int>(size.y)) + " " + state.name);
      ui.start("flight_2_train_010");
      state.play(ui.playground());
      ui.settle();
      expect_in_order(ui, size);
    }
  }
}

TEST(Sizes, MagnifiedWindowsFitToo) {
  const auto catalog = sqlenv::test::starter_catalog();
  for (const float scale : {0.8f, 1.25f, 2.5f}) {
    const ImVec2 size(1920, 1080);
    Headless ui(catalog, size, {}, scale);
    for (const State& state : states()) {
      SCOPED_TRACE(std::to_string(scale) + " " + state.name);
      ui.start("flight_2_train_010");
      state.play(ui.playground());
      ui.settle();
      expect_in_order(ui, size);
    }
  }
}

// Dialogs, lists and what else opens over or in the place of something.
TEST(Sizes, WhatOpensFitsToo) {
  const auto catalog = sqlenv::test::starter_catalog();
  for (const ImVec2 size : kSizes) {
    SCOPED_TRACE(std::to_string(static_cast<int>(size.x)) + "x" +
                 std::to_string(static_cast<int>(size.y)));
    Headless ui(catalog, size);
    ui.start("flight_2_train_010");
    ui.click("schema.view.diagram");
    expect_in_order(ui, size);
    for (const char* table : {"flight_leg", "route", "airport"}) {
      ui.playground().step({"DESCRIBE", table});
      ui.settle();
      expect_in_order(ui, size);
    }
    ui.click("diagram.resize");
    EXPECT_GT(ui.find("diagram")->h, size.y * 0.4f);
    expect_in_order(ui, size);
    ui.click("diagram.resize");
    ui.click("schema.view.list");
    ui.playground().step({"QUERY", "SELECT * FROM flight_leg LIMIT 300"});
    ui.settle();
    ui.click("result.find");
    ui.type("cancel");
    ui.settle();
    ASSERT_TRUE(ui.find("result.filter").has_value());
    expect_in_order(ui, size);
    ui.click("action.kind.query");
    ui.click("action.editor");
    ui.key(ImGuiMod_Ctrl | ImGuiKey_A);
    ui.type("SELECT departs_utc, status FROM ");
    ui.frame();
    ASSERT_TRUE(ui.find("completion").has_value());
    expect_in_order(ui, size);
    ui.key(ImGuiKey_Escape);
    for (int i = 0; i < 3; ++i) ui.click("question.hint");
    expect_in_order(ui, size);
    ui.click("header.settings");
    ASSERT_TRUE(ui.find("settings.dark").has_value());
    expect_in_order(ui, size);
    ui.click("dialog.close");
    ui.key(ImGuiKey_F1);
    ASSERT_TRUE(ui.find("dialog.close").has_value());
    expect_in_order(ui, size);
  }
}

// Tells an action as soon as it is asked.
class TalkativeModel : public ModelPlayer {
 public:
  void begin(const Observation& first, Tell tell) override { go_on(first, std::move(tell)); }
  void go_on(const Observation& seen, Tell tell) override {
    const bool last = seen.step_count == 3;
    const std::string words = "The quick brown fox jumps over the lazy dog again and again. ";
    tell({Action{last ? "ANSWER" : "SAMPLE", last ? "3.09" : "flight_leg"},
          {words + words, words + std::string(200, 'w') + "\n```sql\nSELECT 1\n```"},
          "",
          ""});
  }
};

TEST(Sizes, WhatAModelWritesFitsToo) {
  const auto catalog = sqlenv::test::starter_catalog();
  for (const ImVec2 size : kSizes) {
    SCOPED_TRACE(std::to_string(static_cast<int>(size.x)) + "x" +
                 std::to_string(static_cast<int>(size.y)));
    Host host;
    host.choose_model = [](const std::string&) {};
    Headless ui(catalog, size, host);
    ui.start("flight_2_train_010");
    expect_in_order(ui, size);
    ui.playground().step({"DESCRIBE", "flight_leg"});
    ui.playground().play_model("a model with quite a long name",
                               std::make_unique<TalkativeModel>());
    ui.settle();
    ASSERT_TRUE(ui.episode().done());
    ASSERT_TRUE(ui.find("history.4.said").has_value());
    expect_in_order(ui, size);
    ui.key(ImGuiKey_LeftArrow);
    ui.click("history.3.thoughts");
    ASSERT_TRUE(ui.find("history.3.thoughts.text").has_value());
    expect_in_order(ui, size);
  }
}

TEST(Sizes, TheMainControlsAreInSightAtTheStart) {
  for (const ImVec2 size :
       {ImVec2(1280, 800), ImVec2(1920, 1080), ImVec2(900, 700), ImVec2(390, 844)}) {
    Headless ui(sqlenv::test::starter_catalog(), size);
    ui.start("concert_singer_train_001");
    for (const char* id :
         {"header.database", "header.difficulty", "header.seed", "header.next", "header.theme",
          "action.kind.describe", "action.kind.query", "action.run"}) {
      SCOPED_TRACE(std::string(id) + " at " + std::to_string(static_cast<int>(size.x)));
      ASSERT_TRUE(ui.find(id).has_value());
      EXPECT_TRUE(ui.find(id)->visible);
      EXPECT_GE(ui.find(id)->h, size.x < 720 ? 35 : 26);
    }
  }
}

TEST(Sizes, APhoneReachesEverythingByScrolling) {
  Headless ui(sqlenv::test::small_catalog(), ImVec2(390, 844));
  ui.start("zoo_train_001");
  ui.click("schema.animal");
  EXPECT_EQ(ui.episode().step_count(), 1);
  ui.click("history.1");
  ui.click("action.kind.answer");
  ui.click("action.editor");
  ui.type("4");
  ui.click("action.run");
  ASSERT_TRUE(ui.episode().done());
  EXPECT_TRUE(ui.episode().verdict()->correct);
  ui.click("verdict.next");
  EXPECT_FALSE(ui.episode().done());
}

// Turning the wheel far enough scrolls the page, whatever the pointer rests on.
TEST(Sizes, TheWheelScrollsAPhoneFromAnyPlace) {
  for (const char* sql : {"", "SELECT a.name, b.name FROM animal a, animal b, animal c"}) {
    for (float y = 140; y < 844; y += 50) {
      SCOPED_TRACE(std::string(sql) + " at " + std::to_string(y));
      Headless ui(sqlenv::test::small_catalog(), ImVec2(390, 844));
      ui.start("zoo_train_001");
      if (*sql != '\0') ui.playground().step({"QUERY", sql});
      ui.settle();
      const float before = ui.find("action.run")->y;
      for (int i = 0; i < 60; ++i) ui.wheel_at(ImVec2(195, y), -1);
      ui.settle();
      EXPECT_LT(ui.find("action.run")->y, before - 300);
      for (int i = 0; i < 120; ++i) ui.wheel_at(ImVec2(195, y), 1);
      ui.settle();
      EXPECT_FLOAT_EQ(ui.find("action.run")->y, before);
    }
  }
}

TEST(Sizes, AResizeInMidEpisodeLosesNothing) {
  Headless ui(sqlenv::test::small_catalog());
  ui.start("zoo_train_001");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  ui.type("SELECT 99");
  for (const ImVec2 size : kSizes) {
    ui.resize(size);
    expect_in_order(ui, size);
  }
  EXPECT_NE(ui.texts().find("SELECT 99"), std::string::npos);
}

TEST(Sizes, BothThemesDrawWithoutAnEpisode) {
  for (const ThemeKind theme : {ThemeKind::kLight, ThemeKind::kDark}) {
    Headless ui(sqlenv::test::small_catalog(), ImVec2(800, 600));
    Settings settings;
    settings.theme = theme;
    ui.playground().set_settings(settings);
    ui.settle();
    expect_in_order(ui, ImVec2(800, 600));
    EXPECT_NE(ui.texts().find("No question yet"), std::string::npos);
  }
}

}  // namespace
}  // namespace sqlenv::ui::test
