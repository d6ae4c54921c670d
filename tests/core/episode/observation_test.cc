#include "core/episode/observation.h"

#include <gtest/gtest.h>

#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

TEST(Observation, SchemaInfoGrowsWithDescriptions) {
  const DatabaseImage image = test::image_of(test::small_pack_files().at("zoo.sql"));
  EXPECT_EQ(render_schema_info(image.schema(), {}), "Tables: animal, keeper, feeding, heavy");
  EXPECT_EQ(render_schema_info(image.schema(), {"keeper"}),
            "Tables: animal, keeper, feeding, heavy\n"
            "keeper(keeper_id INTEGER PRIMARY KEY, full_name TEXT)");
}

TEST(Observation, DescriptionShowsKeysAndRowCount) {
  const DatabaseImage image = test::image_of(test::small_pack_files().at("zoo.sql"));
  EXPECT_EQ(render_description(*image.schema().find("animal")),
            "Table animal (4 rows)\n"
            "  animal_id INTEGER PRIMARY KEY\n"
            "  name TEXT NOT NULL\n"
            "  species TEXT\n"
            "  weight REAL\n"
            "  keeper_id INTEGER\n"
            "  FOREIGN KEY keeper_id -> keeper(keeper_id)");
  EXPECT_EQ(render_description(*image.schema().find("heavy")), "View heavy\n  name TEXT");
}

TEST(Observation, TableShowsTwentyRowsOfHowMany) {
  ResultTable table{{"n"}, {}};
  EXPECT_EQ(render_table(table, 20), "n\n(0 rows)");
  for (std::int64_t i = 1; i <= 21; ++i) table.rows.push_back({i});
  const std::string text = render_table(table, 20);
  EXPECT_NE(text.find("\n20\n(20 of 21 rows shown)"), std::string::npos) << text;
  EXPECT_EQ(text.find("\n21\n"), std::string::npos);
}

TEST(Observation, OneLineARowWhateverTheCellHolds) {
  const ResultTable table{{"a", "b"}, {{std::string("x\ny"), Null{}}}};
  EXPECT_EQ(render_table(table, 20), "a | b\nx\\ny | NULL\n(1 row)");
  const ResultTable wide{{"a"}, {{std::string(5000, 'z')}}};
  EXPECT_LT(render_table(wide, 20).size(), 450u);
}

}  // namespace
}  // namespace sqlenv
