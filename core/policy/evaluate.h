// evaluate(): plays many episodes with one policy and counts what came of them.
//
// The options alone determine the run: the tasks are the matching ones in the pack's order, or a
// sample drawn by the seed, and the seed of each episode is drawn from the run's. An episode that
// cannot be started, or that the policy does not end, counts as a failure and the run goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/episode/episode.h"
#include "core/policy/registry.h"
#include "core/policy/tally.h"

namespace sqlenv {

struct EvaluateOptions {
  ResetOptions reset;         // its seed is the run's; its filter says which questions
  std::int64_t episodes = 0;  // 0: each matching question once
};

struct Evaluation {
  Tally all;
  std::map<std::string, Tally> by_database;
  std::map<std::string, Tally> by_difficulty;

  // Why episodes failed: the verdict's reason, NO_ANSWER, or the code of the error that kept the
  // episode from starting.
  std::map<std::string, std::int64_t> failures;

  // The codes of errors that steps were answered with, in all episodes.
  std::map<std::string, std::int64_t> step_errors;
};

// How one episode ended. `episode` is null if it could not be started.
struct EpisodeReport {
  std::int64_t number = 0;  // from 1
  std::int64_t total = 0;
  const Task* task = nullptr;
  const Episode* episode = nullptr;
  std::string failure;  // a key of Evaluation::failures; empty for success
};

struct PlannedEpisode {
  Task task;
  std::uint64_t seed = 0;
};

// The episodes of an evaluation, in its order, for a caller that plays them elsewhere. BAD_OPTION
// if nothing matches.
Result<std::vector<PlannedEpisode>> plan_evaluation(const Catalog& catalog,
                                                    const EvaluateOptions& options);

// The plan, for a caller that plays it here: a wrong option, which would fail every episode alike,
// is reported once, as BAD_OPTION.
Result<std::vector<PlannedEpisode>> checked_plan(Environment& environment,
                                                 const EvaluateOptions& options);

// Starts a planned episode with its own seed; the options' filter does not count.
Result<Episode> start_planned(Environment& environment, const ResetOptions& options,
                              const PlannedEpisode& planned);

// Why an episode that is over failed, as a key of Evaluation::failures; empty for success.
std::string episode_failure(const Episode& episode);

// Counts an episode of `task`. `episode` is null if it could not be started or was lost. This is
// the one place that counts, whoever plays.
void count_episode(const Task& task, const Episode* episode, const std::string& failure,
                   Evaluation& evaluation);

// Gives the gold of `task`, computed when it is called. Valid as long as both arguments.
GoldSource gold_source(Environment& environment, const Task& task);

// Plays each planned episode with a policy of its own from `make_policy`. BAD_OPTION if nothing
// matches or an option is wrong. `report` may be empty.
Result<Evaluation> evaluate(Environment& environment, const EvaluateOptions& options,
                            const PolicyMaker& make_policy,
                            const std::function<void(const EpisodeReport&)>& report = {});

}  // namespace sqlenv
