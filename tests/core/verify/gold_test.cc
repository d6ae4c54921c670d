// Results that a gold query leaves open: ties in its order, rows that a LIMIT cut off, other rows.
#include "core/verify/gold.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/sql/mirror.h"
#include "core/verify/verdict.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

constexpr const char* kTable = R"sql(
CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, nick TEXT COLLATE NOCASE, n INTEGER, x REAL);
INSERT INTO t VALUES (1, 'a', 'Q', 3, 0.5), (2, 'b', 'q', 3, NULL), (3, 'c', 'r', 1, 2.5),
                     (4, 'd', 'R', 3, 1.5), (5, 'e', 's', 2, NULL);
CREATE TABLE u (id INTEGER, n INTEGER);
INSERT INTO u VALUES (1, 9), (2, 8), (3, 8);
)sql";

class GoldTest : public testing::Test {
 protected:
  Gold gold(const std::string& sql) {
    Result<Gold> gold = compute_gold(database_, sql, "", &mirror_);
    if (!gold) ADD_FAILURE() << sql << ": " << gold.error().to_string();
    return std::move(gold).value();
  }

  std::string judge(const std::string& sql, std::string_view answer) {
    const Verdict verdict = verify(gold(sql), answer);
    EXPECT_EQ(verdict.correct, verdict.reason == Reason::kMatch);
    return std::string(reason_name(verdict.reason));
  }

  // The sizes of the groups; "2+1" means that two rows tie and one more was cut off.
  std::string groups(const std::string& sql) {
    const Gold g = gold(sql);
    EXPECT_TRUE(g.ties_known) << sql;
    std::string out;
    for (const TieGroup& group : g.groups)
      out += (out.empty() ? "" : " ") + std::to_string(group.rows) +
             (group.others.empty() ? "" : "+" + std::to_string(group.others.size()));
    return out;
  }

  DatabaseImage image_ = test::image_of(kTable);
  Database database_ = Database::open(image_).value();
  Database mirror_ = Database::open(mirror_image(image_).value()).value();
};

TEST_F(GoldTest, RowsThatTieMaySwap) {
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY n"), "1 1 3");
  EXPECT_EQ(judge("SELECT name FROM t ORDER BY n", "[\"c\", \"e\", \"d\", \"a\", \"b\"]"), "MATCH");
  EXPECT_EQ(judge("SELECT name FROM t ORDER BY n", "[\"e\", \"c\", \"d\", \"a\", \"b\"]"), "ORDER");
  EXPECT_EQ(judge("SELECT name FROM t ORDER BY n, id", "[\"c\", \"e\", \"b\", \"a\", \"d\"]"),
            "ORDER");
  EXPECT_EQ(
      judge("SELECT name FROM t ORDER BY n DESC, x IS NULL", "[\"d\", \"a\", \"b\", \"e\", \"c\"]"),
      "MATCH");
}

TEST_F(GoldTest, KeysOfEveryForm) {
  EXPECT_EQ(groups("SELECT name, n FROM t ORDER BY 2"), "1 1 3");
  EXPECT_EQ(groups("SELECT name, n * 0 AS n FROM t ORDER BY n"), "5");  // the alias, not t.n
  EXPECT_EQ(groups("SELECT name, n * 0 AS n FROM t ORDER BY t.n"), "1 1 3");
  EXPECT_EQ(groups("SELECT name, n * 0 AS n FROM t ORDER BY n + 0"), "1 1 3");  // t.n, as in SQLite
  EXPECT_EQ(groups("SELECT name \"k k\" FROM t ORDER BY \"k k\" DESC"), "1 1 1 1 1");
  EXPECT_EQ(groups("SELECT * FROM t ORDER BY n"), "1 1 3");
  EXPECT_EQ(groups("SELECT *, n % 2 odd FROM t ORDER BY odd"), "1 4");
  EXPECT_EQ(groups("SELECT * FROM t ORDER BY 4 DESC"), "3 1 1");
  EXPECT_EQ(groups("SELECT n FROM t GROUP BY n ORDER BY count(*) DESC"), "1 2");
  EXPECT_EQ(groups("SELECT n, count(*) AS c FROM t GROUP BY n ORDER BY c"), "2 1");
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY rank() OVER (ORDER BY n)"), "1 1 3");
  EXPECT_EQ(groups("SELECT name, rank() OVER (ORDER BY n) r FROM t ORDER BY r"), "1 1 3");
  EXPECT_EQ(groups("WITH w AS (SELECT n, name FROM t) SELECT name FROM w ORDER BY n -- done"),
            "1 1 3");
  EXPECT_EQ(groups("SELECT name FROM t -- all\nORDER BY n"), "1 1 3");
  EXPECT_EQ(groups("SELECT T1.name FROM t AS T1 JOIN u AS T2 ON T1.id = T2.id ORDER BY T2.n;"),
            "2 1");
}

TEST_F(GoldTest, TheDatabasesOwnCollationsDecideWhatTies) {
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY nick"), "2 2 1");
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY nick COLLATE BINARY"), "1 1 1 1 1");
  EXPECT_EQ(groups("SELECT nick AS k FROM t ORDER BY k"), "2 2 1");
  EXPECT_EQ(groups("SELECT nick FROM t ORDER BY 1 COLLATE BINARY"), "1 1 1 1 1");
  EXPECT_EQ(groups("SELECT upper(name) FROM t ORDER BY x NULLS LAST"), "1 1 1 2");
  EXPECT_EQ(groups("SELECT upper(name) FROM t ORDER BY x"), "2 1 1 1");
}

TEST_F(GoldTest, CompoundsAndDistinct) {
  EXPECT_EQ(groups("SELECT n FROM t UNION ALL SELECT n FROM u ORDER BY n"), "1 1 3 2 1");
  EXPECT_EQ(groups("SELECT n AS k, id FROM t UNION SELECT n, 0 FROM u ORDER BY k DESC"),
            "1 1 3 1 1");
  EXPECT_EQ(groups("SELECT DISTINCT n FROM t ORDER BY n"), "1 1 1");
  EXPECT_EQ(groups("SELECT DISTINCT n, n % 2 FROM t ORDER BY n % 2"), "1 2");
  // DISTINCT drops the key, so another order stays undecided.
  const auto judge_hidden = [this](const std::string& limit, std::string_view answer) {
    const Gold hidden =
        compute_gold(database_, "SELECT DISTINCT n FROM t ORDER BY id" + limit).value();
    EXPECT_FALSE(hidden.ties_known);
    return std::string(reason_name(verify(hidden, answer).reason));
  };
  EXPECT_EQ(judge_hidden("", "[3, 1, 2]"), "MATCH");
  EXPECT_EQ(judge_hidden("", "[1, 3, 2]"), "UNDECIDED");
  EXPECT_EQ(judge_hidden("", "[1, 4, 2]"), "VALUE");
  EXPECT_EQ(judge_hidden(" LIMIT 2", "[1, 4]"), "UNDECIDED");
  // The mirror gives another result.
  EXPECT_EQ(judge("SELECT DISTINCT n FROM t ORDER BY id", "[1, 3, 2]"), "MATCH");
}

TEST_F(GoldTest, ALimitThatCutsATieTakesAnyLegalChoice) {
  const std::string top = "SELECT name FROM t ORDER BY n DESC LIMIT 2";
  EXPECT_EQ(groups(top), "2+1");
  for (const char* right : {"a, b", "b, a", "d, a", "b, d"}) EXPECT_EQ(judge(top, right), "MATCH");
  for (const char* wrong : {"a, a", "a, e", "c, a"}) EXPECT_EQ(judge(top, wrong), "VALUE") << wrong;
  EXPECT_EQ(judge(top, "a, b, d"), "ROW_COUNT");
  const std::string middle = "SELECT name FROM t ORDER BY n LIMIT 2 OFFSET 1";
  EXPECT_EQ(groups(middle), "1 1+2");
  EXPECT_EQ(judge(middle, "e, d"), "MATCH");
  EXPECT_EQ(judge(middle, "d, e"), "VALUE");
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY n DESC LIMIT 1, 1"), "1+2");
  EXPECT_EQ(groups("SELECT name FROM t LIMIT 3"), "3+2");
  EXPECT_EQ(judge("SELECT name FROM t LIMIT 3", "e, a, c"), "MATCH");
  EXPECT_EQ(judge("SELECT name FROM t LIMIT 3", "e, a, z"), "VALUE");
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY n LIMIT 1 + 1"), "1 1");
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY n LIMIT -1"), "1 1 3");
  EXPECT_EQ(groups("SELECT name FROM t ORDER BY n LIMIT 0"), "");
  EXPECT_EQ(judge("SELECT name FROM t ORDER BY n LIMIT 0", "[]"), "MATCH");
  // Equal rows leave no choice.
  EXPECT_EQ(judge("SELECT n FROM t ORDER BY n DESC LIMIT 2", "3, 3"), "MATCH");
}

TEST_F(GoldTest, AQueryThatDoesNotDetermineItsResult) {
  const std::string inner = "SELECT name FROM t WHERE id = (SELECT id FROM u ORDER BY n LIMIT 1)";
  EXPECT_TRUE(gold(inner).alternative.has_value());
  EXPECT_EQ(judge(inner, "b"), "MATCH");
  EXPECT_EQ(judge(inner, "c"), "MATCH");  // the result of the other order of scanning
  EXPECT_EQ(judge(inner, "a"), "GOLD_AMBIGUOUS");
  EXPECT_FALSE(gold("SELECT name FROM t").alternative.has_value());
  EXPECT_FALSE(gold("SELECT name FROM t ORDER BY n LIMIT 3").alternative.has_value());
  EXPECT_TRUE(gold("SELECT name, n FROM t GROUP BY n").alternative.has_value());
  EXPECT_TRUE(gold("SELECT group_concat(name) FROM t").alternative.has_value());
  EXPECT_TRUE(gold("SELECT name, max(n) FROM t").alternative.has_value());
  EXPECT_FALSE(gold("SELECT n, max(name) FROM t GROUP BY n").alternative.has_value());
}

TEST_F(GoldTest, QueriesThatNeedTheMirror) {
  for (const char* sql :
       {"SELECT name, max(n) FROM t", "SELECT n FROM t GROUP BY n",
        "SELECT 1 WHERE 1 IN (SELECT n FROM t LIMIT 1)", "SELECT Group_Concat (name) FROM t"})
    EXPECT_TRUE(may_depend_on_scan_order(sql)) << sql;
  for (const char* sql : {"SELECT name FROM t ORDER BY n LIMIT 1", "SELECT count(*) FROM t",
                          "SELECT 'max(group limit)' FROM t"})
    EXPECT_FALSE(may_depend_on_scan_order(sql)) << sql;
}

TEST_F(GoldTest, TheMirrorHasTheSameRowsInReverse) {
  const std::string all = "SELECT *, typeof(n), typeof(x) FROM t";
  ResultTable forward = database_.query(all).value();
  std::reverse(forward.rows.begin(), forward.rows.end());
  EXPECT_EQ(mirror_.query(all).value(), forward);
  EXPECT_EQ(mirror_.query("SELECT count(*) FROM t WHERE nick = 'q'")->rows[0][0],
            Value(std::int64_t{2}));
  const DatabaseImage odd = test::image_of(
      "CREATE TABLE k (a TEXT, b, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO k VALUES ('x', "
      "1), "
      "('x', 2); CREATE VIEW v AS SELECT b FROM k; CREATE TABLE \"a b\" (\"c d\" \"BIG INT\");"
      "INSERT INTO \"a b\" VALUES ('7');");
  Database mirror = Database::open(mirror_image(odd).value()).value();
  EXPECT_EQ(mirror.query("SELECT b FROM v")->rows,
            (std::vector<Row>{{std::int64_t{2}}, {std::int64_t{1}}}));
  EXPECT_EQ(mirror.query("SELECT \"c d\" FROM \"a b\"")->rows[0][0], Value(std::int64_t{7}));
}

TEST_F(GoldTest, FailuresAreReported) {
  const Result<Gold> broken = compute_gold(database_, "SELECT zilch FROM t");
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().code, ErrorCode::kNoSuchColumn);
  EXPECT_EQ(verify(broken, "1").reason, Reason::kGoldError);
  EXPECT_EQ(verify(compute_gold(database_, "SELECT 1"), "1").reason, Reason::kMatch);
}

TEST_F(GoldTest, MentionsOfOrderByAreForModeSpider) {
  EXPECT_TRUE(gold("SELECT name FROM (SELECT * FROM t ORDER BY n)").mentions_order_by);
  EXPECT_FALSE(gold("SELECT name FROM (SELECT * FROM t ORDER BY n)").ordered);
  EXPECT_FALSE(gold("SELECT name FROM t").mentions_order_by);
}

}  // namespace
}  // namespace sqlenv
