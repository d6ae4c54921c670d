// The rows of a result: sorting, filtering, column widths and saving.
#include <gtest/gtest.h>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

using sqlenv::test::small_catalog;

void start(Headless& ui, const std::string& sql = "SELECT name, species, weight FROM animal") {
  ui.start("zoo_train_001");
  ui.playground().step({"QUERY", sql});
  ui.settle();
}

std::string copied(Headless& ui) {
  ui.click("result.copy");
  return ImGui::GetClipboardText();
}

const char* const kAsItIs =
    "name\tspecies\tweight\nRex\tlion\t190.5\nElla\telephant\t3000.0\nMia\tlynx\t28.0\n"
    "Bo\tNULL\t32.0";

TEST(GridUi, AHeadSortsUpDownAndNotAtAll) {
  Headless ui(small_catalog());
  start(ui);
  EXPECT_EQ(copied(ui), kAsItIs);
  ui.click("result.grid.head.3");
  EXPECT_EQ(copied(ui),
            "name\tspecies\tweight\nMia\tlynx\t28.0\nBo\tNULL\t32.0\nRex\tlion\t190.5\n"
            "Ella\telephant\t3000.0");
  ui.click("result.grid.head.2");
  ui.click("result.grid.head.2");
  EXPECT_EQ(copied(ui),
            "name\tspecies\tweight\nMia\tlynx\t28.0\nRex\tlion\t190.5\nElla\telephant\t3000.0\n"
            "Bo\tNULL\t32.0");
  ui.click("result.grid.head.2");
  EXPECT_EQ(copied(ui), kAsItIs);
  EXPECT_EQ(ui.episode().steps()[0].result.table->rows[0][0], Value(std::string("Rex")));
}

TEST(GridUi, TheAnswerTakesTheRowsAsTheyWereReturned) {
  Headless ui(small_catalog());
  start(ui, "SELECT name FROM animal");
  ui.click("result.grid.head.1");
  ui.click("result.find");
  ui.type("a");
  ui.click("result.answer");
  EXPECT_NE(ui.texts().find("[\"Rex\", \"Ella\", \"Mia\", \"Bo\"]"), std::string::npos);
}

TEST(GridUi, TheFilterCountsWhatItKeeps) {
  Headless ui(small_catalog());
  start(ui);
  ui.click("result.find");
  EXPECT_NE(ui.texts().find("4 of 4 rows"), std::string::npos);
  ui.type("L");
  ui.frame();
  EXPECT_NE(ui.texts().find("4 of 4 rows"), std::string::npos) << "NULL has one too";
  ui.type("Y");
  ui.frame();
  EXPECT_NE(ui.texts().find("1 of 4 rows"), std::string::npos);
  EXPECT_EQ(copied(ui), "name\tspecies\tweight\nMia\tlynx\t28.0");
  ui.click("result.find");
  EXPECT_FALSE(ui.find("result.filter").has_value());
  EXPECT_EQ(copied(ui), kAsItIs);
}

TEST(GridUi, AFilterThatNothingPassesSaysSo) {
  Headless ui(small_catalog());
  start(ui);
  ui.click("result.find");
  ui.type("zzz");
  ui.frame();
  EXPECT_NE(ui.texts().find("No row holds that text."), std::string::npos);
  EXPECT_NE(ui.texts().find("0 of 4 rows"), std::string::npos);
}

TEST(GridUi, TypesStandInTheHead) {
  Headless ui(small_catalog());
  start(ui,
        "SELECT 1 AS a, 'x' AS b, 1.5 AS c, NULL AS d, x'00' AS e "
        "UNION ALL SELECT 2, 'y', 'z', NULL, x'01'");
  for (const char* type : {"\ninteger\n", "\ntext\n", "\nmixed\n", "\nnull\n", "\nblob\n"})
    EXPECT_NE(ui.texts().find(type), std::string::npos) << type;
}

TEST(GridUi, TheEdgeOfAHeadDragsTheColumn) {
  Headless ui(small_catalog());
  start(ui);
  const Item before = *ui.find("result.grid.head.2");
  const Item first = *ui.find("result.grid.head.1");
  const float edge = (first.x + first.w + before.x) / 2;
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(edge, before.y + 12);
  ui.frame();
  ui.frame();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  ui.frame();
  for (int i = 1; i <= 6; ++i) {
    io.AddMousePosEvent(edge + 10 * static_cast<float>(i), before.y + 12);
    ui.frame();
  }
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  ui.settle();
  EXPECT_NEAR(ui.find("result.grid.head.2")->x, before.x + 60, 3);
  EXPECT_EQ(copied(ui), kAsItIs) << "and sorts nothing";
}

TEST(GridUi, FilesGoWhereTheFacePutsThem) {
  std::string name;
  std::string contents;
  Host host;
  host.save_file = [&](const std::string& n, std::string c) {
    name = n;
    contents = std::move(c);
    return "Saved somewhere";
  };
  Headless ui(small_catalog(), host);
  start(ui, "SELECT name, species FROM animal WHERE weight < 33");
  ui.click("result.csv");
  EXPECT_EQ(name, "zoo-step-1.csv");
  EXPECT_EQ(contents, "name,species\r\nMia,lynx\r\nBo,\r\n");
  EXPECT_NE(ui.texts().find("Saved somewhere"), std::string::npos);
  ui.click("result.json");
  EXPECT_EQ(name, "zoo-step-1.json");
  EXPECT_NE(contents.find("[\"Bo\", null]"), std::string::npos);
}

TEST(GridUi, WithoutAFaceForFilesTheyGoToTheClipboard) {
  Headless ui(small_catalog());
  start(ui, "SELECT 7 AS seven");
  ui.click("result.csv");
  EXPECT_STREQ(ImGui::GetClipboardText(), "seven\r\n7\r\n");
}

TEST(GridUi, AHundredThousandRowsSortAndFilterOnce) {
  Headless ui(small_catalog());
  start(ui,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
        "SELECT i, 'row ' || i AS label FROM n");
  ui.click("result.grid.head.1");
  ui.click("result.grid.head.1");
  EXPECT_NE(ui.texts().find("row 100000\n"), std::string::npos);
  ui.click("result.find");
  ui.type("9999");
  ui.frame();
  EXPECT_NE(ui.texts().find("19 of 100,000 rows"), std::string::npos);
  EXPECT_LT(ImGui::GetDrawData()->TotalVtxCount, 40'000);
}

}  // namespace
}  // namespace sqlenv::ui::test
