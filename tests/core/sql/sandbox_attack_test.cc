// Every attack ends as its entry says, within time and memory, and leaves no trace.

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "core/sql/sandbox.h"
#include "core/sql/sqlite_host.h"
#include "tests/core/sql/sandbox_attacks.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

using test::Attack;

// Natively an attack takes 0.2 s at most; sanitizers and wasm are up to ten times slower.
constexpr double kSeconds = 10;

// Room for the pages of the image that SQLite caches.
constexpr std::int64_t kKeptMemory = 3 << 20;

std::string code_of(const Result<ResultTable>& table) {
  return table ? "ok" : std::string(code_name(table.error().code));
}

class SandboxAttack : public testing::TestWithParam<Attack> {
 protected:
  DatabaseImage image_ = test::attacked_image();
  Database database_ = std::move(*Database::open(image_));
  QueryLimits limits_ = test::attack_limits();
};

TEST_P(SandboxAttack, EndsAsItMust) {
  const std::string before = image_.bytes();
  const std::int64_t memory = sqlite_memory_used();
  const auto start = std::chrono::steady_clock::now();
  const Result<ResultTable> table = database_.query(GetParam().sql, limits_);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;

  EXPECT_EQ(code_of(table), GetParam().expected) << (table ? "" : table.error().message);
  EXPECT_LT(taken.count(), kSeconds);
  EXPECT_LE(sqlite_memory_used() - memory, kKeptMemory);
  EXPECT_TRUE(image_.bytes() == before) << "the image was written to";
  if (table) {
    EXPECT_LE(std::ssize(table->rows), limits_.max_rows);
  } else {
    EXPECT_FALSE(table.error().message.empty());
    if (table.error().code == ErrorCode::kOperationBudget) {
      const bool planned = table.error().message.find("planning") != std::string::npos;
      EXPECT_GE(database_.last_operations(), planned ? kMaxPlanOperations : limits_.max_operations);
    }
  }

  // The connection works as before.
  const Result<ResultTable> after = database_.query("SELECT count(*) FROM animal", limits_);
  ASSERT_EQ(code_of(after), "ok");
  EXPECT_EQ(after->rows[0][0], Value(std::int64_t{4}));
}

// A statement in pieces, with another connection at work between them, ends as in one piece.
TEST_P(SandboxAttack, EndsAlikeInPieces) {
  const Result<ResultTable> whole = database_.query(GetParam().sql, limits_);
  const std::int64_t operations = database_.last_operations();
  Database pieces = std::move(*Database::open(image_));
  Database other = std::move(*Database::open(image_));
  std::optional<Result<ResultTable>> end;
  Result<PendingQuery> query = pieces.begin(GetParam().sql, limits_);
  if (!query) end = fail(query.error());
  int count = 0;
  for (; !end; ++count) {
    const std::int64_t before = pieces.last_operations();
    end = query->go_on(limits_.max_operations / 50);
    if (!end) {
      EXPECT_GT(pieces.last_operations(), before);
    }
    EXPECT_EQ(code_of(other.query("SELECT * FROM animal ORDER BY name", limits_)), "ok");
  }
  ASSERT_EQ(code_of(*end), code_of(whole));
  if (whole) EXPECT_TRUE(**end == *whole);
  else EXPECT_EQ(end->error().message, whole.error().message);
  EXPECT_EQ(pieces.last_operations(), operations);
}

// Earlier statements on the connection change neither result nor operations.
TEST_P(SandboxAttack, EndsAlikeWhateverRanBefore) {
  const Result<ResultTable> first = database_.query(GetParam().sql, limits_);
  const std::int64_t operations = database_.last_operations();
  database_.query("SELECT group_concat(name) FROM animal, keeper ORDER BY 1", limits_).has_value();
  const Result<ResultTable> second = database_.query(GetParam().sql, limits_);
  EXPECT_EQ(database_.last_operations(), operations);
  EXPECT_EQ(code_of(second), code_of(first));
  EXPECT_TRUE(first == second) << "the result differs";
}

INSTANTIATE_TEST_SUITE_P(All, SandboxAttack, testing::ValuesIn(test::all_attacks()),
                         [](const auto& attack) { return attack.param.name; });

TEST(SandboxAttacks, AreManyAndNamed) {
  std::set<std::string> names;
  for (const Attack& attack : test::all_attacks()) names.insert(attack.name);
  EXPECT_EQ(names.size(), test::all_attacks().size());
  EXPECT_GE(names.size(), 340u);
}

// The views v0, v1, …, each of which names the one before it twice.
std::string doubled_views(int count, const std::string& before, const std::string& after) {
  std::string script =
      "CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE VIEW v0 AS SELECT a FROM t;";
  for (int i = 1; i <= count; ++i) {
    const std::string last = "v" + std::to_string(i - 1);
    script += "CREATE VIEW v" + std::to_string(i) + " AS SELECT x.a FROM " + last + " x" + before +
              last + after + ";";
  }
  return script;
}

class DoubledViews : public testing::TestWithParam<std::pair<const char*, const char*>> {};

// Opening takes a bounded time, views that can be planned are there, and the others are stopped
// whenever they are named.
TEST_P(DoubledViews, AreStoppedWhileTheyArePlanned) {
  const auto start = std::chrono::steady_clock::now();
  const Result<DatabaseImage> image =
      DatabaseImage::from_sql_text(doubled_views(40, GetParam().first, GetParam().second));
  ASSERT_TRUE(image.has_value());
  EXPECT_NE(image->schema().find("v3"), nullptr);
  EXPECT_EQ(image->schema().find("v40"), nullptr);
  Database database = std::move(*Database::open(*image));
  EXPECT_EQ(code_of(database.query("SELECT a FROM v3")), "ok");
  for (int i = 0; i < 3; ++i) {
    const Result<ResultTable> table = database.query("SELECT count(*) FROM v40");
    EXPECT_EQ(code_of(table), "OPERATION_BUDGET");
    EXPECT_LT(database.last_operations(), 2 * kMaxPlanOperations);
    EXPECT_EQ(code_of(database.query("SELECT a FROM t")), "ok");
  }
  EXPECT_TRUE(database.plan("SELECT a FROM v40").empty());
  EXPECT_FALSE(database.tables_read("SELECT a FROM v40").has_value());
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  EXPECT_LT(taken.count(), kSeconds);
}

INSTANTIATE_TEST_SUITE_P(All, DoubledViews,
                         testing::Values(std::pair(", ", " y"),
                                         std::pair(" LEFT JOIN ", " y USING (a)"),
                                         std::pair(" UNION ALL SELECT a FROM ", ""),
                                         std::pair(" EXCEPT SELECT a + 1 FROM ", ""),
                                         std::pair(" WHERE x.a IN (SELECT a FROM ", ")"),
                                         std::pair(", (SELECT a FROM ", " LIMIT 1) y")),
                         [](const auto& shape) { return "Shape" + std::to_string(shape.index); });

// SQLite converts texts of other encodings; that work is metered too.
TEST(SandboxAttacks, AreStoppedInUtf16Databases) {
  const Result<DatabaseImage> image = DatabaseImage::from_sql_text(
      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE animal (name TEXT); INSERT INTO animal VALUES "
      "('Zoë');");
  ASSERT_TRUE(image.has_value());
  Database database = std::move(*Database::open(*image));
  EXPECT_EQ(database.query("SELECT name, length(name) FROM animal")->rows[0][0],
            Value(std::string("Zoë")));
  for (const Attack& attack : test::working_attacks()) {
    if (attack.expected != "OPERATION_BUDGET" || attack.sql.find("printf") == std::string::npos)
      continue;
    const std::string code = code_of(database.query(attack.sql, test::attack_limits()));
    EXPECT_TRUE(code == "OPERATION_BUDGET" || code == "TOO_LARGE") << attack.name << ": " << code;
  }
}

}  // namespace
}  // namespace sqlenv
