#include "core/policy/sample_tally.h"

#include <gtest/gtest.h>

#include <vector>

namespace sqlenv {
namespace {

// The mean over all ways to choose k of n attempts, of which the first `right` are right.
double by_counting(int n, int right, int k) {
  int ways = 0, solved = 0;
  for (unsigned chosen = 0; chosen < (1U << n); ++chosen) {
    if (__builtin_popcount(chosen) != k) continue;
    ++ways;
    solved += (chosen & ((1U << right) - 1)) != 0 ? 1 : 0;
  }
  return static_cast<double>(solved) / ways;
}

TEST(SampleTallyTest, PassAtKIsTheChanceOfAChoiceOfKAttempts) {
  for (int n = 1; n <= 8; ++n)
    for (int right = 0; right <= n; ++right)
      for (int k = 1; k <= n; ++k)
        EXPECT_NEAR(pass_at_k(n, right, k), by_counting(n, right, k), 1e-12)
            << n << " " << right << " " << k;
  EXPECT_NEAR(pass_at_k(10'000, 1, 100), 0.01, 1e-9);
}

TEST(SampleTallyTest, RatesAreMeansOverTasksWithEnoughAttempts) {
  SampleTally tally;
  for (int i = 0; i < 4; ++i) tally.add(7, i == 0, "9");
  for (int i = 0; i < 2; ++i) tally.add(3, false, "1");
  const std::vector<PassAt> all = tally.pass_at(4);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].k, 1);
  EXPECT_EQ(all[0].tasks, 2);
  EXPECT_DOUBLE_EQ(all[0].rate, 0.125);
  EXPECT_EQ(all[1].k, 2);
  EXPECT_DOUBLE_EQ(all[1].rate, 0.25);
  EXPECT_EQ(all[2].k, 4);
  EXPECT_EQ(all[2].tasks, 1);
  EXPECT_DOUBLE_EQ(all[2].rate, 1);
  ASSERT_EQ(SampleTally().pass_at(3).size(), 3U) << "1, 2 and 3";
  EXPECT_EQ(SampleTally().pass_at(3)[0].tasks, 0);
}

TEST(SampleTallyTest, TheMajorityIsTheAnswerMostOftenGiven) {
  SampleTally tally;
  tally.add(1, false, "8");
  tally.add(1, true, " 9 ");
  tally.add(1, true, "9");
  // Equal votes: the answer that was first.
  tally.add(2, true, "z");
  tally.add(2, false, "a");
  // No answer is no vote.
  tally.add(3, false, std::nullopt);
  tally.add(3, false, std::nullopt);
  tally.add(3, true, "5");
  tally.add(4, false, std::nullopt);
  const Majority majority = tally.majority();
  EXPECT_EQ(majority.tasks, 4);
  EXPECT_EQ(majority.right, 3);
}

}  // namespace
}  // namespace sqlenv
