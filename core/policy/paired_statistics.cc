#include "core/policy/paired_statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "core/base/check.h"
#include "core/base/random.h"

namespace sqlenv {
namespace {

constexpr int kScaleBits = 500;

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Interval middle_95(std::vector<double>& means) {
  const std::size_t tail = means.size() / 40;
  const auto at = [&](std::size_t index) {
    const auto place = means.begin() + static_cast<std::ptrdiff_t>(index);
    std::nth_element(means.begin(), place, means.end());
    return *place;
  };
  return {at(tail), at(means.size() - 1 - tail)};
}

}  // namespace

double sign_test(std::int64_t ahead, std::int64_t behind) {
  SQLENV_CHECK(ahead >= 0 && behind >= 0);
  if (ahead == behind) return 1;
  const std::int64_t trials = ahead + behind;
  const std::int64_t least = std::min(ahead, behind);
  // The sum of the binomial coefficients up to `least`. A double cannot hold 2^trials, so the sum
  // is kept divided by a power of two.
  const double limit = std::ldexp(1.0, kScaleBits);
  double coefficient = 1;
  double sum = 1;
  std::int64_t exponent = -trials;
  for (std::int64_t i = 0; i < least; ++i) {
    coefficient = coefficient * static_cast<double>(trials - i) / static_cast<double>(i + 1);
    sum += coefficient;
    if (sum < limit) continue;
    coefficient = std::ldexp(coefficient, -kScaleBits);
    sum = std::ldexp(sum, -kScaleBits);
    exponent += kScaleBits;
  }
  return std::min(1.0,
                  std::ldexp(sum, static_cast<int>(std::max<std::int64_t>(exponent, -5000)) + 1));
}

std::vector<double> holm_correction(const std::vector<double>& p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> corrected(p_values.size());
  double greatest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double p = p_values[order[rank]] * static_cast<double>(order.size() - rank);
    greatest = std::max(greatest, std::min(1.0, p));
    corrected[order[rank]] = greatest;
  }
  return corrected;
}

DifferenceIntervals bootstrap_intervals(const std::vector<PairedDifference>& tasks, int resamples,
                                        std::uint64_t seed) {
  SQLENV_CHECK(!tasks.empty() && resamples > 0);
  Random random(seed);
  const double count = static_cast<double>(tasks.size());
  std::vector<double> success;
  std::vector<double> total_return;
  for (int i = 0; i < resamples; ++i) {
    PairedDifference sum;
    for (std::size_t drawn = 0; drawn < tasks.size(); ++drawn) {
      const PairedDifference& task = tasks[static_cast<std::size_t>(random.below(tasks.size()))];
      sum.success += task.success;
      sum.total_return += task.total_return;
    }
    success.push_back(sum.success / count);
    total_return.push_back(sum.total_return / count);
  }
  return {middle_95(success), middle_95(total_return)};
}

double effective_episodes(const std::vector<double>& shares, std::int64_t episodes) {
  const auto tasks = static_cast<double>(shares.size());
  const auto most = static_cast<double>(episodes);
  if (shares.size() < 2) return tasks;
  const double rate = mean(shares);
  double squares = 0;
  for (const double share : shares) squares += (share - rate) * (share - rate);
  const double variance = squares / (tasks * (tasks - 1));
  const double spread = rate * (1 - rate);
  if (spread <= 0) return tasks;
  return spread <= variance * most ? std::max(tasks, spread / variance) : most;
}

}  // namespace sqlenv
