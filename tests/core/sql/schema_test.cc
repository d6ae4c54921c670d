#include "core/sql/schema.h"

#include <gtest/gtest.h>

#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

TEST(Schema, ReadsTablesColumnsAndKeys) {
  const DatabaseImage image = test::image_of(test::small_pack_files().at("zoo.sql"));
  const Schema& schema = image.schema();
  EXPECT_EQ(schema.table_names(),
            (std::vector<std::string>{"animal", "keeper", "feeding", "heavy"}));
  const Table* animal = schema.find("ANIMAL");
  ASSERT_NE(animal, nullptr);
  ASSERT_EQ(animal->columns.size(), 5u);
  EXPECT_EQ(animal->columns[0].primary_key, 1);
  EXPECT_TRUE(animal->columns[1].not_null);
  EXPECT_EQ(animal->columns[3].type, "REAL");
  EXPECT_EQ(animal->row_count, 4);
  ASSERT_EQ(animal->foreign_keys.size(), 1u);
  EXPECT_EQ(animal->foreign_keys[0].table, "keeper");
  EXPECT_EQ(animal->foreign_keys[0].referenced, std::vector<std::string>{"keeper_id"});
  const Table* feeding = schema.find("feeding");
  ASSERT_NE(feeding, nullptr);
  EXPECT_EQ(feeding->columns[1].primary_key, 2);
  const Table* heavy = schema.find("heavy");
  ASSERT_NE(heavy, nullptr);
  EXPECT_TRUE(heavy->is_view);
  EXPECT_EQ(heavy->row_count, std::nullopt);
}

TEST(Schema, FindTakesQuotedNames) {
  const DatabaseImage image =
      test::image_of("CREATE TABLE \"Odd \"\"name\" (a); CREATE TABLE t (b)");
  const Schema& schema = image.schema();
  for (const char* name : {"t", " T ", "\"t\"", "`t`", "[t]", "'t'"})
    EXPECT_NE(schema.find(name), nullptr) << name;
  EXPECT_NE(schema.find("Odd \"name"), nullptr);
  EXPECT_EQ(schema.find("\"t"), nullptr);
  EXPECT_EQ(schema.find(""), nullptr);
}

TEST(Schema, KeepsTheOrderOfForeignKeys) {
  const DatabaseImage image = test::image_of(
      "CREATE TABLE a (x PRIMARY KEY); CREATE TABLE b (y PRIMARY KEY);"
      "CREATE TABLE c (p REFERENCES a, q REFERENCES b (y), r, s, FOREIGN KEY (r, s) REFERENCES d "
      "(m, n));"
      "CREATE TABLE d (m, n, PRIMARY KEY (m, n))");
  const std::vector<ForeignKey>& keys = image.schema().find("c")->foreign_keys;
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[0].table, "a");
  EXPECT_TRUE(keys[0].referenced.empty());
  EXPECT_EQ(keys[1].table, "b");
  EXPECT_EQ(keys[2].columns, (std::vector<std::string>{"r", "s"}));
  EXPECT_EQ(keys[2].referenced, (std::vector<std::string>{"m", "n"}));
}

}  // namespace
}  // namespace sqlenv
