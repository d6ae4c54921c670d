// evaluate(): plays many episodes with one policy and counts what came of them.
//
// Determined by the options alone: the tasks are the matching ones in the pack's order, or a sample
// drawn by the seed, and each episode has a seed of its own made from it. An episode that cannot be
// started, or that the policy does not end, is counted as a failure and the run goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/episode.h"
#include "core/policy/policy.h"
#include "core/policy/tally.h"

namespace sqlenv {

struct EvaluateOptions {
  std::string policy = "explorer";  // one of policy_names()
  ResetOptions reset;               // its seed is the run's; its filter says which questions
  std::int64_t episodes = 0;        // 0: each matching question once
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

// One episode's end. `episode` is null if it could not be started.
struct EpisodeReport {
  std::int64_t number = 0;  // from 1
  std::int64_t of = 0;
  const Task* task = nullptr;
  const Episode* episode = nullptr;
  std::string failure;  // a key of Evaluation::failures; empty for success
};

// The episodes of an evaluation, in its order: the tasks that the options choose and the seed of
// each, for whoever plays them elsewhere. BAD_OPTION if nothing matches.
struct PlannedEpisode {
  Task task;
  std::uint64_t seed = 0;
};
Result<std::vector<PlannedEpisode>> plan_evaluation(const Catalog& catalog,
                                                    const EvaluateOptions& options);

// "random", "explorer", "oracle".
std::vector<std::string> policy_names();

// Makes the policy for a task. Only a policy that is meant to know the gold may look at the task.
using PolicyMaker =
    std::function<Result<std::unique_ptr<Policy>>(Environment& environment, const Task& task)>;

// The maker of a named policy; BAD_OPTION for another name.
Result<PolicyMaker> policy_maker(std::string_view name);

// BAD_OPTION if nothing matches or an option is wrong. `report` may be empty.
Result<Evaluation> evaluate(Environment& environment, const EvaluateOptions& options,
                            const std::function<void(const EpisodeReport&)>& report = {});

// The same with a policy of the caller's; options.policy is not read.
Result<Evaluation> evaluate_with(Environment& environment, const EvaluateOptions& options,
                                 const PolicyMaker& make_policy,
                                 const std::function<void(const EpisodeReport&)>& report = {});

}  // namespace sqlenv
