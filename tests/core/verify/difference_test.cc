#include "core/verify/difference.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

using Rows = std::vector<Row>;
using Kind = RowDifference::Kind;

const Rows kCities = {{std::string("Rome"), std::int64_t{3}, 1.5},
                      {std::string("Oslo"), std::int64_t{1}, 2.25},
                      {std::string("Lima"), std::int64_t{2}, 0.1}};

Gold gold_of(Rows rows, bool ordered = false) {
  std::vector<std::string> columns;
  for (std::size_t c = 0; c < rows.front().size(); ++c) columns.push_back("c" + std::to_string(c));
  return {{std::move(columns), std::move(rows)}, ordered, ordered};
}

std::optional<Difference> of(const Gold& gold, std::string_view answer,
                             VerifierMode mode = VerifierMode::kStrict) {
  return difference(gold, answer, mode);
}

TEST(Difference, ARightAnswerHasNone) {
  const auto found = of(gold_of(kCities), R"([["Lima",2,0.1],["Rome",3,1.5],["Oslo",1,2.25]])");
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->rows.empty());
  EXPECT_EQ(found->equal, 3u);
  EXPECT_FALSE(found->columns_moved || found->near || found->other_type);
}

TEST(Difference, NamesTheCellOfTheNearestRow) {
  const auto found = of(gold_of(kCities), R"([["Lima",2,0.1],["Oslo",1,2.5],["Rome",3,1.5]])");
  ASSERT_EQ(found->rows.size(), 1u);
  EXPECT_EQ(found->rows[0].kind, Kind::kChanged);
  EXPECT_EQ(found->rows[0].gold, 1u);
  EXPECT_EQ(found->rows[0].answer, 1u);
  EXPECT_EQ(found->rows[0].columns, std::vector<std::size_t>{2});
  EXPECT_EQ(found->equal, 2u);
}

TEST(Difference, TellsMissingFromExtra) {
  const auto less = of(gold_of(kCities), R"([["Rome",3,1.5],["Lima",2,0.1]])");
  ASSERT_EQ(less->rows.size(), 1u);
  EXPECT_EQ(less->rows[0].kind, Kind::kMissing);
  EXPECT_EQ(less->rows[0].gold, 1u);
  const auto more =
      of(gold_of(kCities),
         R"([["Rome",3,1.5],["Nice",8,9.5],["Oslo",1,2.25],["Lima",2,0.1],["Rome",3,1.5]])");
  ASSERT_EQ(more->rows.size(), 2u);
  EXPECT_EQ(more->rows[0].kind, Kind::kExtra);
  EXPECT_EQ(more->rows[0].answer, 1u);
  EXPECT_EQ(more->rows[1].answer, 4u);
}

TEST(Difference, NamesTheOrderIfItAloneIsWrong) {
  const char* swapped = R"([["Oslo",1,2.25],["Rome",3,1.5],["Lima",2,0.1]])";
  const auto found = of(gold_of(kCities, true), swapped);
  ASSERT_EQ(found->rows.size(), 2u);
  EXPECT_EQ(found->rows[0].kind, Kind::kMoved);
  EXPECT_EQ(found->rows[0].gold, 0u);
  EXPECT_EQ(found->rows[0].answer, 1u);
  EXPECT_EQ(found->equal, 1u);
  EXPECT_TRUE(of(gold_of(kCities), swapped)->rows.empty());
}

TEST(Difference, ColumnsInAnotherOrderAreNoDifference) {
  const auto found = of(gold_of(kCities), R"([[1.5,"Rome",3],[2.25,"Oslo",1],[0.1,"Lima",2]])");
  EXPECT_TRUE(found->rows.empty());
  EXPECT_TRUE(found->columns_moved);
  EXPECT_EQ(found->answer[0], (std::vector<std::string>{"Rome", "3", "1.5"}));
}

TEST(Difference, SeesToleranceAndType) {
  EXPECT_TRUE(of(gold_of({{2.0 / 3}}), "0.66666667")->near);
  EXPECT_FALSE(of(gold_of({{0.5}}), "0.5")->near);
  const auto typed = of(gold_of({{std::string("7")}}), "[[7]]");
  EXPECT_EQ(typed->rows.size(), 1u);
  EXPECT_TRUE(typed->other_type);
  EXPECT_TRUE(of(gold_of({{Null{}}, {std::int64_t{1}}}), R"([["NULL"], [1]])")->other_type);
  EXPECT_FALSE(of(gold_of({{std::int64_t{7}}}), "8")->other_type);
}

TEST(Difference, IsNoneIfRowsCannotBeCompared) {
  EXPECT_FALSE(of(gold_of(kCities), "[1, 2").has_value());
  EXPECT_FALSE(of(gold_of(kCities), "[[1, 2]]").has_value());
  EXPECT_FALSE(of(gold_of(kCities), "1", VerifierMode::kSqlenv).has_value());
  std::string many = "[7";
  for (int i = 0; i < 500; ++i) many += ",7";
  EXPECT_FALSE(of(gold_of({{std::int64_t{7}}}), many + "]").has_value());
}

// A right answer differs in order at most, and the counts of rows always add up.
TEST(Difference, AgreesWithTheVerdict) {
  const Gold golds[] = {gold_of(kCities), gold_of(kCities, true),
                        gold_of({{std::int64_t{1}}, {std::int64_t{1}}, {std::int64_t{2}}})};
  const char* answers[] = {R"([["Rome",3,1.5],["Oslo",1,2.25],["Lima",2,0.1]])",
                           R"([["Oslo",1,2.25],["Rome",3,1.5],["Lima",2,0.1]])",
                           R"([["Rome",3,1.5]])",
                           "[1, 1, 2]",
                           "[2, 1, 1]",
                           "[1, 2]",
                           "[1, 2, 2]"};
  for (const Gold& gold : golds)
    for (const char* answer : answers) {
      SCOPED_TRACE(answer);
      const auto found = of(gold, answer);
      if (!found) continue;
      EXPECT_EQ(found->rows.empty(), verify(gold, answer).correct);
      std::size_t gold_rows = found->equal;
      for (const RowDifference& row : found->rows) gold_rows += row.kind != Kind::kExtra;
      EXPECT_EQ(gold_rows, gold.table.rows.size());
    }
}

}  // namespace
}  // namespace sqlenv
