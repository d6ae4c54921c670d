// The entity diagram: what it shows, and that it shows nothing else.
#include <gtest/gtest.h>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

void open_diagram(Headless& ui) {
  ui.start("zoo_train_001");
  ui.click("schema.view.diagram");
}

ImVec2 middle_of(const Headless& ui, const std::string& id) {
  const Item item = *ui.find(id);
  return ImVec2(item.x + item.w / 2, item.y + item.h / 2);
}

TEST(Diagram, TakesThePlaceOfTheListAndGivesItBack) {
  Headless ui(small_catalog());
  open_diagram(ui);
  EXPECT_TRUE(ui.find("diagram.animal").has_value());
  EXPECT_FALSE(ui.find("schema.animal").has_value());
  ui.click("schema.view.list");
  EXPECT_FALSE(ui.find("diagram.animal").has_value());
  EXPECT_TRUE(ui.find("schema.animal").has_value());
  EXPECT_EQ(ui.episode().step_count(), 0);
}

TEST(Diagram, APressDescribesAndThenFolds) {
  Headless ui(small_catalog());
  open_diagram(ui);
  EXPECT_FALSE(holds(ui.texts(), "species"));
  ui.click("diagram.animal");
  ASSERT_EQ(ui.episode().step_count(), 1);
  EXPECT_EQ(ui.episode().steps()[0].action, (Action{"DESCRIBE", "animal"}));
  ui.playground().step({"SAMPLE", "feeding"});
  ui.settle();
  EXPECT_TRUE(holds(ui.texts(), "species"));
  ui.click("diagram.animal");
  EXPECT_FALSE(holds(ui.texts(), "species"));
  EXPECT_EQ(ui.episode().step_count(), 2);
}

// Two databases that differ in what was not described look alike, so nothing of it is shown: not a
// column, not a count, and not a key, neither by its line nor by where it moves boxes.
TEST(Diagram, NothingIsShownThatWasNotDescribed) {
  Headless ui(small_catalog());
  open_diagram(ui);
  const float height = ui.find("diagram.keeper")->h;
  for (const char* table : {"animal", "feeding", "heavy", "keeper"}) {
    SCOPED_TRACE(table);
    EXPECT_EQ(ui.find("diagram." + std::string(table))->h, height)
        << "a box as high as its columns";
  }
  const auto before = ui.items();
  const int vertices = ImGui::GetDrawData()->TotalVtxCount;
  ui.playground().step({"QUERY", "SELECT 1"});
  ui.settle();
  for (const Item& item : before)
    if (item.id.starts_with("diagram.")) {
      EXPECT_EQ(ui.find(item.id)->x, item.x) << item.id;
      EXPECT_EQ(ui.find(item.id)->y, item.y) << item.id;
    }
  EXPECT_GT(vertices, 0);
  for (const char* hidden : {"species", "full_name", "weight", "4 rows"})
    EXPECT_FALSE(holds(ui.texts(), hidden)) << hidden;
}

// The table keeper has no key, so describing it moves no box; animal refers to keeper.
TEST(Diagram, KeysPlaceBoxesOnceTheirTableIsDescribed) {
  Headless ui(small_catalog(), ImVec2(1920, 1080));
  open_diagram(ui);
  ui.click("diagram.resize");
  ui.click("diagram.animal");
  const Item animal = *ui.find("diagram.animal");
  const Item keeper = *ui.find("diagram.keeper");
  EXPECT_LT(animal.x + animal.w, keeper.x) << "what holds the key stands to the left";
  EXPECT_LT(keeper.y, animal.y + animal.h) << "and beside it";
}

TEST(Diagram, OpensLargeOverTheWorkAndClosesByEscape) {
  Headless ui(small_catalog());
  open_diagram(ui);
  const Item small = *ui.find("diagram");
  ui.click("diagram.resize");
  const Item large = *ui.find("diagram");
  EXPECT_GT(large.w, small.w * 1.8f);
  EXPECT_FALSE(ui.find("action.run").has_value());
  EXPECT_TRUE(ui.find("schema.animal").has_value()) << "the list stands beside it";
  ui.key(ImGuiKey_Escape);
  EXPECT_TRUE(ui.find("action.run").has_value());
  EXPECT_NEAR(ui.find("diagram")->w, small.w, 1);
}

TEST(Diagram, AnActionKeyLeadsBackToTheEditor) {
  Headless ui(small_catalog());
  open_diagram(ui);
  ui.click("diagram.resize");
  ui.key(ImGuiMod_Ctrl | ImGuiKey_Enter);
  EXPECT_EQ(ui.episode().step_count(), 0) << "what is out of sight is not played";
  ui.key(ImGuiMod_Ctrl | ImGuiKey_3);
  EXPECT_TRUE(ui.find("action.editor")->focused);
}

TEST(Diagram, TheEndOfTheEpisodeShowsTheVerdict) {
  Headless ui(small_catalog());
  open_diagram(ui);
  ui.click("diagram.resize");
  ui.playground().step({"ANSWER", "4"});
  ui.settle();
  EXPECT_TRUE(ui.find("verdict.card").has_value());
}

TEST(Diagram, ZoomsByButtonAndWheelAndFitsAgain) {
  Headless ui(small_catalog());
  open_diagram(ui);
  ui.click("diagram.resize");
  const Item before = *ui.find("diagram.animal");
  ui.click("diagram.zoom_out");
  EXPECT_LT(ui.find("diagram.animal")->w, before.w * 0.9f);
  ui.click("diagram.fit");
  EXPECT_NEAR(ui.find("diagram.animal")->w, before.w, 1);
  const ImVec2 at = middle_of(ui, "diagram.animal");
  ui.wheel_at(at, 2);
  ui.settle();
  EXPECT_GT(ui.find("diagram.animal")->w, before.w * 1.1f);
  EXPECT_NEAR(middle_of(ui, "diagram.animal").x, at.x, 2) << "what the pointer is on stays there";
}

TEST(Diagram, ADragMovesItAndPressesNothing) {
  Headless ui(small_catalog());
  open_diagram(ui);
  ui.click("diagram.resize");
  const ImVec2 from = middle_of(ui, "diagram.animal");
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(from.x, from.y);
  ui.frame();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  ui.frame();
  for (int i = 1; i <= 8; ++i) {
    io.AddMousePosEvent(from.x + 5 * static_cast<float>(i), from.y + 10);
    ui.frame();
  }
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  ui.frame();
  ui.settle();
  EXPECT_EQ(ui.episode().step_count(), 0);
  EXPECT_NEAR(middle_of(ui, "diagram.animal").x, from.x + 40, 8);
}

TEST(Diagram, AHoveredTableLightsItsNeighbours) {
  Headless ui(small_catalog());
  open_diagram(ui);
  ui.click("diagram.animal");
  ImGui::GetIO().AddMousePosEvent(2, 2);
  ui.settle();
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  const ImVec2 at = middle_of(ui, "diagram.animal");
  ImGui::GetIO().AddMousePosEvent(at.x, at.y);
  ui.settle();
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, before) << "feeding and heavy are veiled";
}

}  // namespace
}  // namespace sqlenv::ui::test
