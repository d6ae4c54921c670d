#include "core/episode/trajectory.h"

#include "core/base/check.h"
#include "core/base/version.h"

namespace sqlenv {

TrajectoryHeader record_header(const Episode& episode) {
  const ResetOptions& options = episode.options();
  return {kVersion,
          episode.task().pack->name,
          episode.task().pack->digest,
          episode.task().question->id,
          options.seed,
          options.step_budget,
          options.reward,
          options.verifier,
          episode.first().observation};
}

TrajectoryStep record_step(const Episode& episode, std::size_t index) {
  SQLENV_CHECK(index < episode.steps().size());
  const auto& [action, result] = episode.steps()[index];
  Observation observation = result.observation;
  const auto first = episode.history().begin();
  const auto number = static_cast<int>(index) + 1;
  observation.action_history.assign(first, first + number);
  return {number, action, std::move(observation), result.terms.total(), result.terms, result.done};
}

TrajectoryFooter record_footer(const Episode& episode) {
  std::optional<TrajectoryFooter::Judgement> judgement;
  if (const std::optional<Verdict>& verdict = episode.verdict())
    judgement = {verdict->correct, std::string(reason_name(verdict->reason))};
  return {episode.done(), std::move(judgement), episode.step_count(), episode.total_reward()};
}

Trajectory record(const Episode& episode) {
  Trajectory trajectory{record_header(episode), {}, record_footer(episode)};
  for (std::size_t i = 0; i < episode.steps().size(); ++i)
    trajectory.steps.push_back(record_step(episode, i));
  return trajectory;
}

}  // namespace sqlenv
