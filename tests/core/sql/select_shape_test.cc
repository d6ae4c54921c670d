#include "core/sql/select_shape.h"

#include <gtest/gtest.h>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

// The shape in one line: flags, then items, order terms, limit and offset.
std::string outline(const std::string& sql) {
  const SelectShape shape = read_select_shape(sql);
  std::string out = shape.select ? "select" : "other";
  if (shape.distinct) out += " distinct";
  if (shape.compound) out += " compound";
  if (shape.grouped) out += " grouped";
  for (const ResultItem& item : shape.items)
    out += " <" + std::string(item.expression.in(sql)) + (item.star ? "|star" : "") +
           (item.alias.empty() ? "" : "|as " + item.alias) + ">";
  for (const OrderTerm& term : shape.order)
    out += " {" + std::string(term.expression.in(sql)) +
           (term.collation.empty() ? "" : "|collate " + term.collation) +
           (term.descending ? "|desc" : "") + (term.nulls.empty() ? "" : "|" + term.nulls) + "}";
  if (shape.limit) out += " limit " + std::string(shape.limit->in(sql));
  if (shape.offset) out += " offset " + std::string(shape.offset->in(sql));
  return out;
}

TEST(SelectShape, PlainStatements) {
  EXPECT_EQ(outline("SELECT a FROM t"), "select <a>");
  EXPECT_EQ(outline("select 1"), "select <1>");
  EXPECT_EQ(outline("VALUES (1), (2)"), "other");
  EXPECT_EQ(outline(""), "other");
  EXPECT_EQ(outline(";"), "other");
  EXPECT_EQ(outline("SELECT DISTINCT a, b FROM t;"), "select distinct <a> <b>");
  EXPECT_EQ(outline("SELECT ALL a FROM t GROUP BY a HAVING count(*) > 1"), "select grouped <a>");
  EXPECT_EQ(outline("SELECT a FROM t order\n  by a LIMIT 1"), "select <a> {a} limit 1");
  EXPECT_EQ(outline("SELECT a FROM t ORDER BY b DESC, c ASC NULLS FIRST, 2 LIMIT 3 OFFSET 4;"),
            "select <a> {b|desc} {c|FIRST} {2} limit 3 offset 4");
  EXPECT_EQ(outline("SELECT a FROM t LIMIT 4, 3"), "select <a> limit 3 offset 4");
  EXPECT_EQ(outline("SELECT a FROM t ORDER BY b COLLATE NOCASE DESC NULLS LAST"),
            "select <a> {b|collate NOCASE|desc|LAST}");
  EXPECT_EQ(outline("SELECT a FROM t ORDER BY lower(b || ','), CASE a WHEN 1 THEN 2 ELSE 3 END"),
            "select <a> {lower(b || ',')} {CASE a WHEN 1 THEN 2 ELSE 3 END}");
}

TEST(SelectShape, OnlyTheOutermostStatementCounts) {
  EXPECT_EQ(outline("SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 2)"), "select <a>");
  EXPECT_EQ(outline("SELECT a FROM t WHERE b = (SELECT b FROM u ORDER BY c LIMIT 1)"),
            "select <a>");
  EXPECT_EQ(outline("WITH x AS (SELECT 1 ORDER BY 1) SELECT * FROM x"), "select <*|star>");
  EXPECT_EQ(outline("WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x LIMIT 9), "
                    "y AS MATERIALIZED (SELECT 2) SELECT n, y.* FROM x, y ORDER BY n"),
            "select <n> <y.*|star> {n}");
  EXPECT_EQ(outline("SELECT (SELECT max(b) FROM u GROUP BY c ORDER BY 1 LIMIT 1) m FROM t"),
            "select <(SELECT max(b) FROM u GROUP BY c ORDER BY 1 LIMIT 1)|as m>");
  EXPECT_EQ(outline("SELECT rank() OVER (PARTITION BY b ORDER BY a) FROM t"),
            "select <rank() OVER (PARTITION BY b ORDER BY a)>");
  EXPECT_EQ(outline("SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY b) ORDER BY a"),
            "select <sum(a) OVER w> {a}");
  EXPECT_EQ(outline("SELECT group_concat(a, ',' ORDER BY a) FROM t"),
            "select <group_concat(a, ',' ORDER BY a)>");
}

TEST(SelectShape, StringsNamesAndCommentsHideNothing) {
  EXPECT_EQ(outline("SELECT 'order by' FROM t"), "select <'order by'>");
  EXPECT_EQ(outline("SELECT \"order by\" FROM t -- order by a"), "select <\"order by\">");
  EXPECT_EQ(outline("SELECT a /* order by a */ FROM t"), "select <a>");
  EXPECT_EQ(outline("SELECT [order by x] FROM t"), "select <[order by x]>");
  EXPECT_EQ(outline("SELECT 'it''s' || ' order by ' FROM t"), "select <'it''s' || ' order by '>");
  EXPECT_EQ(outline("SELECT `a``, b` FROM t /* never closed ORDER BY a"), "select <`a``, b`>");
  EXPECT_EQ(outline("SELECT 'never closed ORDER BY a"), "select <'never closed ORDER BY a>");
  EXPECT_EQ(outline("SELECT a FROM t ORDER--x\nBY/* y */a--z"), "select <a> {a}");
  EXPECT_EQ(outline("SELECT x'00', 1.5e-3, .5, 0x1F FROM t"),
            "select <x'00'> <1.5e-3> <.5> <0x1F>");
  EXPECT_EQ(outline("SELECT a FROM \"limit\" WHERE \"order\" = 'by' LIMIT 1"),
            "select <a> limit 1");
}

TEST(SelectShape, Compounds) {
  EXPECT_EQ(outline("SELECT a FROM t UNION SELECT b FROM u ORDER BY 1 LIMIT 2"),
            "select compound <a> {1} limit 2");
  EXPECT_EQ(outline("SELECT a FROM t EXCEPT SELECT b FROM u"), "select compound <a>");
  EXPECT_EQ(outline("SELECT a FROM t WHERE a IN (SELECT 1 UNION SELECT 2)"), "select <a>");
  EXPECT_EQ(outline("SELECT a UNION ALL SELECT b FROM t GROUP BY b"), "select compound <a>");
}

TEST(SelectShape, Aliases) {
  EXPECT_EQ(outline("SELECT count(*) AS n, max(a) m, T1.b nm, t.c FROM t AS T1"),
            "select <count(*)|as n> <max(a)|as m> <T1.b|as nm> <t.c>");
  EXPECT_EQ(outline("SELECT a IS NULL, b NOTNULL, c COLLATE NOCASE, -d, CASE WHEN e THEN 1 END"),
            "select <a IS NULL> <b NOTNULL> <c COLLATE NOCASE> <-d> <CASE WHEN e THEN 1 END>");
  EXPECT_EQ(outline("SELECT CASE a WHEN 1 THEN 'x' END kind, a LIKE 'b' AS \"My Name\""),
            "select <CASE a WHEN 1 THEN 'x' END|as kind> <a LIKE 'b'|as My Name>");
  EXPECT_EQ(outline("SELECT a 'quoted', b [br ack], c = d, e || f, NOT g, h AND i"),
            "select <a|as quoted> <b|as br ack> <c = d> <e || f> <NOT g> <h AND i>");
  EXPECT_EQ(outline("SELECT a IS DISTINCT FROM b, c IS NOT DISTINCT FROM d FROM t"),
            "select <a IS DISTINCT FROM b> <c IS NOT DISTINCT FROM d>");
  EXPECT_EQ(outline("SELECT (a) b, 1 c, 'd' e, max(f) OVER (ORDER BY f) g"),
            "select <(a)|as b> <1|as c> <'d'|as e> <max(f) OVER (ORDER BY f)|as g>");
}

TEST(SelectShape, WhereMoreColumnsGo) {
  for (const auto& [sql, expected] : std::vector<std::pair<std::string, std::string>>{
           {"SELECT a FROM t", "SELECT a, k FROM t"},
           {"SELECT a", "SELECT a, k"},
           {"SELECT a /* c */ FROM t", "SELECT a, k /* c */ FROM t"},
           {"WITH x AS (SELECT 1) SELECT max(b) m FROM x GROUP BY b",
            "WITH x AS (SELECT 1) SELECT max(b) m, k FROM x GROUP BY b"}}) {
    std::string extended = sql;
    extended.insert(read_select_shape(sql).items_end, ", k");
    EXPECT_EQ(extended, expected);
  }
  const std::string sql = "SELECT a FROM t WHERE a > 1 ORDER BY a LIMIT 1";
  EXPECT_EQ(sql.substr(0, read_select_shape(sql).body_end), "SELECT a FROM t WHERE a > 1 ");
}

TEST(SelectShape, AnyBytesAreRead) {
  const std::string pieces[] = {"select", "(",    ")",  "'",  "\"",    "[",  "]",
                                "`",      "--",   "/*", "*/", "order", "by", "limit",
                                ",",      "\xff", "\n", "1e", "x'",    ".",  "from"};
  std::uint64_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    std::string sql;
    for (int j = 0; j < 8; ++j) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      sql += pieces[(state >> 33) % std::size(pieces)] + (j % 3 == 0 ? " " : "");
    }
    const SelectShape shape = read_select_shape(sql);
    EXPECT_LE(shape.body_end, sql.size());
    EXPECT_LE(shape.items_end, sql.size());
    for (const SqlToken& token : sql_tokens(sql)) EXPECT_LT(token.begin, token.end);
  }
}

TEST(SelectShape, SameTokens) {
  EXPECT_TRUE(same_tokens("Count( * )", "count(*)"));
  EXPECT_TRUE(same_tokens("\"Name\"", "name"));
  EXPECT_FALSE(same_tokens("'Name'", "'name'"));
  EXPECT_FALSE(same_tokens("a + b", "a + b + c"));
}

TEST(SelectShape, FunctionsCalled) {
  EXPECT_EQ(join(functions_called("SELECT Sum(a), count (*) FROM t WHERE b IN (1) AND 'avg(x)' = "
                                  "(SELECT max(c) FROM u) -- min(d)"),
                 " "),
            "sum count max");
}

}  // namespace
}  // namespace sqlenv
