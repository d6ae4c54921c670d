#include "core/verify/verdict.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/verify/answer.h"
#include "core/verify/answer_number.h"
#include "core/verify/answer_text.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

using Rows = std::vector<std::vector<Value>>;

Gold gold_of(std::vector<std::string> columns, Rows rows, bool ordered = false) {
  return {{std::move(columns), std::move(rows)}, ordered, ordered};
}

std::string judge(const Gold& gold, std::string_view answer) {
  const Verdict verdict = verify(gold, answer);
  EXPECT_EQ(verdict.correct, verdict.reason == Reason::kMatch);
  return std::string(reason_name(verdict.reason));
}

std::string text(const char* s) { return s; }

TEST(Verdict, Integer) {
  const Gold gold = gold_of({"n"}, {{std::int64_t{1234}}});
  for (const char* right : {"1234", " 1234 ", "1,234", "1234.0", "\"1234\"", "[1234]", "[[1234]]",
                            "Answer: 1234", "answer:1234", "```\n1234\n```", "$1,234", "1234%"})
    EXPECT_EQ(judge(gold, right), "MATCH") << right;
  for (const char* wrong : {"1235", "1234.4", "12,34", "1234 rows", "NULL", "-1234", "(1234)"})
    EXPECT_EQ(judge(gold, wrong), "VALUE") << wrong;
  EXPECT_EQ(judge(gold, "[1234, 1234]"), "DUPLICATES");
  EXPECT_EQ(judge(gold, "[1, 2]"), "ROW_COUNT");
  EXPECT_EQ(judge(gold, "  "), "EMPTY");
  EXPECT_EQ(judge(gold, "[1234"), "PARSE");
}

TEST(Verdict, IntegersBeyondDoublesAreExact) {
  const Gold gold = gold_of({"n"}, {{std::int64_t{9007199254740993}}});
  EXPECT_EQ(judge(gold, "9007199254740993"), "MATCH");
  EXPECT_EQ(judge(gold, "[9007199254740993]"), "MATCH");
  EXPECT_EQ(judge(gold, "[9007199254740992]"), "VALUE");
}

TEST(Verdict, NegativeInBrackets) {
  const Gold gold = gold_of({"n"}, {{std::int64_t{-40}}});
  EXPECT_EQ(judge(gold, "(40)"), "MATCH");
  EXPECT_EQ(judge(gold, "(-40,)"), "MATCH");
  EXPECT_EQ(judge(gold, "-40"), "MATCH");
  EXPECT_EQ(parse_number("(1,000)"), -1000.0);
}

TEST(Verdict, RealsWithTolerance) {
  const Gold gold = gold_of({"x"}, {{0.1 + 0.2}});
  EXPECT_EQ(judge(gold, "0.3"), "MATCH");
  EXPECT_EQ(judge(gold, "0.3000001"), "MATCH");
  EXPECT_EQ(judge(gold, "0.30001"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{1e6}}), "1000000.5"), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{0.010}}), "0.004"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{3.0}}), "3"), "MATCH");
}

TEST(Verdict, NullIsOnlyNull) {
  const Gold gold = gold_of({"x"}, {{Null{}}});
  EXPECT_EQ(judge(gold, "NULL"), "MATCH");
  EXPECT_EQ(judge(gold, "None"), "MATCH");
  EXPECT_EQ(judge(gold, "[null]"), "MATCH");
  EXPECT_EQ(judge(gold, "0"), "VALUE");
  EXPECT_EQ(judge(gold, "[\"\"]"), "VALUE");
  EXPECT_EQ(judge(gold, "[\"NULL\"]"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{std::int64_t{0}}}), "NULL"), "VALUE");
}

TEST(Verdict, TextIsTrimmedNotFoldedInCase) {
  const Gold gold = gold_of({"x"}, {{text(" New  York ")}});
  EXPECT_EQ(judge(gold, "New York"), "MATCH");
  EXPECT_EQ(judge(gold, "\"New York\""), "MATCH");
  EXPECT_EQ(judge(gold, "new york"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("Zoë 日本")}}), "Zo\\u00eb"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("Zoë 日本")}}), "[\"Zo\\u00eb 日本\"]"), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("🙂")}}), "[\"\\ud83d\\ude42\"]"), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("42")}}), "42"), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("42")}}), "[42]"), "VALUE");
}

TEST(Verdict, ListsAreBagsUnlessOrdered) {
  const Rows rows = {{text("a")}, {text("b")}, {text("b")}};
  const Gold bag = gold_of({"x"}, rows);
  for (const char* right : {"[\"b\", \"a\", \"b\"]", "b\na\nb", "b, a, b", "b | b | a",
                            "['a', 'b', 'b']", "[['b'], ['b'], ['a']]", "x\na\nb\nb"})
    EXPECT_EQ(judge(bag, right), "MATCH") << right;
  EXPECT_EQ(judge(bag, "a, b"), "DUPLICATES");
  EXPECT_EQ(judge(bag, "a, a, b"), "VALUE");
  EXPECT_EQ(judge(bag, "a, b, b, c"), "ROW_COUNT");
  const Gold ordered = gold_of({"x"}, rows, true);
  EXPECT_EQ(judge(ordered, "a, b, b"), "MATCH");
  EXPECT_EQ(judge(ordered, "b, a, b"), "ORDER");
}

TEST(Verdict, TablesTakeAnyColumnOrder) {
  const Gold gold =
      gold_of({"name", "n"}, {{text("a"), std::int64_t{1}}, {text("b"), std::int64_t{2}}});
  for (const char* right :
       {"[[\"a\", 1], [\"b\", 2]]", "[[2, \"b\"], [1, \"a\"]]", "a | 1\nb | 2", "a,1\nb,2",
        "name | n\na | 1\nb | 2", "[('a', 1), ('b', 2)]", "1\ta\n2\tb"})
    EXPECT_EQ(judge(gold, right), "MATCH") << right;
  // Cells must stay in their rows; other comparers accept this pairing.
  EXPECT_EQ(judge(gold, "[[\"a\", 2], [\"b\", 1]]"), "VALUE");
  EXPECT_EQ(judge(gold, "[[\"a\"], [\"b\"]]"), "COLUMN_COUNT");
  EXPECT_EQ(judge(gold, "[[\"a\", 1]]"), "ROW_COUNT");
  EXPECT_EQ(judge(gold, "[[\"a\", 1], 2]"), "PARSE");
}

TEST(Verdict, OneColumnCannotStandForTwo) {
  const Gold gold = gold_of({"x", "y"}, {{std::int64_t{1}, std::int64_t{1}}});
  EXPECT_EQ(judge(gold, "[[1]]"), "COLUMN_COUNT");
  EXPECT_EQ(judge(gold, "1 | 1"), "MATCH");
  EXPECT_EQ(judge(gold, "[1, 1]"), "MATCH");
}

TEST(Verdict, EmptyGold) {
  const Gold gold = gold_of({"x"}, {});
  EXPECT_EQ(judge(gold, "[]"), "MATCH");
  EXPECT_EQ(judge(gold, "[1]"), "ROW_COUNT");
}

TEST(Verdict, CsvQuotesProtectCommas) {
  const Gold gold =
      gold_of({"x", "y"}, {{text("a, b"), text("say \"hi\"")}, {text("c"), text("d")}});
  EXPECT_EQ(judge(gold, "\"a, b\",\"say \"\"hi\"\"\"\nc,d"), "MATCH");
}

TEST(Verdict, ManyAlikeColumnsAreUndecidedNotSlow) {
  std::vector<std::string> columns;
  std::vector<Value> zeros;
  for (int i = 0; i < 12; ++i) columns.push_back("c"), zeros.push_back(std::int64_t{i % 2});
  std::vector<Value> mixed = zeros;
  std::swap(mixed[0], mixed[1]);
  const Gold gold = gold_of(columns, {zeros, mixed, zeros});
  std::string answer = "[";
  for (int r = 0; r < 3; ++r) {
    answer += r == 0 ? "[" : ",[";
    for (int i = 0; i < 12; ++i) answer += (i == 0 ? "" : ",") + std::to_string((i + r) % 2);
    answer += "]";
  }
  const std::string reason = judge(gold, answer + "]");
  EXPECT_TRUE(reason == "UNDECIDED" || reason == "VALUE") << reason;
}

TEST(Answer, Numbers) {
  EXPECT_EQ(parse_number("1,234.5"), 1234.5);
  EXPECT_EQ(parse_number("€ 3"), 3.0);
  EXPECT_EQ(parse_number("12 %"), 12.0);
  EXPECT_EQ(parse_number("1e3"), 1000.0);
  for (const char* bad : {"", "abc", "1,23", "1.2.3", "e", "--1", ".", "nan", "0x10", "$"})
    EXPECT_EQ(parse_number(bad), std::nullopt) << bad;
}

TEST(Answer, TextOfATableIsReadBackExactly) {
  const Rows cells = {{Null{}},
                      {std::int64_t{-9223372036854775807 - 1}},
                      {std::int64_t{9007199254740993}},
                      {0.1 + 0.2},
                      {3.0},
                      {-0.0},
                      {5e-324},
                      {1.7976931348623157e308},
                      {-std::numeric_limits<double>::infinity()},
                      {text("")},
                      {text("say \"hi\"\\\n\t|,[x]\x01 Zoë 🙂")},
                      {text("null")},
                      {text("42")},
                      {Blob{std::string("\0\xff'", 3)}},
                      {Blob{}}};
  const auto read_back = [](const ResultTable& table) {
    const std::string answer = answer_text(table);
    AnswerReader reader(answer, table.rows.size(), table.columns);
    AnswerReading last;
    while (std::optional<AnswerReading> reading = reader.next()) last = *reading;
    Rows rows;
    for (const auto& row : last.rows) {
      rows.emplace_back();
      for (const AnswerCell& cell : row) rows.back().push_back(cell.literal.value_or(cell.text));
    }
    return rows;
  };
  ResultTable wide{std::vector<std::string>(cells.size(), "c"), {{}, {}}};
  for (const auto& cell : cells) {
    const Gold gold = gold_of({"x"}, {cell});
    EXPECT_EQ(judge(gold, answer_text(gold.table)), "MATCH") << answer_text(gold.table);
    for (auto& row : wide.rows) row.push_back(cell.front());
  }
  EXPECT_EQ(read_back({{"x"}, cells}), cells);
  EXPECT_EQ(read_back(wide), wide.rows);
  EXPECT_EQ(answer_text({{"x"}, {}}), "[]");
  EXPECT_EQ(answer_text({{"x"}, {{0.5}}}), "0.5");
  EXPECT_EQ(answer_text({{"x"}, {{3.0}, {text("a")}}}), "[3.0, \"a\"]");
  EXPECT_EQ(answer_text({{"x", "y"}, {{Null{}, text("é")}}}), "[[null, \"é\"]]");
}

TEST(Answer, NothingCrashesTheParser) {
  const std::string hostile[] = {std::string(100'000, '['),
                                 std::string(100'000, '('),
                                 "[\"",
                                 "[\"\\",
                                 "[\"\\u12",
                                 "[\"\\ud800\\u",
                                 "```",
                                 "``````",
                                 "|||",
                                 ",,,,",
                                 "\"",
                                 "'",
                                 "[,]",
                                 "[1,,2]",
                                 "\xff\xfe",
                                 "Answer:",
                                 "[[[[1]]]]",
                                 "[1e999]",
                                 "[" + std::string(400, '9') + "]"};
  for (const std::string& answer : hostile)
    for (const std::vector<std::string>& columns : {std::vector<std::string>{"x"}, {"x", "y"}})
      for (const std::size_t rows : {0, 1, 3}) {
        AnswerReader reader(answer, rows, columns);
        while (reader.next()) {
        }
      }
  const Gold gold = gold_of({"x"}, {{std::int64_t{1}}});
  for (const std::string& answer : hostile) EXPECT_FALSE(verify(gold, answer).correct);
}

}  // namespace
}  // namespace sqlenv
