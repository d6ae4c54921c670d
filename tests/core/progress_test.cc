#include "core/episode/progress.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

ResultTable numbers(const std::vector<std::int64_t>& values) {
  ResultTable table{{"n"}, {}};
  for (std::int64_t value : values) table.rows.push_back({value});
  return table;
}

TEST(Progress, TheGoldItselfIsComplete) {
  for (const ResultTable& gold :
       {numbers({1}), numbers({}), numbers({3, 3, 3}), ResultTable{{"a"}, {{std::string("x")}}},
        ResultTable{{"a"}, {{Null{}}}}})
    EXPECT_EQ(progress_quarters(gold, gold), 4);
}

TEST(Progress, NothingInCommonIsNothing) {
  const ResultTable gold{{"a"}, {{std::string("x")}, {std::string("y")}}};
  EXPECT_EQ(progress_quarters(ResultTable{{"a"}, {}}, gold), 0);
}

// One row for one: cardinality 1, no shared value, and the number is far off: 0.25 and a little.
TEST(Progress, TheRightNumberOfRowsIsAQuarter) {
  EXPECT_EQ(progress_quarters(numbers({1'000'000'000}), numbers({5})), 1);
}

TEST(Progress, WholeRealsCountAsIntegers) {
  EXPECT_EQ(progress_quarters(ResultTable{{"n"}, {{3.0}}}, numbers({3})), 4);
}

TEST(Progress, GrowsTowardsTheGold) {
  const ResultTable gold = numbers({10, 20, 30, 40});
  int last = 0;
  for (const ResultTable& result : {numbers({}), numbers({10}), numbers({10, 20, 30}), gold}) {
    const int now = progress_quarters(result, gold);
    EXPECT_GE(now, last);
    last = now;
  }
  EXPECT_EQ(last, 4);
}

}  // namespace
}  // namespace sqlenv
