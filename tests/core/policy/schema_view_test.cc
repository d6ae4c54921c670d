#include "core/policy/schema_view.h"

#include <gtest/gtest.h>

#include "core/episode/observation.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

TEST(SchemaView, ReadsWhatIsRendered) {
  const DatabaseImage image = test::image_of(
      "CREATE TABLE a (id INTEGER PRIMARY KEY, \"full name\" VARCHAR(20) NOT NULL);"
      "CREATE TABLE b (x INTEGER, y INTEGER, z, FOREIGN KEY (x) REFERENCES a (id));"
      "INSERT INTO a VALUES (1, 'n');");
  SchemaView view = SchemaView::from_schema_info(render_schema_info(image.schema(), {}));
  ASSERT_EQ(view.tables().size(), 2u);
  EXPECT_FALSE(view.tables()[0].described);
  for (const Table& table : image.schema().tables)
    EXPECT_TRUE(view.read_description(render_description(table)));
  const SeenTable& a = view.tables()[0];
  EXPECT_TRUE(a.described);
  EXPECT_EQ(a.row_count, 1);
  EXPECT_TRUE(a.columns[0].primary_key);
  EXPECT_EQ(a.columns[1].name, "full name");
  EXPECT_EQ(a.columns[1].type, "VARCHAR(20)");
  const SeenTable& b = view.tables()[1];
  EXPECT_EQ(b.columns[2].name, "z");
  ASSERT_EQ(b.foreign_keys.size(), 1u);
  EXPECT_EQ(b.foreign_keys[0].columns, std::vector<std::string>{"x"});
  EXPECT_EQ(b.foreign_keys[0].referenced, std::vector<std::string>{"id"});
  EXPECT_FALSE(view.read_description("NO_SUCH_TABLE: there is no table"));
}

TEST(SchemaView, ReadsRows) {
  const std::optional<SeenRows> rows = read_rows("a | b\n1 | x\n2 | \n(2 of 7 rows shown)");
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->rows[1][1], "");
  EXPECT_EQ(rows->total, 7u);
  EXPECT_FALSE(rows->complete());
  EXPECT_FALSE(read_rows("a | b\n1 | x | y\n(1 row)").has_value());
  EXPECT_FALSE(read_rows("Correct (MATCH).").has_value());
}

TEST(SchemaView, GivesEveryTableAColumn) {
  SchemaView view = SchemaView::from_schema_info("Tables: a, b");
  ASSERT_TRUE(view.read_description("Table b (1 row)\n  n INTEGER"));
  view.assume_row_ids();
  EXPECT_EQ(view.tables()[0].columns.at(0).name, "rowid");
  EXPECT_EQ(view.tables()[1].columns.at(0).name, "n");
  EXPECT_EQ(view.find("B"), 1u);
  EXPECT_FALSE(view.find("c").has_value());
}

}  // namespace
}  // namespace sqlenv
