#include "core/sql/sql_tokens.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/sql/select_shape.h"
#include "core/sql/statement_key.h"

namespace sqlenv {
namespace {

// A letter for each token: white space, comment, keyword, function, name, quoted name, string,
// number, symbol.
std::string kinds_of(std::string_view sql) {
  std::string out;
  for (const SqlToken& token : all_sql_tokens(sql)) {
    if (token.kind == TokenKind::kSpace) continue;
    out += (out.empty() ? "" : " ") + std::string(1, "?CKFNQS#."[static_cast<int>(token.kind)]);
  }
  return out;
}

void expect_covered(std::string_view sql) {
  std::size_t at = 0;
  for (const SqlToken& token : all_sql_tokens(sql)) {
    EXPECT_EQ(token.begin, at);
    EXPECT_GT(token.end, token.begin);
    at = token.end;
  }
  EXPECT_EQ(at, sql.size());
}

TEST(SqlTokens, HaveKinds) {
  EXPECT_EQ(kinds_of("SELECT name FROM t"), "K N K N");
  EXPECT_EQ(kinds_of("select Count(*), max (x)"), "K F . . . . F . N .");
  EXPECT_EQ(kinds_of("'it''s' \"a\"\"b\" `c` [d e]"), "S Q Q Q");
  EXPECT_EQ(kinds_of("1 2.5 .5 1e3 0x1F 1_000 x'ff' X''"), "# # # # # # S S");
  EXPECT_EQ(kinds_of("a -- b\nc /* d */ e"), "N C N C N");
  EXPECT_EQ(kinds_of("a - -b ->> c >= d <> ?1 || :e"), "N . . N . N . N . . . .");
  EXPECT_EQ(kinds_of("x xyz _a $ größe"), "N N N . N");
  EXPECT_EQ(kinds_of("TRUE or false"), "K K K");
}

TEST(SqlTokens, NeighboursDecideWhetherAKeywordIsAName) {
  EXPECT_EQ(kinds_of("t.key, plan.id, key"), "N . N . N . N . K");
  EXPECT_EQ(kinds_of("replace(a, b, c)"), "F . N . N . N .");
  EXPECT_EQ(kinds_of("a IN (1) AND (b)"), "N K . # . K . N .");
  EXPECT_EQ(kinds_of("REPLACE INTO t"), "K K N");
  EXPECT_EQ(kinds_of("a AS key, b AS MATERIALIZED ("), "N K N . N K K .");
}

TEST(SqlTokens, BytesThatSqlDoesNotKnow) {
  EXPECT_EQ(kinds_of(std::string_view("a\0b 'c\0d'", 9)), "N . N S");
  EXPECT_EQ(kinds_of("a \v b\vc"), "N N . N") << "a vertical tab is white space after white space";
  EXPECT_EQ(kinds_of("1abc x'0g' !"), "# S .");
  EXPECT_EQ(kinds_of("\xff\xc3 \xef\xbb\xbf"), "N");
}

TEST(SqlTokens, OpenEndsReachToTheEnd) {
  for (const char* sql : {"'open", "\"open", "[open", "`open", "/* open", "/*", "x'0", "'it''"}) {
    SCOPED_TRACE(sql);
    expect_covered(sql);
    ASSERT_EQ(all_sql_tokens(sql).size(), 1u);
    EXPECT_TRUE(all_sql_tokens(sql).front().open);
  }
  for (const char* sql : {"'a'", "\"a\"", "[a]", "/**/", "-- a", "x'0g'", "1abc", "!", "x''"}) {
    SCOPED_TRACE(sql);
    for (const SqlToken& token : all_sql_tokens(sql)) EXPECT_FALSE(token.open);
  }
}

TEST(SqlTokens, CoverAnyBytes) {
  Random random(7);
  constexpr char kAlphabet[] = "ab1x '\"`[]-/*\n(),.;\xc3\xa9\xef\xbb\xbf_$:#\v";  // and its NUL
  for (int round = 0; round < 20'000; ++round) {
    std::string sql;
    for (std::uint64_t i = random.below(24); i > 0; --i)
      sql += kAlphabet[random.below(sizeof kAlphabet)];
    SCOPED_TRACE(sql);
    expect_covered(sql);
  }
}

TEST(SqlTokens, CountParentheses) {
  std::string depths;
  for (const SqlToken& token : sql_tokens("a (b, (c)) /* ( */ '(' d) e"))
    depths += std::to_string(token.depth);
  EXPECT_EQ(depths, "0011121000-1-1");
}

TEST(SqlTokens, Unquoted) {
  EXPECT_EQ(unquoted("\"a\"\"b\""), "a\"b");
  EXPECT_EQ(unquoted("`a``b`"), "a`b");
  EXPECT_EQ(unquoted("[a]"), "a");
  EXPECT_EQ(unquoted("'it''s'"), "it's");
  EXPECT_EQ(unquoted("\"open"), "open");
  EXPECT_EQ(unquoted("plain"), "plain");
  EXPECT_EQ(unquoted(""), "");
}

TEST(SqlTokens, KnowTheWordsOfClauses) {
  for (const char* word : {"select", "DISTINCT", "from", "Window", "nulls", "first", "collate"})
    EXPECT_TRUE(is_sql_keyword(word)) << word;
  for (const char* word : {"", "name", "selects", "rowid", "count"})
    EXPECT_FALSE(is_sql_keyword(word)) << word;
}

TEST(StatementKey, IsOneForEqualTokens) {
  const std::string key = statement_key("SELECT a FROM t WHERE b >= 0X1f");
  EXPECT_EQ(key, statement_key("select A\n  from T /* c */ where B>=0x1F ; -- end\n;"));
  EXPECT_EQ(statement_key("x'00'||'A'"), statement_key("x'00' || 'A'"));
  EXPECT_EQ(statement_key(" ;; "), "");
}

TEST(StatementKey, DiffersWhereTokensDiffer) {
  EXPECT_NE(statement_key("SELECT 'a'"), statement_key("SELECT 'A'"));
  EXPECT_NE(statement_key("SELECT \"a\""), statement_key("SELECT a"));
  EXPECT_NE(statement_key("a > = b"), statement_key("a >= b"));
  EXPECT_NE(statement_key("a - - b"), statement_key("a --b"));
  EXPECT_NE(statement_key("ab"), statement_key("a b"));
  EXPECT_NE(statement_key("SELECT 1; SELECT 2"), statement_key("SELECT 1"));
}

}  // namespace
}  // namespace sqlenv
