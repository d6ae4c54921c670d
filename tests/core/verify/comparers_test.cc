// Wrong verdicts of other comparers, each with ours (docs/verification.md shows a selection), and
// known traps in Spider's data, if it is present.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/sql/mirror.h"
#include "core/verify/verdict.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

using Rows = std::vector<Row>;

Value whole(std::int64_t value) { return value; }
Value text(const char* value) { return std::string(value); }

Gold gold_of(std::vector<std::string> columns, Rows rows, bool ordered = false) {
  return {{std::move(columns), std::move(rows)}, ordered, ordered};
}

std::string judge(const Gold& gold, std::string_view answer,
                  VerifierMode mode = VerifierMode::kStrict) {
  return std::string(reason_name(verify(gold, answer, mode).reason));
}

TEST(OtherComparers, Spider2AcceptsMispairedRows) {
  const Gold gold = gold_of({"x", "n"}, {{text("a"), whole(1)}, {text("b"), whole(2)}});
  EXPECT_EQ(judge(gold, "[[\"a\", 2], [\"b\", 1]]"), "VALUE");
  EXPECT_EQ(judge(gold, "[[\"a\", 2], [\"b\", 1]]", VerifierMode::kSpider), "VALUE");
  EXPECT_EQ(judge(gold, "[[\"b\", 2], [\"a\", 1]]"), "MATCH");
}

TEST(OtherComparers, Spider2AcceptsOneColumnForTwo) {
  const Gold gold = gold_of({"x", "y"}, {{whole(1), whole(1)}, {whole(2), whole(2)}});
  EXPECT_EQ(judge(gold, "[[1], [2]]"), "COLUMN_COUNT");
  EXPECT_EQ(judge(gold, "[[1, 1], [2, 2]]"), "MATCH");
}

TEST(OtherComparers, Spider2AcceptsZeroForNull) {
  EXPECT_EQ(judge(gold_of({"x"}, {{Null{}}}), "0"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{whole(0)}}), "NULL"), "VALUE");
}

TEST(OtherComparers, Spider2AcceptsSmallNumbersThatDiffer) {
  EXPECT_EQ(judge(gold_of({"x"}, {{0.010}}), "0.004"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{0.004}}), "0.010"), "VALUE");
}

TEST(OtherComparers, Spider2RefusesLargeNumbersThatAgree) {
  EXPECT_EQ(judge(gold_of({"x"}, {{1e6}}), "1000000.5"), "MATCH");
  // An exact count stays exact.
  EXPECT_EQ(judge(gold_of({"x"}, {{whole(1'000'000)}}), "1000000.5"), "VALUE");
}

// Mode `spider` does not follow it here: releases of SQLite add in different ways.
TEST(OtherComparers, SpiderSuiteRefusesASumInAnotherOrder) {
  EXPECT_EQ(judge(gold_of({"x"}, {{0.1 + 0.2}}), "[0.3]"), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{0.1 + 0.2}}), "[0.3]", VerifierMode::kSpider), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{0.1 + 0.2}}), "[0.3000001]", VerifierMode::kSpider), "VALUE");
}

TEST(OtherComparers, SpiderSuiteRefusesANumberForItsDigits) {
  const Gold gold = gold_of({"x"}, {{whole(1)}});
  EXPECT_EQ(judge(gold, "1"), "MATCH");        // no type was written
  EXPECT_EQ(judge(gold, "\"1\""), "MATCH");    // quotes around a whole answer are style
  EXPECT_EQ(judge(gold, "[\"1\"]"), "VALUE");  // in a list they are a type
  EXPECT_EQ(judge(gold_of({"x"}, {{text("1")}}), "[1]"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("1")}}), "1"), "MATCH");
}

class OnTies : public testing::Test {
 protected:
  Gold gold(const std::string& sql) { return compute_gold(database_, sql).value(); }

  Database database_ =
      Database::open(test::image_of("CREATE TABLE t (name TEXT, n INTEGER); "
                                    "INSERT INTO t VALUES ('a', 2), ('b', 2), ('c', 1)"))
          .value();
};

TEST_F(OnTies, SpiderSuiteDemandsTheOrderOfASubquery) {
  const Gold inner = gold("SELECT name FROM t WHERE n IN (SELECT n FROM t ORDER BY n)");
  EXPECT_EQ(judge(inner, "c, b, a"), "MATCH");
  EXPECT_EQ(judge(inner, "c, b, a", VerifierMode::kSpider), "ORDER");
}

TEST_F(OnTies, SpiderSuiteRefusesTiedRowsSwapped) {
  const Gold tied = gold("SELECT name FROM t ORDER BY n DESC");
  EXPECT_EQ(judge(tied, "b, a, c"), "MATCH");
  EXPECT_EQ(judge(tied, "b, a, c", VerifierMode::kSpider), "ORDER");
  EXPECT_EQ(judge(tied, "c, a, b"), "ORDER");
}

TEST(OtherComparers, AgentBenchAcceptsZeroForNullDuplicatesAndAnyOrder) {
  EXPECT_EQ(judge(gold_of({"x"}, {{Null{}}, {whole(1)}}), "[0, 1]"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{whole(1)}, {whole(2)}}), "[1, 2, 2]"), "DUPLICATES");
  EXPECT_EQ(judge(gold_of({"x"}, {{whole(1)}, {whole(2)}}, true), "[2, 1]"), "ORDER");
}

TEST(OtherComparers, AgentBenchTakesPercentForTheNumber) {
  // The gold's unit decides: people write a gold 50 as 50 %, but a gold 0.5 is not 50.
  EXPECT_EQ(judge(gold_of({"x"}, {{50.0}}), "50 %"), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{0.5}}), "50 %"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{50.0}}), "[\"50 %\"]"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("50 %")}}), "[50]"), "VALUE");
}

TEST(OtherComparers, AtroposTakesEmptyTextForNullAndFoldsCase) {
  EXPECT_EQ(judge(gold_of({"x"}, {{Null{}}}), "[\"\"]"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("")}}), "[null]"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("Rex")}}), "rex"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{text("Rex")}}), "rex", VerifierMode::kSqlenv), "MATCH");
}

TEST(OtherComparers, AtroposRefusesOneForOnePointZero) {
  EXPECT_EQ(judge(gold_of({"x"}, {{whole(1)}}), "[1.0]"), "MATCH");
  EXPECT_EQ(judge(gold_of({"x"}, {{1.0}}), "[1]"), "MATCH");
}

TEST(OtherComparers, InterCodePunishesTheRightSetReversed) {
  const Gold gold = gold_of({"x"}, {{text("a")}, {text("b")}, {text("c")}});
  EXPECT_EQ(judge(gold, "c, b, a"), "MATCH");
}

TEST(OtherComparers, BirdIgnoresDuplicatesAndKeepsColumnOrder) {
  const Gold gold = gold_of({"x", "n"}, {{text("a"), whole(1)}, {text("a"), whole(1)}});
  EXPECT_EQ(judge(gold, "[[\"a\", 1]]", VerifierMode::kBird), "MATCH");
  EXPECT_EQ(judge(gold, "[[\"a\", 1]]"), "DUPLICATES");
  EXPECT_EQ(judge(gold, "[[1, \"a\"], [1, \"a\"]]", VerifierMode::kBird), "VALUE");
  EXPECT_EQ(judge(gold, "[[1, \"a\"], [1, \"a\"]]"), "MATCH");
}

// Weak spots of the original environment, kept in mode sqlenv alone.
TEST(ModeSqlenv, KeepsTheOriginalsWeakSpots) {
  const auto mode = VerifierMode::kSqlenv;
  Gold number = gold_of({"x"}, {{whole(3)}});
  EXPECT_EQ(judge(number, "3.9", mode), "MATCH");  // int(float("3.9")) is 3
  EXPECT_EQ(judge(number, "3.9"), "VALUE");
  EXPECT_EQ(judge(number, "4", mode), "VALUE");
  EXPECT_EQ(judge(number, "1,003", mode), "VALUE");
  EXPECT_EQ(judge(number, "three", mode), "VALUE");
  EXPECT_EQ(judge(number, "inf", mode), "VALUE");
  EXPECT_EQ(judge(number, "Answer: ```\n3\n```", mode), "MATCH");
  EXPECT_EQ(judge(number, "\"3\"", mode), "MATCH");
  EXPECT_EQ(judge(number, " ", mode), "EMPTY");
  Gold real = gold_of({"x"}, {{200.0}});
  EXPECT_EQ(judge(real, "201.9", mode), "MATCH");  // one hundredth
  EXPECT_EQ(judge(real, "202.1", mode), "VALUE");
  EXPECT_EQ(judge(real, "201.9"), "VALUE");
  EXPECT_EQ(judge(gold_of({"x"}, {{0.0}}), "0.000001", mode), "VALUE");  // no room near zero
  Gold list = gold_of({"x"}, {{text("Rex")}, {text("Mia")}, {text("Mia")}}, true);
  EXPECT_EQ(judge(list, "mia, REX", mode), "MATCH");  // a set: no order, no duplicates, no case
  EXPECT_EQ(judge(list, "Mia, Rex"), "DUPLICATES");
  EXPECT_EQ(judge(list, "mia, REX"), "ROW_COUNT");
  EXPECT_EQ(judge(list, "[\"Rex\"]", mode), "VALUE");
  Gold comma = gold_of({"x"}, {{text("a, b")}, {text("c")}});
  EXPECT_EQ(judge(comma, "a, b, c", mode), "VALUE");  // a separator inside a value
  EXPECT_EQ(judge(comma, "a, b\nc", mode), "MATCH");
  Gold table = gold_of({"x", "n"}, {{text("a"), whole(1)}, {text("b"), 2.5}});
  EXPECT_EQ(judge(table, "B | 2.5\nA | 1", mode), "MATCH");
  EXPECT_EQ(judge(table, "[[\"b\", 2.5], [\"a\", 1]]", mode), "MATCH");
  EXPECT_EQ(judge(table, "[[1, \"a\"], [2.5, \"b\"]]", mode), "VALUE");
  EXPECT_EQ(judge(table, "[[\"b\", 2.5", mode), "PARSE");
  EXPECT_EQ(judge(gold_of({"x"}, {{Null{}}}), "null", mode), "MATCH");  // NULL is a text
  Gold typed = gold_of({"x"}, {{text("7")}});
  typed.answer_type = "integer";  // a wrong label makes the wrong rule run
  EXPECT_EQ(judge(typed, "7.5", mode), "MATCH");
}

class SpiderTraps : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder()))
      GTEST_SKIP() << "Spider's files are not beside the checkout (shared/spider)";
  }

  static std::filesystem::path folder() { return test::spider_folder() / "database"; }

  static DatabaseImage image(const std::string& name) {
    const auto file = folder() / name / (name + ".sqlite");
    return DatabaseImage::from_file_bytes(test::read_test_file(file.string())).value();
  }

  static Gold gold(const std::string& name, const std::string& sql) {
    const DatabaseImage one = image(name);
    Database database = Database::open(one).value();
    Database mirror = Database::open(mirror_image(one).value()).value();
    return compute_gold(database, sql, "", &mirror).value();
  }
};

TEST_F(SpiderTraps, TwoYearsWithMostConcertsTie) {
  const Gold year = gold("concert_singer",
                         "SELECT YEAR FROM concert GROUP BY YEAR ORDER BY count(*) DESC LIMIT 1");
  EXPECT_EQ(judge(year, "2014"), "MATCH");
  EXPECT_EQ(judge(year, "2015"), "MATCH");
  EXPECT_EQ(judge(year, "2016"), "VALUE");
  const std::string other = year.table.rows[0][0] == Value(std::string("2014")) ? "2015" : "2014";
  EXPECT_EQ(judge(year, other, VerifierMode::kSpider), "VALUE");
}

TEST_F(SpiderTraps, TemplatesTieAtTwoDocuments) {
  const Gold top = gold("cre_Doc_Template_Mgt",
                        "SELECT template_id FROM Documents GROUP BY template_id "
                        "ORDER BY count(*) DESC LIMIT 1");
  ASSERT_EQ(top.groups.size(), 1u);
  ASSERT_GE(top.groups[0].others.size(), 1u);
  for (const Row& row : top.groups[0].others) {
    EXPECT_EQ(judge(top, display_text(row[0])), "MATCH");
    EXPECT_EQ(judge(top, display_text(row[0]), VerifierMode::kSpider), "VALUE");
  }
  EXPECT_EQ(judge(top, "-1"), "VALUE");
}

TEST_F(SpiderTraps, ATieInASubqueryLeavesTheResultOpen) {
  const Gold horsepower =
      gold("car_1",
           "SELECT DISTINCT Model FROM CAR_NAMES WHERE MakeId = (SELECT Id FROM CARS_DATA ORDER BY "
           "Cylinders DESC LIMIT 1)");
  EXPECT_TRUE(horsepower.alternative.has_value());
  EXPECT_EQ(judge(horsepower, "no such model"), "GOLD_AMBIGUOUS");
}

TEST_F(SpiderTraps, PaddedTextIsTrimmedInModeStrictAlone) {
  const Gold padded = gold("flight_2", "SELECT City FROM airports WHERE AirportCode = 'APG'");
  ASSERT_EQ(padded.table.rows, Rows{{text("Aberdeen ")}});
  EXPECT_EQ(judge(padded, "[\"Aberdeen\"]"), "MATCH");
  EXPECT_EQ(judge(padded, "Aberdeen"), "MATCH");
  EXPECT_EQ(judge(padded, "[\"Aberdeen\"]", VerifierMode::kSpider), "VALUE");
  EXPECT_EQ(judge(padded, "[\"Aberdeen \"]", VerifierMode::kSpider), "MATCH");
}

TEST_F(SpiderTraps, HorsepowerIsSortedAsText) {
  const Gold most =
      gold("car_1", "SELECT Horsepower FROM CARS_DATA ORDER BY Horsepower DESC LIMIT 1");
  EXPECT_EQ(most.table.rows, Rows{{text("null")}});  // the audit reports such a gold
}

TEST_F(SpiderTraps, TheWordNullIsText) {
  const Gold word =
      gold("car_1", "SELECT DISTINCT Horsepower FROM CARS_DATA WHERE Horsepower = 'null'");
  ASSERT_EQ(word.table.rows.size(), 1u);
  EXPECT_EQ(judge(word, "null"), "MATCH");  // without a type
  EXPECT_EQ(judge(word, "[\"null\"]"), "MATCH");
  EXPECT_EQ(judge(word, "[null]"), "VALUE");  // NULL itself
}

}  // namespace
}  // namespace sqlenv
