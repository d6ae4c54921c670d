// Answers as agents write them: a table of single cases, and random tables in every shape.
#include "core/verify/answer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/base/random.h"
#include "core/verify/verdict.h"
#include "tests/core/verify/answer_shapes.h"

namespace sqlenv {
namespace {

constexpr VerifierMode kRowModes[] = {VerifierMode::kStrict, VerifierMode::kSpider,
                                      VerifierMode::kBird};

Value whole(std::int64_t value) { return value; }
Value text(const char* value) { return std::string(value); }

struct Table {
  std::vector<std::string> columns;
  std::vector<Row> rows;
};

// The modes that compare rows; mode `sqlenv` has its own notation for tables.
void expect_in_row_modes(const Table& table, const std::string& answer, bool right) {
  const Gold gold{{table.columns, table.rows}};
  for (const VerifierMode mode : kRowModes) {
    const Verdict verdict = verify(gold, answer, mode);
    EXPECT_EQ(verdict.correct, right)
        << answer << "\nmode " << static_cast<int>(mode) << ": " << verdict.detail;
  }
}

void expect_right(const Table& table, const std::vector<std::string>& answers) {
  for (const std::string& answer : answers) expect_in_row_modes(table, answer, true);
}

void expect_wrong(const Table& table, const std::vector<std::string>& answers) {
  for (const std::string& answer : answers) expect_in_row_modes(table, answer, false);
}

const Table kSeven = {{"n"}, {{whole(7)}}};
const Table kTwo = {{"n"}, {{whole(5)}, {whole(6)}}};
const Table kName = {{"name"}, {{text("Rex")}}};
const Table kPets = {{"name", "age"}, {{text("Rex"), whole(3)}, {text("Mia"), whole(4)}}};

TEST(Answers, TextThatLooksDecoratedIsComparedAsItStands) {
  for (const char* value : {"Answer: yes", "\"quoted\"",  "'quoted'",
                            "`code`",      "**bold**",    "name",
                            "[1, 2]",      "(40)",        "[\"a\", \"b\"]",
                            "{\"a\": 1}",  "```\nx\n```", "```x```",
                            "n\n7",        "(2 rows)",    "2 rows",
                            "Empty set",   "null",        "None",
                            "007",         "1,234",       "$5",
                            "a | b",       "a, b",        "| a |",
                            "---",         "-",           "\"",
                            "'",           "`",           "\\n",
                            "\\|",         "SQL: x",      "a\tb",
                            "[",           "x'00'",       "+---+",
                            "┌─┐"}) {
    const Gold gold{{{"name"}, {{text(value)}}}};
    for (const std::string& name : verifier_names())
      EXPECT_TRUE(verify(gold, value, *verifier_mode(name)).correct) << value << " in " << name;
    EXPECT_FALSE(verify(gold, std::string("not ") + value).correct);
  }
}

TEST(Answers, LayersAroundAValueAreTakenOff) {
  expect_right(kName, {"Rex", " Rex\n", "Answer: Rex", "FINAL ANSWER: Rex", "`Rex`", "\"Rex\"",
                       "'Rex'", "**Rex**", "**Answer:** Rex", "**Answer**: Rex", "**Answer: Rex**",
                       "```\nRex\n```", "```text\nRex\n```", "```Rex```", "```\nRex", "[\"Rex\"]",
                       "Answer: `Rex`", "Answer: \"Rex\"", "Answer: ```\n\"Rex\"\n```"});
  expect_wrong(kName, {"rex", "Answer: rex", "Answer Rex", "The answer: Rex", "Rex.", "SQL: Rex",
                       "\"Rex", "Rex\"", "*Rex*", "Rex Rex", "Rex\nMia", "not Rex", "``", "[]",
                       "```\nRex\n```\nMia", "Answer: Rex\nAnswer: Mia", "Answer:", "****"});
}

TEST(Answers, AHeaderAboveAValue) {
  expect_right(kSeven, {"n\n7", "N\n7", "n\n---\n7", "| n |\n|---|\n| 7 |", "n\n7\n(1 row)",
                        "total\n7\n(1 row)", " n \n---\n 7\n(1 row)\n", "\"n\"\n7",
                        "+---+\n| n |\n+---+\n| 7 |\n+---+\n1 row in set (0.00 sec)",
                        "┌───┐\n│ n │\n├───┤\n│ 7 │\n└───┘", "╭───╮\n│ 7 │\n╰───╯",
                        "count(*)\n--------\n7", "| count(*) |\n|:-:|\n| 7 |", "Answer:\nn\n7",
                        "```\nn\n7\n```", "[\"n\", 7]", "[[\"n\"], [7]]"});
  expect_wrong(kSeven, {"yes", "m\n7", "n\n8", "7\nn", "n", "n\n", "n\n7\n8", "n n\n7", "6\n7",
                        "n\n7\n(2 rows)", "n\n7\n(0 rows)", "8\n7\n(2 rows)", "7\n8\n(1 row)",
                        "| 7 |\n|---|\n| 8 |", "n: 7", "n = 7", "7\n-\n8"});
  const Table same = {{"n"}, {{text("n")}}};
  expect_right(same, {"n", "n\nn", "| n |\n|---|\n| n |", "[\"n\"]", "n\nn\n(1 row)"});
  expect_wrong(same, {"m", "n\nm", "[]", "n\n(0 rows)"});
  const Table lines = {{"body"}, {{text("one\ntwo")}}};
  expect_right(lines, {"one\ntwo", "body\none\ntwo", "one\\ntwo", "\"one\\ntwo\"",
                       "body\none\\ntwo\n(1 row)", "| body |\n|---|\n| one\\ntwo |"});
  expect_wrong(lines, {"one", "one\nthree", "body\none\nthree", "two\none"});
}

TEST(Answers, AValueThatEqualsItsColumnsName) {
  expect_right({{"name"}, {{text("name")}, {text("age")}}},
               {"[[\"name\"], [\"age\"]]", "name\nage", "name, age", "name\nname\nage",
                "name\nage\n(2 rows)", "x\nname\nage\n(2 rows)"});
  expect_wrong({{"name"}, {{text("name")}, {text("age")}}},
               {"age", "name", "age\nage", "[]", "name\nage\n(1 row)", "name\nage\n(3 rows)"});
  expect_wrong({{"name"}, {{text("age")}}}, {"name\nage\n(2 rows)", "name", "age\nname"});
  const Table row = {{"type", "t2"}, {{text("type"), text("t2")}}};
  expect_right(row, {"type | t2", "[\"type\", \"t2\"]", "type,t2\ntype,t2", "type | t2\n(1 row)"});
  expect_wrong(row, {"[]", "type", "type | t2\n(0 rows)", "type | t3"});
  // As policies answer.
  const std::vector<ResultTable> tables = {
      {{"type"}, {{text("type")}}},
      {{"type"}, {{text("type")}, {text("t2")}}},
      {{"type", "t2"}, {{text("type"), text("type")}}},
      {{"type", "t2"}, {{text("type"), text("t2")}, {text("type"), text("t2")}}}};
  for (const ResultTable& table : tables)
    for (const std::string& name : verifier_names())
      EXPECT_TRUE(verify(Gold{table}, answer_text(table), *verifier_mode(name)).correct) << name;
}

TEST(Answers, LinesAndTheirCount) {
  expect_right(kTwo, {"5\n6", "n\n5\n6", "n\n5\n6\n(2 rows)", "5\n6\n(2 rows)", "5\n6\n2 rows",
                      "v\n5\n6\n(2 rows)", "n\n5\n6\n2 rows in set (0.01 sec)", "5, 6", "5 | 6",
                      " n \n---\n 5\n 6\n(2 rows)", "n\r\n5\r\n6\r\n", "\"5\"\n\"6\"", "`5`\n`6`",
                      "[5]\n[6]", "(5,)\n(6,)", "[5, 6]", "[[5], [6]]", "(5, 6)"});
  expect_wrong(kTwo, {"5", "5\n6\n7", "5\n6\n(3 rows)", "5\n6\n(1 row)", "n\n5\n6\n(3 rows)",
                      "n\n5\n6\n(1 row)", "5\n7\n(2 rows)", "5\n(2 rows)", "(2 rows)", "[]",
                      "n\n5\n6\n(20 of 35 rows shown)", "5\n6\n(2 rows", "5\n6\n2 rows more",
                      "n | m\n5 | 6", "5 6", "-5\n-6", "5\n-\n6", "{5, 6}"});
  const Table none = {{"n"}, {}};
  expect_right(none, {"[]", "(0 rows)", "n\n(0 rows)", "n\n---\n(0 rows)", "Empty set (0.00 sec)",
                      "0 rows"});
  expect_wrong(none, {"n", "0", "5", "NULL", "none", "(1 row)", "5\n(1 row)", "[[]]", "[null]"});
}

TEST(Answers, Objects) {
  expect_right(kTwo,
               {"[{\"n\": 5}, {\"n\": 6}]", "{\"n\": 5}\n{\"n\": 6}", "[{'n': 5}, {'n': 6}]",
                "[{\"total\": 6}, {\"total\": 5}]", "```json\n[{\"n\": 5},\n {\"n\": 6}]\n```"});
  expect_wrong(kTwo, {"[{\"n\": 5}, {\"m\": 6}]", "[{\"n\": 5}, 6]", "[{\"n\": 5}]", "{\"n\": 5}",
                      "[{\"n\": 5}, {\"n\": 6, \"m\": 6}]", "[{\"n\": \"5\"}, {\"n\": \"6\"}]",
                      "[{\"n\": [5]}, {\"n\": [6]}]", "[{}, {}]", "[{\"5\": \"n\"}, {\"6\": 1}]",
                      "{\"n\": 5, \"n\": 6}", "[{\"n\": 5}, {\"n\": 6}", "{\"5\": 6}"});
  expect_right(kSeven, {"{\"n\": 7}", "[{\"n\": 7}]", "{\"answer\": 7}", "{'n': 7}"});
  expect_wrong(kSeven, {"{\"7\": 8}", "{\"n\": 8}", "{\"n\": null}", "{\"n\"}", "{7}", "{}"});
  expect_right(kPets, {"[{\"name\": \"Rex\", \"age\": 3}, {\"name\": \"Mia\", \"age\": 4}]",
                       "[{\"AGE\": 3, \"NAME\": \"Rex\"}, {\"NAME\": \"Mia\", \"AGE\": 4}]"});
  expect_wrong(kPets, {"[{\"name\": \"Rex\", \"age\": 4}, {\"name\": \"Mia\", \"age\": 3}]",
                       "[{\"age\": \"Rex\", \"name\": 3}, {\"age\": \"Mia\", \"name\": 4}]",
                       "{\"Rex\": 3, \"Mia\": 4}", "[{\"name\": \"Rex\"}, {\"age\": 3}]"});
}

TEST(Answers, NamedColumnsStandByTheirNames) {
  const Table counts = {{"cats", "dogs"}, {{whole(3), whole(4)}}};
  expect_right(counts, {"cats | dogs\n3 | 4", "dogs | cats\n4 | 3", "{\"dogs\": 4, \"cats\": 3}",
                        "dogs,cats\n4,3", "[[\"dogs\", \"cats\"], [4, 3]]", "3 | 4",
                        "| Dogs | Cats |\n|---|---|\n| 4 | 3 |"});
  // Without the names `strict` and `spider` take columns in any order. With them it is a claim.
  expect_wrong(counts, {"cats | dogs\n4 | 3", "dogs | cats\n3 | 4", "{\"dogs\": 3, \"cats\": 4}",
                        "| dogs | cats |\n|---|---|\n| 3 | 4 |", "dogs | birds\n4 | 3"});
  // Two columns of one name claim nothing.
  const Gold twins{{{"name", "name"}, {{text("a"), text("b")}, {text("c"), text("d")}}}};
  EXPECT_TRUE(verify(twins, "name,name\nb,a\nd,c").correct);
}

TEST(Answers, BarsQuotesAndEscapes) {
  const Table bar = {{"name", "n"}, {{text("a|b"), whole(1'000'000)}}};
  expect_right(bar, {"| name | n |\n|---|---|\n| a\\|b | 1000000 |", "\"a|b\",1000000",
                     "a|b,1000000", "a\\|b | 1000000", "\"a|b\" | 1000000", "a|b\t1000000",
                     "name,n\n\"a|b\",1000000", "[\"a|b\", 1000000]"});
  expect_wrong(bar, {"a | b | 1000000", "a|b | 1000000", "a\\\\|b | 1000000", "\"a|c\",1000000",
                     "\"a|b\",1,000,000"});
  const Table quotes = {{"name", "n"}, {{text("\"q\""), whole(1)}, {text("`c`"), whole(2)}}};
  expect_right(quotes, {"\"q\" | 1\n`c` | 2", "\"q\",1\n`c`,2", "\"\"\"q\"\"\",1\n`c`,2",
                        "| name | n |\n|---|---|\n| \"q\" | 1 |\n| `c` | 2 |",
                        "+---+---+\n| a | b |\n+---+---+\n| \"q\" | 1 |\n| `c` | 2 |\n+---+---+"});
  expect_wrong(quotes, {"q | 1\nc | 2", "\"q\",1\n`c`,3", "'\"q\"',2\n`c`,1"});
  expect_right(kPets, {"\"Rex\" | 3\n\"Mia\" | 4", "'Rex', 3\n'Mia', 4", "`Rex` | 3\n`Mia` | 4",
                       "| **Rex** | 3 |\n| **Mia** | 4 |", "\"Rex\",\"3\"\n\"Mia\",\"4\"",
                       "('Rex', 3)\n('Mia', 4)"});
  const Table brackets = {{"low", "high"}, {{text("[0"), text("5]")}}};
  expect_right(brackets, {"[0 | 5]", "[0\t5]", "[\"[0\", \"5]\"]"});
  expect_wrong(brackets, {"0 | 5", "[0 | 6]", "[0, 5]"});
  const Table comma = {{"name", "n"}, {{text("Smith, J"), whole(1)}, {text("O'Neil"), whole(2)}}};
  expect_right(comma, {"\"Smith, J\",1\nO'Neil,2", "Smith, J | 1\nO'Neil | 2",
                       "'Smith, J', 1\nO'Neil, 2", "Smith, J\t1\nO'Neil\t2"});
  expect_wrong(comma, {"Smith, J, 1\nO'Neil, 2", "\"Smith, J,1\nO'Neil\",2"});
  expect_right({{"p", "n"}, {{text("C:\\new"), whole(1)}}},
               {"C:\\new | 1", "\"C:\\new\",1", "[\"C:\\\\new\", 1]"});
}

TEST(Answers, PrintedTables) {
  expect_right(kPets,
               {"name  age\n----  ---\nRex   3\nMia   4", "Rex|3\nMia|4", "name|age\nRex|3\nMia|4",
                " name | age \n------+-----\n Rex  |   3\n Mia  |   4\n(2 rows)\n",
                " pet | years \n-----+-------\n Rex | 3\n Mia | 4",
                "+------+-----+\n| name | age |\n+------+-----+\n| Rex  |   3 |\n| Mia  |   4 |\n"
                "+------+-----+\n2 rows in set (0.00 sec)",
                "┌──────┬─────┐\n│ name │ age │\n├──────┼─────┤\n│ Rex  │ 3   │\n│ Mia  │ 4   "
                "│\n└──────┴─────┘",
                "+------+-----+\n| Rex  |   3 |\n| Mia  |   4 |\n+------+-----+",
                "+===+===+\n| a | b |\n+===+===+\n| Rex | 3 |\n+---+---+\n| Mia | 4 |\n+---+---+",
                "| name | age |\n|:--|--:|\n| Rex | 3 |\n| Mia | 4 |",
                "name | age\n--- | ---\nRex | 3\nMia | 4", "|name|age|\n|-|-|\n|Rex|3|\n|Mia|4|",
                "name | age\nRex | 3\nMia | 4\n(2 rows)", "| Rex | 3 |\n|---|---|\n| Mia | 4 |"});
  expect_wrong(
      kPets, {"name | age\nRex | 3\nMia | 4\n(1 row)", "name | age\nRex | 3\n(2 rows)",
              "| Rex | 3 |\n|---|---|\n| Mia | 5 |", "pet | years\nRex | 3\nMia | 4",
              "Rex | 3\n----+---\nMia | 4", "┌───┬───┐\n│Rex│ 3 │\n├───┼───┤\n│Mia│ 4 │\n└───┴───┘",
              "name  age\n----  ---\nRex   3", "name | age\n--- | ---\nRex | 3\nMia | 5",
              "Rex|3|\nMia|4|", "+---+\n| Rex | 3 |\n| Mia | 4 |\n+---+\n3 rows in set"});
  // A row of dashes is a row.
  expect_right({{"a", "b"}, {{text("x"), text("y")}, {text("-"), text("-")}}},
               {"x | y\n- | -", "| x | y |\n| - | - |", "x,y\n-,-"});
  expect_wrong({{"a", "b"}, {{text("x"), text("y")}}}, {"p | q\n- | -\nx | y"});
}

TEST(Answers, BlanksCountInExactModes) {
  const Gold blanks{{{"code"}, {{text(" AB")}, {text("C ")}}}};
  EXPECT_TRUE(verify(blanks, " AB\nC ", VerifierMode::kSpider).correct);
  EXPECT_FALSE(verify(blanks, "AB\nC", VerifierMode::kSpider).correct);
  EXPECT_TRUE(verify(blanks, "AB\nC").correct);
  const Gold empty{{{"x"}, {{text("a")}, {text("")}, {text("b")}}}};
  EXPECT_TRUE(verify(empty, "a\n\nb", VerifierMode::kSpider).correct);
  EXPECT_FALSE(verify(empty, "a\nb").correct);
}

// SQLite adds with compensation since 3.43, so sums of other releases differ in their last digits.
double plain_sum(const std::vector<double>& values) {
  volatile double sum = 0;
  for (const double value : values) sum = sum + value;
  return sum;
}

double compensated_sum(const std::vector<double>& values) {
  volatile double sum = 0, error = 0;
  for (const double value : values) {
    const volatile double next = sum + value;
    error = error + (std::abs(sum) > std::abs(value) ? (sum - next) + value : (value - next) + sum);
    sum = next;
  }
  return sum + error;
}

TEST(Sums, OfOtherReleasesOfSqliteAreWithinTheTolerance) {
  Random random(1);
  double widest = 0;
  for (const std::size_t count : {3u, 10u, 1'000u, 100'000u, 1'000'000u})
    for (const bool equal : {true, false}) {
      std::vector<double> values;
      for (std::size_t i = 0; i < count; ++i)
        values.push_back(equal ? 0.1 : static_cast<double>(random.below(1'000'000)) / 100);
      const double plain = plain_sum(values);
      const double exact = compensated_sum(values);
      widest = std::max(widest, std::abs(plain - exact) / exact);
      for (const double divisor : {1.0, static_cast<double>(count)}) {
        const Gold gold{{{"sum(x)"}, {{exact / divisor}}}};
        const ResultTable other{{"sum(x)"}, {{plain / divisor}}};
        for (const VerifierMode mode : kRowModes) EXPECT_TRUE(verify(gold, other, mode).correct);
        const ResultTable wrong{{"sum(x)"}, {{exact / divisor * (1 + 1e-5)}}};
        for (const VerifierMode mode : kRowModes) EXPECT_FALSE(verify(gold, wrong, mode).correct);
      }
    }
  EXPECT_GT(widest, 1e-12);  // an exact comparison would fail
  EXPECT_LT(widest, 1e-10);  // the relative tolerance of `spider` and `bird`
}

TEST(Sums, ThatCancelAreWithinTheAbsoluteTolerance) {
  const std::vector<double> values = {1234.56, 0.1, -1234.56, -0.1};
  ASSERT_NE(plain_sum(values), 0.0);
  for (const VerifierMode mode : kRowModes) {
    const Gold gold{{{"sum(x)"}, {{compensated_sum(values)}}}};
    EXPECT_TRUE(verify(gold, ResultTable{{"x"}, {{plain_sum(values)}}}, mode).correct);
  }
}

TEST(Sums, SpiderAndBirdTellTenDigitsApart) {
  const Gold gold{{{"x"}, {{12345678.91}}}};
  for (const VerifierMode mode : {VerifierMode::kSpider, VerifierMode::kBird}) {
    EXPECT_TRUE(verify(gold, "12345678.910000001", mode).correct);
    EXPECT_FALSE(verify(gold, "12345678.92", mode).correct);
    EXPECT_FALSE(verify(Gold{{{"x"}, {{1.0 / 3}}}}, "0.3333333", mode).correct);
  }
}

constexpr int kTables = 400;

constexpr std::string_view kPieces[] = {
    "Rex",   "a",        "c0",  "c1",    "NULL", "null",    "(2 rows)", "(1 row)", "---", "-",
    "+---+", "│",        "|",   ", ",    "\t",   "\n",      " ",        "\"",      "'",   "`",
    "**",    "\\",       "\\n", "\\|",   "[",    "]",       "{",        "}",       ":",   "5",
    "1.5",   "Answer: ", "```", "x'0a'", "é",    "e\u0301", "%",        "$",       "日本"};

Value random_cell(Random& random) {
  const auto below = [&](std::uint64_t bound) {
    return static_cast<std::size_t>(random.below(bound));
  };
  switch (below(6)) {
    case 0: return whole(static_cast<std::int64_t>(below(7)));
    case 1: return static_cast<double>(below(1000)) / 7;
    case 2: return below(4) == 0 ? Value(Null{}) : Value(Blob{"\x0a"});
    default: break;
  }
  std::string text;
  for (std::size_t n = below(4); n > 0; --n) text += kPieces[below(std::size(kPieces))];
  return text;
}

ResultTable random_table(Random& random) {
  ResultTable table;
  const std::uint64_t width = 1 + random.below(3);
  for (std::uint64_t c = 0; c < width; ++c) table.columns.push_back("c" + std::to_string(c));
  for (std::uint64_t r = random.below(4); r > 0; --r) {
    table.rows.emplace_back();
    for (std::uint64_t c = 0; c < width; ++c) table.rows.back().push_back(random_cell(random));
  }
  return table;
}

TEST(AnswerProperty, EveryShapeReadsBackInEveryMode) {
  Random random(11);
  std::map<std::string, int> tried;
  for (int i = 0; i < kTables; ++i) {
    const ResultTable table = random_table(random);
    const Gold gold{table, i % 2 == 0, i % 2 == 0};
    for (const test::Shape& shape : test::kShapes) {
      if (!test::carries(shape, table)) continue;
      ++tried[shape.name];
      const std::string answer = shape.write(table);
      for (const VerifierMode mode : kRowModes)
        EXPECT_TRUE(verify(gold, answer, mode).correct)
            << shape.name << "\n"
            << answer << "\n"
            << verify(gold, answer, mode).detail << "\ngold " << answer_text(table);
    }
  }
  for (const test::Shape& shape : test::kShapes)
    EXPECT_GT(tried[shape.name], kTables / 20) << shape.name;
}

// Whether the row may be read from a table without it: from its header or its count.
bool like_a_frame(const Row& row, const ResultTable& table) {
  const bool names = std::equal(row.begin(), row.end(), table.columns.begin(),
                                [](const Value& value, const std::string& name) {
                                  return equal_ignoring_case(trim(display_text(value)), name);
                                });
  return names || counted_rows(trim(display_text(row[0])));
}

TEST(AnswerProperty, AChangedOrMissingRowIsWrongInEveryShape) {
  Random random(12);
  for (int i = 0; i < kTables; ++i) {
    const ResultTable table = random_table(random);
    if (table.rows.empty()) continue;
    ResultTable changed = table;
    auto& row = changed.rows[static_cast<std::size_t>(random.below(table.rows.size()))];
    row[static_cast<std::size_t>(random.below(row.size()))] = text("nowhere");
    ResultTable fewer = table;
    fewer.rows.pop_back();
    ResultTable more = table;
    more.rows.push_back(row);
    const Gold gold{table};
    for (const test::Shape& shape : test::kShapes) {
      for (const ResultTable& wrong : {changed, more}) {
        if (!test::carries(shape, wrong)) continue;
        const std::string answer = shape.write(wrong);
        for (const VerifierMode mode : kRowModes)
          EXPECT_FALSE(verify(gold, answer, mode).correct)
              << shape.name << "\n"
              << answer << "\ngold " << answer_text(table);
      }
      if (!test::carries(shape, fewer) || like_a_frame(table.rows.back(), table)) continue;
      const std::string answer = shape.write(fewer);
      EXPECT_FALSE(verify(gold, answer).correct) << shape.name << "\n"
                                                 << answer << "\ngold " << answer_text(table);
    }
  }
}

TEST(AnswerProperty, LayersAroundEveryShape) {
  Random random(13);
  for (int i = 0; i < kTables / 4; ++i) {
    const ResultTable table = random_table(random);
    const Gold gold{table};
    for (const test::Shape& shape : test::kShapes) {
      const unsigned more = test::kNoBacktick | test::kNotBlank | test::kNoOuterBlank;
      if (!test::carries({"", shape.limits | more, nullptr}, table)) continue;
      for (const std::string& answer : test::wrapped(shape.write(table)))
        EXPECT_TRUE(verify(gold, answer).correct) << shape.name << "\n" << answer;
    }
  }
}

}  // namespace
}  // namespace sqlenv
