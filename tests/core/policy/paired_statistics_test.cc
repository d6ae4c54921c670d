#include "core/policy/paired_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/random.h"

namespace sqlenv {
namespace {

// A row of Pascal's triangle, in whole numbers.
std::vector<std::uint64_t> binomials(int n) {
  std::vector<std::uint64_t> row = {1};
  for (int i = 1; i <= n; ++i) {
    row.push_back(1);
    for (std::size_t k = row.size() - 2; k > 0; --k) row[k] += row[k - 1];
  }
  return row;
}

// The definition: the probability of every outcome that is as uneven as this one or more so.
double sign_test_by_counting(int ahead, int behind) {
  const int n = ahead + behind;
  std::uint64_t ways = 0;
  const std::vector<std::uint64_t> row = binomials(n);
  for (int k = 0; k <= n; ++k)
    if (std::abs(n - 2 * k) >= std::abs(ahead - behind)) ways += row[static_cast<std::size_t>(k)];
  return std::ldexp(static_cast<double>(ways), -n);
}

TEST(SignTest, EqualsACountOfAllOutcomes) {
  for (int n = 0; n <= 60; ++n)
    for (int ahead = 0; ahead <= n; ++ahead)
      ASSERT_NEAR(sign_test(ahead, n - ahead), sign_test_by_counting(ahead, n - ahead), 1e-13)
          << ahead << " to " << n - ahead;
}

// By whole numbers of any length: 2 sum(comb(n, i) for i up to the lesser) / 2**n.
TEST(SignTest, OfManyTasks) {
  EXPECT_NEAR(sign_test(10, 2), 158.0 / 4096, 1e-15);
  EXPECT_NEAR(sign_test(5300, 5000), 0.003215819673645, 1e-13);
  EXPECT_NEAR(sign_test(86, 150) / 3.715936139571442e-05, 1, 1e-12);
  EXPECT_NEAR(sign_test(500'100, 499'900), 0.84226, 1e-5);  // by the logarithm of gamma
  EXPECT_EQ(sign_test(1'000'000, 0), 0);
  EXPECT_EQ(sign_test(0, 1), 1);
  EXPECT_EQ(sign_test(700'000, 700'000), 1);
}

TEST(SignTest, RejectsEqualRunsNoMoreOftenThanItSays) {
  for (int n = 1; n <= 60; ++n) {
    double rejected = 0;
    const std::vector<std::uint64_t> row = binomials(n);
    for (int k = 0; k <= n; ++k) {
      EXPECT_EQ(sign_test(k, n - k), sign_test(n - k, k));
      if (sign_test(k, n - k) <= 0.05)
        rejected += std::ldexp(static_cast<double>(row[static_cast<std::size_t>(k)]), -n);
    }
    EXPECT_LE(rejected, 0.05) << n;
  }
}

TEST(HolmCorrection, OfAKnownExample) {
  const std::vector<double> corrected = holm_correction({0.01, 0.04, 0.03, 0.005});
  const double expected[] = {0.03, 0.06, 0.06, 0.02};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(corrected[i], expected[i], 1e-15);
  EXPECT_TRUE(holm_correction({}).empty());
  EXPECT_EQ(holm_correction({0.4}), std::vector<double>{0.4});
}

// Holm's procedure is the closed test of Bonferroni: a hypothesis falls only if every set of
// hypotheses that holds it is rejected.
TEST(HolmCorrection, EqualsTheClosedTest) {
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    std::vector<double> p(1 + static_cast<std::size_t>(random.below(7)));
    for (double& value : p) value = static_cast<double>(random.below(60)) / 100;
    std::vector<double> closed(p.size(), 0);
    for (unsigned set = 1; set < 1u << p.size(); ++set) {
      std::vector<std::size_t> held;
      for (std::size_t i = 0; i < p.size(); ++i)
        if ((set >> i & 1) != 0) held.push_back(i);
      double least = 1;
      for (const std::size_t i : held) least = std::min(least, p[i]);
      const double bonferroni = std::min(1.0, least * static_cast<double>(held.size()));
      for (const std::size_t i : held) closed[i] = std::max(closed[i], bonferroni);
    }
    const std::vector<double> corrected = holm_correction(p);
    for (std::size_t i = 0; i < p.size(); ++i) ASSERT_NEAR(corrected[i], closed[i], 1e-15);
  }
}

// All 5^5 resamples of five tasks, each as likely as any other.
TEST(BootstrapIntervals, AreThoseOfAllResamples) {
  const std::vector<PairedDifference> tasks = {{1, 0.9}, {0, 0.4}, {-1, -1.2}, {1, 1.1}, {1, 0.05}};
  std::vector<double> means;
  for (int code = 0; code < 3125; ++code) {
    double sum = 0;
    for (int i = 0, rest = code; i < 5; ++i, rest /= 5)
      sum += tasks[static_cast<std::size_t>(rest % 5)].total_return;
    means.push_back(sum / 5);
  }
  std::sort(means.begin(), means.end());
  const DifferenceIntervals found = bootstrap_intervals(tasks, 100'000, 0);
  EXPECT_NEAR(found.total_return.low, means[3125 / 40], 0.02);
  EXPECT_NEAR(found.total_return.high, means[3125 - 1 - 3125 / 40], 0.02);
  // Means of success are fifths: 31 of the 3,125 are under -0.4, and 101 at most -0.4.
  EXPECT_NEAR(found.success.low, -0.4, 1e-12);
  EXPECT_NEAR(found.success.high, 1, 1e-12);
}

TEST(BootstrapIntervals, AreEqualForEqualSeeds) {
  std::vector<PairedDifference> tasks;
  for (int i = 0; i < 150; ++i) tasks.push_back({i % 7 == 0 ? 1.0 : 0.0, i * 0.001});
  const DifferenceIntervals one = bootstrap_intervals(tasks, 1000, 5);
  const DifferenceIntervals two = bootstrap_intervals(tasks, 1000, 5);
  const DifferenceIntervals other = bootstrap_intervals(tasks, 1000, 6);
  EXPECT_EQ(one.total_return.low, two.total_return.low);
  EXPECT_EQ(one.total_return.high, two.total_return.high);
  EXPECT_NE(one.total_return.low, other.total_return.low);
  EXPECT_LT(one.success.low, 22.0 / 150);
  EXPECT_GT(one.success.high, 22.0 / 150);
}

TEST(BootstrapIntervals, OfOneTaskAreItsDifference) {
  const DifferenceIntervals one = bootstrap_intervals({{1, -0.5}}, 100, 0);
  EXPECT_EQ(one.success.low, 1);
  EXPECT_EQ(one.success.high, 1);
  EXPECT_EQ(one.total_return.low, -0.5);
}

TEST(EffectiveEpisodes, LiesBetweenTasksAndEpisodes) {
  const std::vector<double> once = {1, 0, 0, 1, 1, 0, 0, 0, 0, 0};
  EXPECT_EQ(effective_episodes(once, 10), 10);
  EXPECT_EQ(effective_episodes(once, 80), 10) << "eight episodes that always end alike";
  EXPECT_EQ(effective_episodes({0.5, 0.5, 0.5, 0.5}, 32), 32) << "no difference between tasks";
  EXPECT_EQ(effective_episodes({0, 0, 0}, 30), 3) << "nothing is known of the spread";
  EXPECT_EQ(effective_episodes({1}, 4), 1);
  // The mean 0.5 has the variance (4 × 0.25²) / (4 × 3) = 1/48: 0.25 × 48 = 12.
  EXPECT_NEAR(effective_episodes({0.25, 0.75, 0.25, 0.75}, 16), 12, 1e-12);
}

}  // namespace
}  // namespace sqlenv
