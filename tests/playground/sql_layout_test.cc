#include "app/playground/sql_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/sql/sql_tokens.h"
#include "tests/core/test_packs.h"

namespace sqlenv::ui {
namespace {

// The tokens but white space, each on a line.
std::string meaning_of(std::string_view sql) {
  std::string out;
  for (const SqlToken& token : all_sql_tokens(sql))
    if (token.kind != TokenKind::kSpace) out += std::string(token.in(sql)) + "\n";
  return out;
}

TEST(SqlLayout, KeepsTheMeaningOfAnyBytes) {
  Random random(7);
  const std::string alphabet = "ab1 '\"`[]-/*\n(),.;\xc3\xa9_$";
  for (int round = 0; round < 2000; ++round) {
    std::string sql;
    for (std::uint64_t i = random.below(24); i > 0; --i)
      sql += alphabet[random.below(alphabet.size())];
    SCOPED_TRACE(sql);
    EXPECT_EQ(meaning_of(laid_out_sql(sql, 10)), meaning_of(sql));
  }
}

TEST(SqlLayout, EachClauseBeginsALine) {
  EXPECT_EQ(laid_out_sql("SELECT a, b FROM t LEFT JOIN u ON t.x = u.x WHERE a IN (SELECT b FROM v) "
                         "ORDER BY a LIMIT 3",
                         80),
            "SELECT a, b\nFROM t\nLEFT JOIN u ON t.x = u.x\nWHERE a IN (SELECT b FROM v)\n"
            "ORDER BY a\nLIMIT 3");
}

TEST(SqlLayout, LongLinesBreakAtBlanksAndKeepTheirMeaning) {
  const auto catalog = test::starter_catalog();
  for (const Question& question : catalog->packs().front().questions) {
    SCOPED_TRACE(question.id);
    const std::string lines = laid_out_sql(question.gold_sql, 40);
    EXPECT_EQ(meaning_of(lines), meaning_of(question.gold_sql));
    std::size_t begin = 0;
    for (std::size_t end; begin < lines.size(); begin = end + 1) {
      end = std::min(lines.find('\n', begin), lines.size());
      const std::string line = lines.substr(begin, end - begin);
      // Nothing may break a text, however many blanks are in it.
      const std::string outside = std::regex_replace(line, std::regex("'[^']*'"), "''");
      const bool one_word = trim(outside).find(' ') == std::string_view::npos;
      EXPECT_TRUE(line.size() <= 40 || one_word) << line;
    }
  }
}

TEST(SqlLayout, BrokenTextKeepsCharactersWhole) {
  EXPECT_EQ(broken_text("abcdefg", 3), "abc\ndef\ng");
  EXPECT_EQ(broken_text("ab\ncdef", 3), "ab\ncde\nf");
  EXPECT_EQ(broken_text("äöüß", 2), "äö\nüß");
}

TEST(SoftWrapped, BreaksAtTheLastBlankThatFits) {
  EXPECT_EQ(soft_wrapped("SELECT a FROM b", 8), "SELECT a\vFROM b");
  EXPECT_EQ(soft_wrapped("SELECT a FROM b", 7), "SELECT\va FROM\vb");
  EXPECT_EQ(soft_wrapped("SELECT a\nFROM b", 8), "SELECT a\nFROM b");
  EXPECT_EQ(soft_wrapped("été été", 3), "été\vété") << "characters count, not bytes";
  EXPECT_EQ(soft_wrapped("unbreakable_name x", 4), "unbreakable_name\vx");
  EXPECT_EQ(soft_wrapped("a\vb c", 20), "a b c") << "an earlier break goes";
  EXPECT_EQ(soft_wrapped("", 4), "");
}

TEST(SoftWrapped, MovesNothingAndNoLineIsTooLong) {
  Random random(5);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 80; ++i) text += "ab \n"[random.below(4) % (random.below(9) == 0 ? 4 : 3)];
    const std::size_t columns = 6 + random.below(20);
    const std::string lines = soft_wrapped(text, columns);
    EXPECT_EQ(without_soft_breaks(lines), text);
    std::size_t begin = 0;
    while (begin < lines.size()) {
      const std::size_t end = std::min(lines.find_first_of("\n\v", begin), lines.size());
      const std::string line = lines.substr(begin, end - begin);
      EXPECT_TRUE(line.size() <= columns || line.find(' ') == std::string::npos) << line;
      begin = end + 1;
    }
  }
}

}  // namespace
}  // namespace sqlenv::ui
