// compare_runs(): a leaderboard of runs, and paired comparisons between each two of them.
//
// A task is a question with the options under which it was played. The seed is no part of it, since
// it changes nothing that an agent meets. A run may play a task several times (samples): each task
// weighs the same, by the mean over its episodes. Everything is computed from the runs alone and
// equal runs give equal values; their order does not matter but for the order of equal ones.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/result.h"
#include "core/policy/tally.h"
#include "core/task/pack.h"

namespace sqlenv {

inline constexpr std::int64_t kFewestTasks = 20;

struct PlayOptions {
  int step_budget = 0;
  std::string reward;
  std::string verifier;

  friend bool operator==(const PlayOptions&, const PlayOptions&) = default;
  friend bool operator<(const PlayOptions& a, const PlayOptions& b) {
    return std::tie(a.step_budget, a.reward, a.verifier) <
           std::tie(b.step_budget, b.reward, b.verifier);
  }
};

// One finished episode of a run.
struct RunEpisode {
  std::string question_id;
  PlayOptions options;
  std::string failure;  // as evaluate() names it; empty: it was solved
  int steps = 0;
  Micros total_return = 0;
};

struct AgentRun {
  std::string name;
  std::string pack;
  std::string pack_digest;
  std::vector<RunEpisode> episodes;

  // Episodes that were left out: they have no end, or lines that cannot be read.
  std::int64_t cut_off = 0;
  std::int64_t damaged = 0;
  std::string problems;  // what was wrong with the lines, for people; empty: nothing
};

struct CompareOptions {
  int resamples = 10'000;  // of the bootstrap
  std::uint64_t seed = 0;  // of the bootstrap
};

// What came of some tasks of a run. Rates and means are over tasks.
struct Score {
  std::int64_t tasks = 0;
  std::int64_t episodes = 0;
  std::int64_t successes = 0;
  double success_rate = 0;

  // Wilson's 95 % interval, for effective_episodes().
  Interval success_interval;
  double mean_return = 0;
  double mean_steps = 0;
};

struct RunResult {
  std::string name;
  Score all;
  std::map<std::string, Score> by_difficulty;
  std::map<std::string, Score> by_database;
  std::map<std::string, std::int64_t> failures;
  std::int64_t cut_off = 0;
  std::int64_t damaged = 0;
  std::string problems;
};

// Two runs on the tasks that both played. Differences are those of the first over the second.
struct PairResult {
  std::size_t first = 0;  // in RunComparison::runs; the one that stands higher
  std::size_t second = 0;
  std::int64_t tasks = 0;  // if 0, everything below is without meaning
  std::int64_t only_first = 0;
  std::int64_t only_second = 0;
  std::int64_t ahead = 0;  // tasks of whose episodes the first solved the larger part
  std::int64_t behind = 0;
  double success_difference = 0;
  Interval success_interval;  // these two by bootstrap, at 95 %
  double return_difference = 0;
  Interval return_interval;
  double p = 1;            // sign_test(ahead, behind)
  double corrected_p = 1;  // for the number of pairs that share tasks

  // Whether the runs solve different parts of the tasks: corrected_p is at most 0.05.
  bool success_differs() const;

  // Whether the interval of the return's difference, which is not corrected, leaves out 0; of fewer
  // than kFewestTasks tasks it is too rough to say so.
  bool return_differs() const;
};

struct RunComparison {
  std::string pack;
  std::string pack_digest;
  std::vector<PlayOptions> options;  // all that occur, sorted
  std::int64_t tasks = 0;            // that any run played
  std::int64_t shared_tasks = 0;     // that every run played
  bool grouped = false;              // whether the pack was at hand
  std::vector<RunResult> runs;       // by success, return and name, the best first
  std::vector<PairResult> pairs;     // in that order
  CompareOptions compared;
};

// `pack` tells difficulties and databases, and may be null. MISMATCH if the runs or the pack are of
// different packs or editions, or no two runs share a task; BAD_OPTION if two have one name;
// BAD_TRAJECTORY if one has no episode. REQUIRES: at least one run.
Result<RunComparison> compare_runs(const std::vector<AgentRun>& runs, const Pack* pack,
                                   const CompareOptions& options);

}  // namespace sqlenv
