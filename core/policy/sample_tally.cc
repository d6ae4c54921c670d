#include "core/policy/sample_tally.h"

#include "core/base/check.h"
#include "core/base/text.h"

namespace sqlenv {

double pass_at_k(std::int64_t attempts, std::int64_t right, std::int64_t k) {
  SQLENV_CHECK(0 <= right && right <= attempts && 1 <= k && k <= attempts);
  if (attempts - right < k) return 1;
  double none = 1;
  for (std::int64_t i = attempts - right + 1; i <= attempts; ++i)
    none *= 1 - static_cast<double>(k) / static_cast<double>(i);
  return 1 - none;
}

void SampleTally::add(std::size_t task, bool right, const std::optional<std::string>& answer) {
  Attempts& attempts = tasks_[task];
  ++attempts.all;
  attempts.right += right ? 1 : 0;
  if (!answer) return;
  const auto [vote, is_new] = attempts.answers.try_emplace(collapse_spaces(*answer),
                                                           Vote{0, attempts.answers.size(), right});
  ++vote->second.votes;
}

std::vector<PassAt> SampleTally::pass_at(std::int64_t samples) const {
  std::vector<PassAt> out;
  for (std::int64_t k = 1; k < samples; k *= 2) out.push_back({k});
  out.push_back({samples});
  for (PassAt& at : out) {
    for (const auto& [task, attempts] : tasks_) {
      if (attempts.all < at.k) continue;
      ++at.tasks;
      at.rate += pass_at_k(attempts.all, attempts.right, at.k);
    }
    if (at.tasks > 0) at.rate /= static_cast<double>(at.tasks);
  }
  return out;
}

Majority SampleTally::majority() const {
  Majority out;
  for (const auto& [task, attempts] : tasks_) {
    ++out.tasks;
    Vote best;
    for (const auto& [answer, vote] : attempts.answers)
      if (vote.votes > best.votes || (vote.votes == best.votes && vote.first < best.first))
        best = vote;
    out.right += best.right ? 1 : 0;
  }
  return out;
}

}  // namespace sqlenv
