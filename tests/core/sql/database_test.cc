#include "core/sql/database.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

class DatabaseTest : public testing::Test {
 protected:
  static DatabaseImage zoo() { return test::image_of(test::small_pack_files().at("zoo.sql")); }

  ResultTable rows(const std::string& sql) {
    Result<ResultTable> table = database_.query(sql);
    if (!table) ADD_FAILURE() << sql << ": " << table.error().to_string();
    return table.value_or(ResultTable{});
  }

  std::string code(const std::string& sql, const QueryLimits& limits = {}) {
    const Result<ResultTable> table = database_.query(sql, limits);
    return table ? "ok" : std::string(code_name(table.error().code));
  }

  std::string message(const std::string& sql) {
    const Result<ResultTable> table = database_.query(sql);
    return table ? "ok" : table.error().message;
  }

  DatabaseImage image_ = zoo();
  Database database_ = std::move(*Database::open(zoo()));
};

TEST_F(DatabaseTest, ReadsEveryStorageClass) {
  const ResultTable table = rows("SELECT NULL, 7, 2.5, 'é', x'00ff'");
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(table.rows[0], (std::vector<Value>{Null{}, std::int64_t{7}, 2.5, std::string("é"),
                                               Blob{std::string("\0\xff", 2)}}));
  EXPECT_EQ(display_text(table.rows[0][4]), "x'00ff'");
}

TEST_F(DatabaseTest, AllowsEveryReadingForm) {
  for (const char* sql :
       {"SELECT 1", "VALUES (1), (2)", "WITH t AS (SELECT 1 AS x) SELECT x FROM t", "SELECT 1;",
        " -- a comment\nSELECT 1 ; -- and another", "SELECT name FROM heavy",
        "SELECT name FROM sqlite_schema", "SELECT * FROM json_each('[1,2]')",
        "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 9) SELECT * FROM "
        "t",
        "SELECT name, rank() OVER (ORDER BY weight) FROM animal",
        "SELECT \"text in double quotes\""})
    EXPECT_EQ(code(sql), "ok") << sql;
}

struct Refusal {
  const char* sql;
  const char* code;
};

TEST_F(DatabaseTest, RefusesWithTheRightCode) {
  const Refusal refusals[] = {
      {"INSERT INTO keeper VALUES (9, 'x')", "NOT_READ_ONLY"},
      {"UPDATE animal SET name = 'x'", "NOT_READ_ONLY"},
      {"DELETE FROM animal", "NOT_READ_ONLY"},
      {"WITH t AS (SELECT 1) DELETE FROM animal", "NOT_READ_ONLY"},
      {"INSERT INTO keeper VALUES (9, 'x') RETURNING keeper_id", "NOT_READ_ONLY"},
      {"DROP TABLE animal", "NOT_READ_ONLY"},
      {"CREATE TABLE x (y)", "NOT_READ_ONLY"},
      {"CREATE TEMP TABLE x (y)", "NOT_READ_ONLY"},
      {"CREATE TEMP VIEW x AS SELECT 1", "NOT_READ_ONLY"},
      {"ALTER TABLE animal RENAME TO x", "NOT_READ_ONLY"},
      {"ATTACH 'x.db' AS x", "NOT_READ_ONLY"},
      {"DETACH main", "NOT_READ_ONLY"},
      {"VACUUM", "NOT_READ_ONLY"},
      {"VACUUM INTO 'copy.db'", "NOT_READ_ONLY"},
      {"PRAGMA user_version = 3", "NOT_READ_ONLY"},
      {"PRAGMA table_info(animal)", "NOT_READ_ONLY"},
      {"BEGIN", "NOT_READ_ONLY"},
      {"COMMIT", "NOT_READ_ONLY"},
      {"SAVEPOINT x", "NOT_READ_ONLY"},
      {"REINDEX", "NOT_READ_ONLY"},
      {"ANALYZE", "NOT_READ_ONLY"},
      {"EXPLAIN SELECT 1", "NOT_READ_ONLY"},
      {"UPDATE sqlite_schema SET sql = ''", "NOT_READ_ONLY"},
      {"SELECT 1; SELECT 2", "MULTIPLE_STATEMENTS"},
      {"SELECT 1; DROP TABLE animal", "MULTIPLE_STATEMENTS"},
      {"SELECT * FROM animals", "NO_SUCH_TABLE"},
      {"SELECT nme FROM animal", "NO_SUCH_COLUMN"},
      {"SELECT a.nme FROM animal AS a", "NO_SUCH_COLUMN"},
      {"SELEC 1", "SYNTAX"},
      {"", "SYNTAX"},
      {";", "SYNTAX"},
      {"-- nothing", "SYNTAX"},
      {"SELECT random()", "SYNTAX"},
      {"SELECT hex(randomblob(8))", "SYNTAX"},
      {"SELECT load_extension('x')", "SYNTAX"},
      {"SELECT readfile('x')", "SYNTAX"},
      {"SELECT ?", "SYNTAX"},
      {"SELECT abs(-9223372036854775808)", "EXECUTION"},
      {"SELECT zeroblob(900000000)", "TOO_LARGE"},
      {"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x FROM t",
       "TOO_LARGE"},
      {"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT sum(x) FROM t",
       "OPERATION_BUDGET"},
  };
  for (const Refusal& refusal : refusals) EXPECT_EQ(code(refusal.sql), refusal.code) << refusal.sql;
  EXPECT_EQ(rows("SELECT count(*) FROM animal").rows[0][0], Value(std::int64_t{4}));
}

TEST_F(DatabaseTest, NothingIsEverWritten) {
  const std::string before = image_.bytes();
  for (const char* sql : {"DELETE FROM animal", "PRAGMA writable_schema = 1", "VACUUM INTO 'x'",
                          "WITH t AS (SELECT 1) UPDATE animal SET name = ''"})
    EXPECT_EQ(code(sql), "NOT_READ_ONLY");
  EXPECT_EQ(image_.bytes(), before);
}

TEST_F(DatabaseTest, MessagesSayWhatWouldHaveWorked) {
  EXPECT_EQ(message("SELECT * FROM animals"),
            "there is no table \"animals\". Did you mean \"animal\"? "
            "Tables: animal, keeper, feeding, heavy.");
  EXPECT_NE(message("SELECT nme FROM animal").find("Did you mean \"name\"?"), std::string::npos);
}

TEST_F(DatabaseTest, AStoppedQueryLeavesTheConnectionUsable) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(code("WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) "
                   "SELECT count(*) FROM t"),
              "OPERATION_BUDGET");
    EXPECT_EQ(code("SELECT count(*) FROM animal"), "ok");
  }
}

TEST_F(DatabaseTest, LimitsAreTheCallers) {
  QueryLimits limits;
  limits.max_rows = 3;
  EXPECT_EQ(code("SELECT * FROM animal", limits), "TOO_LARGE");
  limits.max_rows = 4;
  EXPECT_EQ(code("SELECT * FROM animal", limits), "ok");
  limits.max_bytes = 3;
  EXPECT_EQ(code("SELECT name FROM animal", limits), "TOO_LARGE");
  QueryLimits impatient;
  impatient.deadline_passed = [] { return true; };
  EXPECT_EQ(code("WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 100000) "
                 "SELECT count(*) FROM t",
                 impatient),
            "TIMEOUT");
}

TEST_F(DatabaseTest, MemoryIsBounded) {
  const std::string hungry =
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 5000) "
      "SELECT count(*) FROM (SELECT DISTINCT hex(zeroblob(50000)) || x FROM t)";
  EXPECT_EQ(code(hungry), "TOO_LARGE");
  EXPECT_EQ(code("SELECT count(*) FROM animal"), "ok");
}

TEST_F(DatabaseTest, LongOrOddTextIsRefusedNotCrashed) {
  EXPECT_EQ(code("SELECT '" + std::string(200'000, 'x') + "'"), "TOO_LARGE");
  EXPECT_EQ(code(std::string("SELECT 1\0; DROP TABLE animal", 28)), "SYNTAX");
  std::string deep = "1";
  for (int i = 0; i < 2000; ++i) deep = "(" + deep + ")";
  EXPECT_NE(code("SELECT " + deep + "+" + deep), "INTERNAL");
  std::string wide = "SELECT 1";
  for (int i = 0; i < 2000; ++i) wide += " UNION SELECT 1";
  EXPECT_EQ(code(wide), "SYNTAX");
}

TEST_F(DatabaseTest, ResultsDoNotDependOnClockOrHistory) {
  EXPECT_TRUE(is_null(rows("SELECT date('now')").rows[0][0]));
  EXPECT_TRUE(is_null(rows("SELECT CURRENT_TIMESTAMP").rows[0][0]));
  EXPECT_EQ(rows("SELECT date('2024-02-28', '+2 days')").rows[0][0],
            Value(std::string("2024-03-01")));
}

TEST_F(DatabaseTest, RealsHaveOneText) {
  EXPECT_EQ(display_text(rows("SELECT 1.0 / 3").rows[0][0]), "0.333333333333333");
  EXPECT_EQ(display_text(rows("SELECT 0.1 + 0.2").rows[0][0]), "0.3");
  EXPECT_EQ(display_text(rows("SELECT 1e300 * 1e10").rows[0][0]), "Inf");
  EXPECT_EQ(display_text(rows("SELECT 123456789012345678.0").rows[0][0]), "1.23456789012346e+17");
}

TEST_F(DatabaseTest, TablesRead) {
  EXPECT_EQ(*database_.tables_read("SELECT count(*) FROM Animal JOIN keeper USING (keeper_id)"),
            (std::vector<std::string>{"animal", "keeper"}));
  EXPECT_EQ(*database_.tables_read("SELECT 1"), std::vector<std::string>{});
}

TEST_F(DatabaseTest, KnowsWhetherAQueryReadsATable) {
  for (const char* sql : {"SELECT 1", "VALUES (1), (2)", "SELECT count(*) FROM sqlite_schema",
                          "WITH animal(n) AS (SELECT 1) SELECT n FROM animal ORDER BY n",
                          "SELECT value FROM json_each('[1, 2]')"})
    EXPECT_FALSE(rows(sql).reads_table) << sql;
  for (const char* sql :
       {"SELECT 1 FROM animal", "SELECT count(*) FROM animal", "SELECT max(animal_id) FROM animal",
        "SELECT count(*) FROM animal JOIN keeper USING (keeper_id)",
        "SELECT 1 WHERE 1 IN (SELECT animal_id FROM animal)",
        "WITH t AS (SELECT * FROM animal) SELECT a.name FROM t AS a JOIN t AS b USING (name)"})
    EXPECT_TRUE(rows(sql).reads_table) << sql;
}

TEST(DatabaseImage, RefusesWhatIsNoDatabase) {
  for (const std::string& bytes :
       {std::string(), std::string("hello"), std::string(4096, 'x'),
        "SQLite format 3" + std::string(5000, '\0'),
        "SQLite format 3" + std::string(1, '\0') + std::string(5000, '\xff')}) {
    const Result<DatabaseImage> image = DatabaseImage::from_file_bytes(bytes);
    ASSERT_FALSE(image.has_value()) << bytes.size();
    EXPECT_EQ(image.error().code, ErrorCode::kNotADatabase);
  }
}

TEST(DatabaseImage, RefusesADamagedDatabase) {
  const std::string good = test::image_of(test::small_pack_files().at("zoo.sql")).bytes();
  EXPECT_TRUE(DatabaseImage::from_file_bytes(good).has_value());
  EXPECT_FALSE(DatabaseImage::from_file_bytes(good.substr(0, good.size() / 2)).has_value());
}

TEST(DatabaseImage, TakesWriteAheadFiles) {
  std::string bytes = test::image_of("CREATE TABLE t (a); INSERT INTO t VALUES (5);").bytes();
  bytes[18] = bytes[19] = 2;
  const Result<DatabaseImage> image = DatabaseImage::from_file_bytes(bytes);
  ASSERT_TRUE(image.has_value()) << image.error().to_string();
  EXPECT_EQ(Database::open(*image)->query("SELECT a FROM t")->rows[0][0], Value(std::int64_t{5}));
}

TEST(DatabaseImage, SqlTextThatDoesNotRunIsAnError) {
  EXPECT_EQ(DatabaseImage::from_sql_text("CREATE TABL t (a)").error().code,
            ErrorCode::kNotADatabase);
  EXPECT_FALSE(DatabaseImage::from_sql_text("").has_value());
}

constexpr const char* kLong =
    "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 200000) "
    "SELECT count(*), sum(x) FROM t";

TEST_F(DatabaseTest, ALongQueryGoesOnInPiecesOfTheSizeAskedFor) {
  Result<PendingQuery> query = database_.begin(kLong);
  ASSERT_TRUE(query.has_value());
  int pieces = 0;
  std::optional<Result<ResultTable>> end;
  std::int64_t before = query->operations();
  while (!(end = query->go_on(100'000))) {
    ++pieces;
    EXPECT_NEAR(static_cast<double>(query->operations() - before), 100'000, 2'500);
    EXPECT_EQ(database_.last_operations(), query->operations());
    before = query->operations();
  }
  EXPECT_GT(pieces, 10);
  EXPECT_EQ((**end).rows.at(0).at(1), Value(std::int64_t{20'000'100'000}));
}

TEST_F(DatabaseTest, AQueryThatIsGivenUpLeavesTheConnectionReady) {
  {
    Result<PendingQuery> query = database_.begin(kLong);
    ASSERT_TRUE(query.has_value());
    EXPECT_FALSE(query->go_on(10'000).has_value());
  }
  EXPECT_EQ(code("SELECT 1"), "ok");
  Result<PendingQuery> other = database_.begin(kLong);
  ASSERT_TRUE(other.has_value());
  EXPECT_FALSE(other->go_on(10'000).has_value());
  EXPECT_EQ(code("SELECT count(*) FROM animal"), "ok");
  QueryLimits few;
  few.max_operations = 50'000;
  EXPECT_EQ(code(kLong, few), "OPERATION_BUDGET");
}

TEST_F(DatabaseTest, APendingQueryOutlivesItsDatabase) {
  std::optional<Database> database = std::move(*Database::open(zoo()));
  Result<PendingQuery> query = database->begin(kLong);
  ASSERT_TRUE(query.has_value());
  EXPECT_FALSE(query->go_on(10'000).has_value());
  database.reset();
  const Result<ResultTable> end = *query->go_on(std::numeric_limits<std::int64_t>::max());
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->rows.at(0).at(0), Value(std::int64_t{200'000}));
}

}  // namespace
}  // namespace sqlenv
