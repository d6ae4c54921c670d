// What a file's own statements may do while it is imported ends at a bound, and soon after it is
// stopped.

#include <gtest/gtest.h>

#include <chrono>

#include "core/sql/database_builder.h"
#include "core/sql/database_check.h"

namespace sqlenv {
namespace {

using Clock = std::chrono::steady_clock;

struct Endless {
  std::string name;
  std::string sql;

  friend void PrintTo(const Endless& endless, std::ostream* out) { *out << endless.name; }
};

const char kNumbers[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";

// A table of 1,000 rows, and views each of which names the one before it twice.
DatabaseBuilder builder_with_tables(std::function<bool()> stopped, std::int64_t operations) {
  DatabaseBuilder builder(std::move(stopped), operations);
  EXPECT_TRUE(builder.run("CREATE TABLE t (a, b)"));
  EXPECT_TRUE(
      builder.run("INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                  "LIMIT 1000) SELECT i, printf('%0200d', i) FROM n"));
  EXPECT_TRUE(builder.run("CREATE TABLE copy (a, b)"));
  EXPECT_TRUE(builder.run("CREATE VIEW v0 AS SELECT a FROM t"));
  for (int i = 1; i <= 30; ++i)
    EXPECT_TRUE(builder.run("CREATE VIEW v" + std::to_string(i) + " AS SELECT x.a FROM v" +
                            std::to_string(i - 1) + " x, v" + std::to_string(i - 1) + " y"));
  return builder;
}

std::vector<Endless> endless_statements() {
  return {
      {"Recursion", std::string("INSERT INTO copy ") + kNumbers + "SELECT i, 1 FROM n WHERE i < 0"},
      {"CrossJoin", "INSERT INTO copy SELECT 1, count(*) FROM t a, t b, t c, t d"},
      {"TableOfSelect",
       std::string("CREATE TABLE made AS ") + kNumbers + "SELECT count(*) AS c FROM n, t"},
      {"Update", "UPDATE t SET a = (SELECT count(*) FROM t x, t y, t z WHERE x.a + y.a = t.a)"},
      {"Delete", "DELETE FROM t WHERE (SELECT count(*) FROM t x, t y, t z WHERE x.a + y.a = t.a)"},
      {"Sort", "INSERT INTO copy SELECT x.a, y.b FROM t x, t y, t z ORDER BY y.b, -x.a, z.b"},
      {"Index",
       "CREATE INDEX by_text ON t (replace(replace(replace(replace(printf('%0100000d', a), "
       "'0', 'abcdefgh'), 'a', 'bb'), 'b', 'cc'), 'c', 'd') LIKE '%a%b%c%d%e%f%g%h%')"},
      {"Check", "CREATE TABLE checked (a CHECK ((SELECT 1) OR a))"},
      {"LongText", "INSERT INTO copy SELECT length(printf('%20000000d', x.a)), 1 FROM t x, t y"},
      {"Search",
       "INSERT INTO copy SELECT instr(printf('%9000000d', x.a), printf('%900000d', y.a)), 1 "
       "FROM t x, t y"},
      {"Views", "INSERT INTO copy SELECT count(*), 1 FROM v30"},
      {"ViewsOnce", "CREATE TABLE made AS SELECT * FROM v30"},
  };
}

class EndlessStatement : public testing::TestWithParam<Endless> {};

TEST_P(EndlessStatement, EndsSoonAfterItIsStopped) {
  const Clock::time_point begun = Clock::now();
  Clock::time_point stopped_at = Clock::time_point::max();
  DatabaseBuilder builder = builder_with_tables(
      [&] {
        if (Clock::now() - begun < std::chrono::milliseconds(500)) return false;
        stopped_at = std::min(stopped_at, Clock::now());
        return true;
      },
      ImportWork::kMaxOperations);
  const Result<void> done = builder.run(GetParam().sql);
  EXPECT_FALSE(done.has_value());
  if (stopped_at == Clock::time_point::max()) return;  // refused before
  EXPECT_EQ(done.error().code, ErrorCode::kTimeout) << done.error().message;
  EXPECT_LT(Clock::now() - stopped_at, std::chrono::milliseconds(1000));
}

TEST_P(EndlessStatement, EndsAtTheBound) {
  DatabaseBuilder builder = builder_with_tables({}, 20'000'000);
  const Result<void> done = builder.run(GetParam().sql);
  ASSERT_FALSE(done.has_value());
  EXPECT_NE(done.error().code, ErrorCode::kTimeout);
  EXPECT_FALSE(done.error().message.empty());
}

INSTANTIATE_TEST_SUITE_P(All, EndlessStatement, testing::ValuesIn(endless_statements()),
                         [](const auto& endless) { return endless.param.name; });

// Statements may be planned as long as they are written.
TEST(ImportBounds, ALongInsertIsTaken) {
  std::string sql = "INSERT INTO t VALUES (0, 'x')";
  for (int i = 1; i < 100'000; ++i) sql += ",(" + std::to_string(i) + ",'x')";
  DatabaseBuilder builder;
  ASSERT_TRUE(builder.run("CREATE TABLE t (a, b)"));
  const Result<void> done = builder.run(sql);
  ASSERT_TRUE(done.has_value()) << done.error().message;
  EXPECT_EQ(*builder.finish()->schema().find("t")->row_count, 100'000);
}

TEST(ImportBounds, AScriptOfAPackEnds) {
  const auto begun = Clock::now();
  const Result<DatabaseImage> views = DatabaseImage::from_sql_text(
      "CREATE TABLE t (a); CREATE VIEW v0 AS SELECT a FROM t, t x;"
      "CREATE VIEW v1 AS SELECT x.a FROM v0 x, v0 y, v0 z; CREATE VIEW v2 AS SELECT x.a FROM v1 x, "
      "v1 y, v1 z; CREATE VIEW v3 AS SELECT x.a FROM v2 x, v2 y, v2 z; CREATE VIEW v4 AS SELECT "
      "x.a "
      "FROM v3 x, v3 y, v3 z; CREATE VIEW v5 AS SELECT x.a FROM v4 x, v4 y, v4 z; CREATE VIEW v6 "
      "AS "
      "SELECT x.a FROM v5 x, v5 y, v5 z; CREATE VIEW v7 AS SELECT x.a FROM v6 x, v6 y, v6 z; "
      "CREATE "
      "VIEW v8 AS SELECT x.a FROM v7 x, v7 y, v7 z; CREATE VIEW v9 AS SELECT x.a FROM v8 x, v8 y, "
      "v8 "
      "z; INSERT INTO t SELECT count(*) FROM v9");
  ASSERT_FALSE(views.has_value());
  EXPECT_LT(Clock::now() - begun, std::chrono::seconds(10));
}

}  // namespace
}  // namespace sqlenv
