// SampleTally: how often a task is solved by several attempts at it.
//
// pass@k is the chance that at least one of k attempts is right, by the unbiased estimator of Chen
// et al. 2021 ("Evaluating Large Language Models Trained on Code"), the mean over tasks of
// 1 - C(n-c, k) / C(n, k) for c right ones of n. The majority is the answer that most attempts
// gave; among equals, the one that was given first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sqlenv {

// REQUIRES: 0 <= right <= attempts, 1 <= k <= attempts.
double pass_at_k(std::int64_t attempts, std::int64_t right, std::int64_t k);

struct PassAt {
  std::int64_t k = 0;
  double rate = 0;
  std::int64_t tasks = 0;  // with at least k attempts; 0: there is no rate
};

struct Majority {
  std::int64_t tasks = 0;  // with an attempt at least
  std::int64_t right = 0;
};

class SampleTally {
 public:
  // `task` is any number that names it. Attempts of a task are added in their order. None for
  // `answer`: it gave none, which is no vote.
  void add(std::size_t task, bool right, const std::optional<std::string>& answer);

  // For k = 1, 2, 4 … and `samples`.
  std::vector<PassAt> pass_at(std::int64_t samples) const;
  Majority majority() const;

 private:
  struct Vote {
    std::int64_t votes = 0;
    std::size_t first = 0;  // its place among the task's answers
    bool right = false;
  };
  struct Attempts {
    std::int64_t all = 0;
    std::int64_t right = 0;
    std::map<std::string, Vote> answers;
  };
  std::map<std::size_t, Attempts> tasks_;
};

}  // namespace sqlenv
