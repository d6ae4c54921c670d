#include "core/explorer/row_packing.h"

#include <gtest/gtest.h>

#include "core/episode/observation.h"
#include "core/sql/database.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

TEST(RowPacking, GivesBackResultsOfAnyLengthAndType) {
  const DatabaseImage image = test::image_of("CREATE TABLE t (a, b)");
  Result<Database> database = Database::open(image);
  const std::string sql =
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 899) "
      "SELECT i, CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'it''s; ' || i || ',' WHEN 2 THEN i / 8.0 "
      "ELSE 'a | b' END FROM n ORDER BY i DESC";
  const Result<ResultTable> whole = database->query(sql);
  ASSERT_TRUE(whole.has_value());
  const std::optional<SeenRows> shown =
      read_rows("a | b\n899 | it's; 899,\n(20 of 900 rows shown)");
  ASSERT_TRUE(shown.has_value());
  const std::size_t per_cell = rows_for_one_cell(*shown);
  std::vector<std::vector<Value>> rows;
  int steps = 0;
  while (rows.size() < whole->rows.size() && steps++ < 5) {
    const Result<ResultTable> packed =
        database->query(packing_query(sql, 2, per_cell, rows.size()));
    ASSERT_TRUE(packed.has_value()) << packed.error().to_string();
    const std::optional<SeenRows> seen = read_rows(render_table(*packed, kShownRows));
    ASSERT_TRUE(seen.has_value());
    const std::optional<ResultTable> part = unpack_rows(*seen, 2);
    ASSERT_TRUE(part.has_value());
    rows.insert(rows.end(), part->rows.begin(), part->rows.end());
  }
  EXPECT_EQ(rows, whole->rows);
  EXPECT_LE(steps, 2);
}

TEST(RowPacking, RefusesACutCell) {
  SeenRows packed;
  packed.rows = {{"=1,'abc…"}};
  EXPECT_FALSE(unpack_rows(packed, 2).has_value());
}

TEST(RowPacking, PutsAsManyRowsIntoACellAsSurelyFit) {
  SeenRows shown;
  EXPECT_EQ(rows_for_one_cell(shown), 100u);
  shown.rows = {{std::string(30, 'x'), "1"}};
  EXPECT_EQ(rows_for_one_cell(shown), 7u);
  shown.rows = {{std::string(900, 'x')}};
  EXPECT_EQ(rows_for_one_cell(shown), 1u);
}

}  // namespace
}  // namespace sqlenv
