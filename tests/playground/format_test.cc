#include "app/playground/format.h"

#include <gtest/gtest.h>

#include "core/verify/verdict.h"
#include "tests/core/test_packs.h"

namespace sqlenv::ui {
namespace {

TEST(Format, Amounts) {
  EXPECT_EQ(signed_amount(0), "0.00");
  EXPECT_EQ(signed_amount(20'000), "+0.02");
  EXPECT_EQ(signed_amount(-37'500), "−0.0375");
  EXPECT_EQ(signed_amount(kOne), "+1.00");
  EXPECT_EQ(signed_amount(-1'000'001), "−1.000001");
  EXPECT_EQ(aligned_amount(20'000, 4), "+0.0200");
  EXPECT_EQ(aligned_amount(37'500, 2), "+0.0375");
}

TEST(Format, Counts) {
  EXPECT_EQ(grouped(7), "7");
  EXPECT_EQ(grouped(1206), "1,206");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
  EXPECT_EQ(counted(1, "row"), "1 row");
  EXPECT_EQ(counted(2000, "row"), "2,000 rows");
}

TEST(Format, AnswersOfOneCellOneColumnAndRows) {
  EXPECT_EQ(answer_text({{"n"}, {{std::int64_t{42}}}}), "42");
  EXPECT_EQ(answer_text({{"n"}, {{std::string("a \"b\"\n")}, {Null{}}}}),
            "[\"a \\\"b\\\"\\n\", null]");
  EXPECT_EQ(answer_text({{"a", "b"}, {{1.5, Null{}}, {std::int64_t{2}, std::string("x")}}}),
            "[[1.5, null],\n [2, \"x\"]]");
  EXPECT_EQ(answer_text({{"a"}, {}}), "[]");
}

TEST(Format, TooLargeAResultIsNoAnswer) {
  ResultTable table{{"a"}, {}};
  table.rows.assign(3000, {std::string(100, 'x')});
  EXPECT_EQ(answer_text(table), std::nullopt);
}

// The answer that "Use the result" enters must be judged right whenever the result is.
TEST(Format, TheGoldRowsAsAnAnswerAreRight) {
  for (const auto& catalog : {test::small_catalog(), test::starter_catalog()}) {
    Environment environment(catalog);
    for (const Question& question : catalog->packs().front().questions) {
      SCOPED_TRACE(question.id);
      QuestionFilter filter;
      filter.question_id = question.id;
      const auto tasks = catalog->select(filter);
      ASSERT_TRUE(tasks.has_value());
      const auto gold = environment.gold(tasks->front());
      ASSERT_TRUE(gold.has_value());
      const std::optional<std::string> answer = answer_text((*gold)->table);
      ASSERT_TRUE(answer.has_value());
      const Verdict verdict = verify(**gold, *answer);
      EXPECT_TRUE(verdict.correct) << reason_name(verdict.reason) << "\n" << *answer;
    }
  }
}

TEST(Format, TabSeparatedRowsHaveNoTabsInside) {
  const ResultTable table{{"a\tb", "c"}, {{std::string("1\n2"), Null{}}}};
  EXPECT_EQ(tab_separated(table), "a b\tc\n1 2\tNULL");
}

TEST(Format, DescriptionsNameKeysAndReferences) {
  const auto catalog = test::small_catalog();
  const Schema& schema = catalog->packs().front().databases.front().image.schema();
  const ResultTable table = description_table(*schema.find("animal"));
  ASSERT_EQ(table.rows.size(), 5u);
  EXPECT_EQ(table.rows[0], (std::vector<Value>{std::string("animal_id"), std::string("INTEGER"),
                                               std::string("primary key"), std::string("")}));
  EXPECT_EQ(table.rows[4][2], Value(std::string("foreign key")));
  EXPECT_EQ(table.rows[4][3], Value(std::string("keeper.keeper_id")));
}

}  // namespace
}  // namespace sqlenv::ui
