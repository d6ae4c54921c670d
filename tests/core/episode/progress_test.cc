#include "core/episode/progress.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <set>

#include "core/base/random.h"

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

// One row each: cardinality 1, no shared value, and the number is far off: 0.25 and a little.
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

// Computes the formula of docs/rewards.md, with the C library's logarithm and no shortcut.
double slow_score(const ResultTable& result, const ResultTable& gold) {
  const auto cells = [](const ResultTable& table) {
    std::set<std::string> texts;
    for (const auto& row : table.rows)
      for (const Value& value : row) {
        const auto* real = std::get_if<double>(&value);
        const bool whole = real != nullptr && std::fabs(*real) < 1e15 && std::floor(*real) == *real;
        texts.insert(whole ? std::to_string(static_cast<std::int64_t>(*real))
                           : display_text(value));
      }
    return texts;
  };
  const auto number_list = [](const ResultTable& table) {
    std::vector<double> found;
    for (const auto& row : table.rows)
      for (const Value& value : row) {
        if (std::holds_alternative<std::int64_t>(value))
          found.push_back(static_cast<double>(std::get<std::int64_t>(value)));
        if (std::holds_alternative<double>(value)) found.push_back(std::get<double>(value));
      }
    return found;
  };
  const auto p = static_cast<double>(result.rows.size());
  const auto g = static_cast<double>(gold.rows.size());
  const double cardinality = 1 - std::fabs(p - g) / std::max({p, g, 1.0});
  const std::set<std::string> left = cells(result);
  const std::set<std::string> right = cells(gold);
  std::set<std::string> both = left;
  both.insert(right.begin(), right.end());
  const auto shared = static_cast<double>(left.size() + right.size() - both.size());
  const double overlap = both.empty() ? 1 : shared / static_cast<double>(both.size());
  const std::vector<double> wanted = number_list(gold);
  double closeness = wanted.empty() ? overlap : 0;
  for (double number : wanted) {
    double nearest = HUGE_VAL;
    for (double other : number_list(result)) nearest = std::min(nearest, std::fabs(number - other));
    if (nearest < HUGE_VAL)
      closeness += 1 / (1 + std::log2(1 + nearest)) / static_cast<double>(wanted.size());
  }
  return 0.25 * cardinality + 0.5 * overlap + 0.25 * closeness;
}

Value random_value(Random& random, std::uint64_t variety) {
  const auto n = static_cast<std::int64_t>(random.below(variety));
  switch (random.below(9)) {
    case 0: return Null{};
    case 1: return static_cast<double>(n);
    case 2: return static_cast<double>(n) / 4;
    case 3: return std::string(n % 2 == 0 ? "" : "word ") + std::to_string(n);
    case 4: return Blob{std::string(1, static_cast<char>(n))};
    case 5: return std::string(n % 3 == 0 ? "NULL" : n % 3 == 1 ? "-0" : "007");
    case 6: return -n;
    case 7: return n % 2 == 0 ? Value{9.5e17} : Value{INT64_MIN + n};
    default: return n;
  }
}

ResultTable random_table(Random& random, std::uint64_t most_rows) {
  const std::uint64_t variety = 1 + random.below(random.below(2) == 0 ? 6 : 3000);
  const auto width = static_cast<std::size_t>(1 + random.below(3));
  ResultTable table{std::vector<std::string>(width, "c"), {}};
  for (std::uint64_t rows = random.below(most_rows); rows > 0; --rows) {
    table.rows.emplace_back();
    for (std::size_t i = 0; i < width; ++i)
      table.rows.back().push_back(random_value(random, variety));
  }
  return table;
}

// Accepts either quarter where the score is exactly between two, since the C library's logarithm
// and the order of a sum may move the last digit.
void expect_as_the_formula(const ResultTable& result, const ResultTable& gold) {
  const double quarters = slow_score(result, gold) * 4;
  if (std::fabs(quarters - std::floor(quarters) - 0.5) < 1e-9) return;
  ASSERT_EQ(progress_quarters(result, gold), std::lround(quarters)) << quarters;
}

TEST(Progress, FollowsTheFormulaOnRandomTables) {
  Random random(17);
  for (int i = 0; i < 6000; ++i) {
    const ResultTable gold = random_table(random, 12);
    expect_as_the_formula(random_table(random, 12), gold);
    ResultTable similar = gold;
    if (!similar.rows.empty())
      similar.rows.resize(static_cast<std::size_t>(1 + random.below(similar.rows.size())));
    expect_as_the_formula(similar, gold);
  }
}

// The tables are so large that the count of distinct values stops early.
TEST(Progress, FollowsTheFormulaOnLargeRandomTables) {
  Random random(18);
  for (int i = 0; i < 60; ++i) {
    const ResultTable gold = random_table(random, i % 2 == 0 ? 6 : 900);
    expect_as_the_formula(random_table(random, 900), gold);
    ResultTable similar = gold;
    if (!similar.rows.empty())
      similar.rows.resize(static_cast<std::size_t>(1 + random.below(similar.rows.size())));
    expect_as_the_formula(similar, gold);
  }
}

// Cardinality of 10 rows for 1 is 0.1, of 1 for 4 is 0.25, of none for none is 1: without a shared
// value or number they are all of the score but the quarter that rounding gives.
TEST(Progress, PublishedCardinalities) {
  const auto rows = [](std::size_t count, const char* text) {
    return ResultTable{{"t"}, std::vector<std::vector<Value>>(count, {std::string(text)})};
  };
  EXPECT_DOUBLE_EQ(slow_score(rows(10, "a"), rows(1, "b")), 0.25 * 0.1);
  EXPECT_DOUBLE_EQ(slow_score(rows(1, "a"), rows(4, "b")), 0.25 * 0.25);
  EXPECT_EQ(slow_score(rows(0, "a"), rows(0, "b")), 1.0);
  EXPECT_EQ(progress_quarters(rows(10, "a"), rows(1, "b")), 0);
  EXPECT_EQ(progress_quarters(rows(1, "a"), rows(4, "b")), 0);
  EXPECT_EQ(progress_quarters(rows(1, "a"), rows(2, "b")), 1);
  EXPECT_EQ(progress_quarters(rows(0, "a"), rows(0, "b")), 4);
}

// 100,000 rows cost a small part of reading them. Only a quadratic or copying algorithm exceeds
// this bound, on any machine and under any sanitizer.
TEST(Progress, IsCheapOnLargeResults) {
  ResultTable large{{"n", "t", "r"}, {}};
  for (std::int64_t i = 0; i < 100'000; ++i)
    large.rows.push_back({i, "name " + std::to_string(i), static_cast<double>(i) / 7});
  const ProgressMeter small_gold(numbers({3, 4}));
  const ProgressMeter large_gold(large);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(small_gold.quarters(large), 1);
  const auto middle = std::chrono::steady_clock::now();
  EXPECT_EQ(large_gold.quarters(large), 4);
  const auto end = std::chrono::steady_clock::now();
  const std::chrono::duration<double, std::milli> first = middle - start, second = end - middle;
  RecordProperty("small_gold_ms", std::to_string(first.count()));
  RecordProperty("large_gold_ms", std::to_string(second.count()));
  std::printf("small gold %.2f ms, large gold %.2f ms\n", first.count(), second.count());
  EXPECT_LT(first.count() + second.count(), 10'000);
}

}  // namespace
}  // namespace sqlenv
