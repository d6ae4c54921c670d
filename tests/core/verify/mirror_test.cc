// The search for ties on tables of every kind: what it finds, and what it says where it cannot run.
#include "core/sql/mirror.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/verify/audit.h"
#include "core/verify/verdict.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

// A database with its mirror.
class Mirrored {
 public:
  explicit Mirrored(const std::string& script) : image_(test::image_of(script)) {}

  Gold gold(const std::string& sql) {
    Result<Gold> gold = compute_gold(database_, sql, "", mirror_);
    if (!gold) ADD_FAILURE() << sql << ": " << gold.error().to_string();
    return gold.value_or(Gold());
  }

  std::string judge(const std::string& sql, std::string_view answer) {
    return std::string(reason_name(verify(gold(sql), answer).reason));
  }

  // "alternative", "unsearched" or "one result".
  std::string search(const std::string& sql) {
    const Gold found = gold(sql);
    if (!found.unsearched.empty()) return "unsearched";
    return found.alternative ? "alternative" : "one result";
  }

  std::vector<std::string> audit(const std::string& sql) {
    Question question;
    question.gold_sql = sql;
    std::vector<std::string> codes;
    for (const Finding& finding : audit_question(audited_, question)) codes.push_back(finding.code);
    return codes;
  }

  std::vector<Row> rows(const std::string& sql) { return database_.query(sql).value().rows; }
  std::vector<Row> mirrored_rows(const std::string& sql) {
    return (*mirror_)->query(sql).value().rows;
  }

 private:
  DatabaseImage image_;
  AuditedDatabase audited_{image_, Database::open(image_).value()};
  Database& database_ = audited_.database;
  Result<Database*>& mirror_ = audited_.mirror;
};

using Codes = std::vector<std::string>;

// Each has a table w(k, n, g) with the rows (a 1 1), (b 2 0), (c 3 1), (d 4 0).
constexpr const char* kRows =
    "INSERT INTO w(k, n, g) VALUES ('a',1,1),('b',2,0),('c',3,1),('d',4,0);";
constexpr const char* kComputed = "INSERT INTO w(k, n) VALUES ('a',1),('b',2),('c',3),('d',4);";

std::vector<std::string> scripts_of_w() {
  const std::string computed = kComputed;
  const std::string rows = kRows;
  return {
      "CREATE TABLE w(k TEXT, n INT, g INT) STRICT;" + rows,
      "CREATE TABLE w(k ANY, n ANY, g ANY) STRICT;" + rows,
      "CREATE TABLE w(k TEXT PRIMARY KEY, n INT, g INT) WITHOUT ROWID;" + rows,
      "CREATE TABLE w(k TEXT, n INT, g INT, PRIMARY KEY (n DESC, k)) WITHOUT ROWID;" + rows,
      "CREATE TABLE w(k TEXT COLLATE NOCASE PRIMARY KEY, n INT, g INT) STRICT, WITHOUT ROWID;" +
          rows,
      "CREATE TABLE w(k TEXT PRIMARY KEY, n INT, g INT AS (n % 2) STORED) STRICT, WITHOUT ROWID;" +
          computed,
      "CREATE TABLE w(k TEXT, n INT, g INT GENERATED ALWAYS AS (n % 2) VIRTUAL);" + computed,
      "CREATE TABLE w(k TEXT, n INT, g AS (n % 2) STORED);" + computed,
      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE w(k TEXT, n INT, g INT);" + rows,
      "PRAGMA encoding = 'UTF-16be'; CREATE TABLE w(k TEXT PRIMARY KEY, n INT, g INT AS (n % 2))"
      " STRICT, WITHOUT ROWID;" +
          computed,
      "CREATE TABLE w(k TEXT, n INT, g INT, rowid TEXT, oid INT, _rowid_);" + rows,
      "CREATE TABLE w(k TEXT, n INT, g INT, rowid);" + rows,
      "CREATE TABLE w(k TEXT, n INTEGER PRIMARY KEY, g INT); CREATE INDEX i ON w(g);" + rows,
      "CREATE TABLE w(k TEXT, n INT NOT NULL UNIQUE CHECK (n > 0), g INT, UNIQUE (g, n));" + rows};
}

TEST(MirrorTest, TiesAreFoundInTablesOfEveryKind) {
  for (const std::string& script : scripts_of_w()) {
    SCOPED_TRACE(script);
    Mirrored w(script);
    EXPECT_EQ(w.audit("SELECT k, g FROM w GROUP BY g"), Codes{"AMBIGUOUS"});
    EXPECT_EQ(w.audit("SELECT k FROM w WHERE n = (SELECT n FROM w ORDER BY g DESC LIMIT 1)"),
              Codes{"AMBIGUOUS"});
    EXPECT_EQ(w.audit("SELECT k, count(*) FROM w"), Codes{"AMBIGUOUS"});
    EXPECT_EQ(w.audit("SELECT k FROM w ORDER BY g DESC LIMIT 1"), Codes{"LIMIT_TIE"});
    EXPECT_EQ(w.audit("SELECT k FROM w WHERE n > 1 LIMIT 1"), Codes{"LIMIT_UNORDERED"});
    EXPECT_EQ(w.audit("SELECT g, count(*), max(n) FROM w GROUP BY g"), Codes{});
    EXPECT_EQ(w.judge("SELECT k FROM w ORDER BY g DESC LIMIT 1", "c"), "MATCH");
    EXPECT_EQ(w.judge("SELECT group_concat(k) FROM w", "\"b,a,c,d\""), "GOLD_AMBIGUOUS");
  }
}

TEST(MirrorTest, TheMirrorHoldsEveryValueInReverseOrderOfScanning) {
  for (const std::string& script : scripts_of_w()) {
    SCOPED_TRACE(script);
    Mirrored w(script);
    const std::string sql =
        "SELECT *, typeof(k), typeof(n), typeof(g), hex(CAST(k AS BLOB)), k = 'A', n = '1' FROM w "
        "NOT INDEXED";
    std::vector<Row> rows = w.rows(sql);
    ASSERT_EQ(rows.size(), 4u);
    std::reverse(rows.begin(), rows.end());
    EXPECT_EQ(w.mirrored_rows(sql), rows);
  }
}

TEST(MirrorTest, AColumnThatTakesAnyValueKeepsItAsItIs) {
  Mirrored any(
      "CREATE TABLE t(a ANY, b TEXT) STRICT; INSERT INTO t VALUES ('012', 'x'), (12, 'y');"
      "CREATE TABLE u(a ANY, b TEXT); INSERT INTO u VALUES ('012', 'x'), (12, 'y');");
  EXPECT_EQ(any.search("SELECT a, typeof(a), count(*) FROM t GROUP BY a"), "one result");
  EXPECT_EQ(any.search("SELECT a, typeof(a), count(*) FROM u GROUP BY a"), "one result");
  EXPECT_EQ(any.search("SELECT max(b) FROM t WHERE a = '12'"), "one result");
}

TEST(MirrorTest, RowidsAreThoseOfTheImage) {
  Mirrored t(
      "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (3, 'a'), (7, 'b');"
      "CREATE TABLE u(name TEXT); INSERT INTO u(rowid, name) VALUES (-5, 'a'), (9, 'b');"
      "CREATE TABLE o(oid INT, name TEXT); INSERT INTO o VALUES (4, 'a'), (2, 'b');"
      "CREATE VIEW v AS SELECT rowid AS id, name FROM u;");
  for (const char* sql :
       {"SELECT rowid, max(name) FROM t", "SELECT max(rowid) FROM u",
        "SELECT name FROM u WHERE rowid = (SELECT max(u.oid) FROM u)",
        "SELECT name FROM t WHERE id = (SELECT id FROM t ORDER BY _rowid_ DESC LIMIT 1)",
        "SELECT max(oid), min(o.\"oid\") FROM o", "SELECT max(id) FROM v",
        "SELECT t.name, max(main.u.rowid) FROM u JOIN t ON t.rowid = u.rowid + 8",
        "SELECT group_concat(name) FROM (SELECT name FROM u ORDER BY rowid)"})
    EXPECT_EQ(t.search(sql), "one result") << sql;
  EXPECT_EQ(t.search("SELECT group_concat(rowid) FROM u"), "alternative");
  // A name that the mirror does not have.
  EXPECT_EQ(t.search("SELECT max(rowid) FROM (SELECT rowid FROM u)"), "unsearched");
}

TEST(MirrorTest, WhereTheSearchCannotRunADifferentAnswerIsUndecided) {
  const std::string forged =
      "CREATE TABLE t(a INT, b INT AS (abs(a)), c TEXT); INSERT INTO t VALUES (1, 'x'), (1, 'y');"
      "CREATE TABLE u(c INT, a INT AS (abs(1))); PRAGMA writable_schema = ON;"
      "UPDATE sqlite_schema SET sql = replace(sql, 'abs(1)', 'nosuch(1)');";
  Mirrored t(forged);
  const std::string schema = "SELECT name, max(type) FROM sqlite_schema";
  EXPECT_EQ(t.search(schema), "unsearched");
  EXPECT_EQ(t.judge(schema, "t, table"), "MATCH");
  EXPECT_EQ(t.judge(schema, "z, table"), "UNDECIDED");
  EXPECT_EQ(t.judge(schema, "t"), "COLUMN_COUNT");
  EXPECT_EQ(t.audit(schema), Codes{"UNDECIDED"});
  // Nothing depends on an order here.
  const std::string plain = "SELECT name FROM sqlite_schema WHERE name = 't'";
  EXPECT_EQ(t.judge(plain, "z"), "VALUE");
  EXPECT_EQ(t.audit(plain), Codes{});
  // The tables that can be copied are searched.
  EXPECT_EQ(t.search("SELECT c, max(b) FROM t"), "alternative");
}

TEST(MirrorTest, WithoutAMirrorOnlyWhatMayDependOnItIsUndecided) {
  const DatabaseImage image = test::image_of("CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 2);");
  AuditedDatabase database(image, Database::open(image).value());
  const Result<Database*> none = fail(ErrorCode::kTooLarge, "it is too large.");
  database.mirror = none;
  const auto judge = [&](const std::string& sql, std::string_view answer) {
    const Verdict verdict = verify(compute_gold(database.database, sql, "", none).value(), answer);
    return std::string(reason_name(verdict.reason));
  };
  EXPECT_EQ(judge("SELECT a, b FROM t GROUP BY a", "1, 2"), "MATCH");
  EXPECT_EQ(judge("SELECT a, b FROM t GROUP BY a", "1, 3"), "UNDECIDED");
  EXPECT_EQ(judge("SELECT a, b FROM t ORDER BY a", "1, 3"), "VALUE");
  Question question;
  question.gold_sql = "SELECT a, b FROM t GROUP BY a";
  const std::vector<Finding> findings = audit_question(database, question);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "UNDECIDED");
  EXPECT_NE(findings[0].detail.find("it is too large."), std::string::npos);
}

TEST(MirrorTest, OnlyLastDigitsAreCalledLastDigits) {
  std::string script = "CREATE TABLE t(k TEXT, g INT, x REAL);";
  for (int i = 0; i < 300; ++i)
    script += "INSERT INTO t VALUES ('k" + std::to_string(i) + "', " + std::to_string(i % 2) +
              ", " + std::to_string(i * i * i) + ".1 / 3.7);";
  script +=
      "CREATE TABLE d(x REAL); INSERT INTO d VALUES (1.0), (1.0000000001);"
      "CREATE TABLE e(x REAL); INSERT INTO e VALUES (1.0), (1.0000001);";
  Mirrored t(script);
  // Ties explain which real is kept.
  EXPECT_EQ(t.audit("SELECT x FROM t ORDER BY g DESC LIMIT 1"), Codes{"LIMIT_TIE"});
  EXPECT_EQ(t.audit("SELECT x FROM t LIMIT 3"), Codes{"LIMIT_UNORDERED"});
  EXPECT_EQ(t.audit("SELECT x FROM t ORDER BY g, x"), Codes{});
  EXPECT_EQ(t.audit("SELECT k, x FROM t ORDER BY g"), Codes{"ORDER_TIE"});
  EXPECT_EQ(t.audit("SELECT (SELECT x FROM d LIMIT 1)"), Codes{"FLOAT_ORDER"});
  EXPECT_EQ(t.audit("SELECT (SELECT x FROM e LIMIT 1)"), Codes{"AMBIGUOUS"});
  EXPECT_EQ(t.judge("SELECT (SELECT x FROM e LIMIT 1)", "1.0000001"), "MATCH");
  EXPECT_EQ(t.audit("SELECT (SELECT x FROM t ORDER BY g LIMIT 1)"), Codes{"AMBIGUOUS"});
}

TEST(TextNumbersTest, OrderingNumbersAsTextIsFoundWhereItChangesTheResult) {
  for (const std::string encoding : {"", "PRAGMA encoding = 'UTF-16le';"}) {
    Mirrored t(
        encoding +
        "CREATE TABLE t(name TEXT, price TEXT, code TEXT, loose, n INT, mixed TEXT, word TEXT);"
        "INSERT INTO t VALUES ('a', '9.50', '0012', '9', 3, '9a', 'x'),"
        " ('b', '10.00', '0900', '10', 1, '10', 'y'), ('c', 'unknown', '0345', NULL, 2, '8', 'z'),"
        " ('d', '8', '1000', '8', 4, '7', '-');"
        "CREATE TABLE one(v TEXT); INSERT INTO one VALUES ('7');"
        "CREATE VIEW dear AS SELECT name, price FROM t WHERE price <> 'unknown';");
    for (const char* sql :
         {"SELECT max(price) FROM t WHERE price <> 'unknown'", "SELECT min(price) FROM t",
          "SELECT name FROM t WHERE price > 9", "SELECT count(*) FROM t WHERE price < 10",
          "SELECT name FROM t WHERE loose > 9", "SELECT max(loose) FROM t",
          "SELECT name FROM t WHERE price BETWEEN 1 AND 11", "SELECT max(price) FROM dear",
          "SELECT name FROM t WHERE price = (SELECT min(price) FROM t)",
          "SELECT n % 2, max(loose) FROM t GROUP BY n % 2"})
      EXPECT_EQ(t.audit(sql), Codes{"TEXT_COMPARISON"}) << sql;
    for (const char* sql :
         {"SELECT name FROM t WHERE price <> 'unknown' ORDER BY price DESC LIMIT 1",
          "SELECT name FROM t ORDER BY loose DESC LIMIT 2", "SELECT price FROM t ORDER BY price",
          "SELECT name FROM t ORDER BY price LIMIT 1",
          "SELECT name FROM t WHERE loose IS NOT NULL ORDER BY trim(loose) LIMIT 1"})
      EXPECT_EQ(t.audit(sql).front(), "TEXT_NUMBERS") << sql;
    for (const char* sql :
         {"SELECT max(code), min(code) FROM t", "SELECT name FROM t ORDER BY code LIMIT 2",
          "SELECT max(CAST(price AS REAL)) FROM t", "SELECT name FROM t WHERE price > 95",
          "SELECT name FROM t WHERE n > 1 AND price <> 'unknown' ORDER BY price DESC LIMIT 1",
          "SELECT max(mixed) FROM t", "SELECT max(word) FROM t", "SELECT max(n) FROM t",
          "SELECT max(v) FROM one", "SELECT price, count(*) FROM t GROUP BY price",
          "SELECT name FROM t WHERE price = 8", "SELECT count(DISTINCT loose) FROM t",
          "SELECT name FROM t WHERE code > '0300' AND code < '0950' OR price LIKE '9%'"})
      EXPECT_EQ(t.audit(sql), Codes{}) << sql;
    EXPECT_EQ(t.audit("SELECT price FROM t LIMIT 2"), Codes{"LIMIT_UNORDERED"});
  }
}

}  // namespace
}  // namespace sqlenv
