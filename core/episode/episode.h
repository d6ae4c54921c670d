// Episode: one attempt at one question, from reset to ANSWER or to the end of the budget.
//
// It is a value: copying it clones the episode, and the copies go on independently. It refers to
// the Environment it was started from and belongs to the same thread. Everything is determined by
// the options and the actions: no clock, no entropy. Wrong actions spend a step and are answered
// with an error; a step after the end changes nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/episode/action.h"
#include "core/episode/environment.h"
#include "core/episode/observation.h"
#include "core/episode/pending_step.h"
#include "core/episode/reward.h"
#include "core/verify/verdict.h"

namespace sqlenv {

struct ResetOptions {
  std::uint64_t seed = 0;  // picks one of the matching questions
  QuestionFilter filter;
  int step_budget = 15;             // 1 to 1,000
  std::string reward = "v3";        // the name of a RewardPreset
  std::string verifier = "strict";  // the name of a VerifierMode
};

struct StepResult {
  Observation observation;
  std::optional<double> reward;  // none at reset
  bool done = false;
  std::optional<Error> error;  // why the action was refused, whose text is observation.error

  void set_error(Error refusal);

  // For the screen and the trajectory, not for agents.
  RewardTerms terms;
  std::shared_ptr<const ResultTable> table;  // all rows of a QUERY or SAMPLE that ran
};

// A step as the episode records it. The record's action_history is empty, since each step repeats
// the one before it; history() holds all lines. The table is kept if Environment::keeps_tables().
struct StepRecord {
  Action action;
  StepResult result;
};

class Episode {
 public:
  // The observation of the reset.
  const StepResult& first() const { return first_; }

  // The result of the last step, or of the reset before the first, without its table.
  StepResult latest() const;

  // Plays a step. Replaces ill-formed UTF-8 in the action by U+FFFD first, so that the recorded
  // JSON is exactly what was played.
  StepResult step(const Action& action);

  // Plays a step like step() if its query takes at most `operations` and an answer is not long.
  // Otherwise none, and the episode is as before. For a thread on which others wait.
  std::optional<StepResult> step_within(const Action& action, std::int64_t operations);

  // Plays a step in pieces: begin() makes it, finish() runs what is left of its query and records
  // the same step as step(). REQUIRES for finish(): this episode, or one that it is a copy of,
  // began the step and took no step since.
  PendingStep begin(const Action& action) const;
  StepResult finish(PendingStep pending);

  // The episode as it was after its first `count` steps, from which it can go on in another way.
  // Runs no queries. REQUIRES: count <= step_count(), and Environment::keeps_tables().
  Episode until(std::size_t count) const;

  bool done() const { return done_; }
  int step_count() const { return static_cast<int>(steps_.size()); }
  int budget_remaining() const { return options_.step_budget - step_count(); }
  Micros total_reward() const { return total_; }
  const std::vector<StepRecord>& steps() const { return steps_; }

  // One line for each step; the action_history of step n's observation is its first n lines.
  const std::vector<std::string>& history() const { return history_; }
  const ResetOptions& options() const { return options_; }
  const Task& task() const { return task_; }
  const std::vector<std::string>& described() const { return described_; }

  // The judgement of the ANSWER; none before the end, and none if there was no ANSWER.
  const std::optional<Verdict>& verdict() const { return verdict_; }

  // The gold, for the screen. REQUIRES: done().
  const Gold& gold() const;

 private:
  friend class Environment;
  struct Request;  // an action with its kind and table
  struct Outcome;  // the effect of an action, before it is scored

  Episode(Environment& environment, Task task, ResetOptions options,
          std::shared_ptr<const Environment::Target> target);

  // Plays a step of a well-formed action. `rows` is the result of its query; null runs the query.
  StepResult play(Action action, Result<ResultTable>* rows);
  StepResult refuse_after_end() const;
  bool runs_query(const Action& action) const;
  Request understand(const Action& action) const;
  Outcome perform(const Request& request, Result<ResultTable>* rows);
  Outcome describe(const Table& table);
  Outcome sample(const Table& table);
  Outcome query_outcome(std::string_view sql, Result<ResultTable> rows) const;
  Outcome judge(const std::string& answer);
  StepFacts facts_of(const Request& request, const Outcome& outcome);
  void know(const Table& table);
  Observation observe() const;
  StepResult with_history(const StepResult& kept) const;
  const Schema& schema() const { return task_.database->image.schema(); }

  Environment* environment_;  // owns connection_
  Task task_;
  ResetOptions options_;
  RewardPreset preset_;
  std::shared_ptr<const Environment::Target> target_;
  Database* connection_;
  StepResult first_;
  std::vector<StepRecord> steps_;
  std::vector<std::string> described_;
  std::vector<const Table*> known_;  // described or sampled: the agent has seen their columns
  std::string schema_info_;
  std::vector<std::string> history_;
  std::set<std::string> seen_actions_;
  std::set<Fingerprint> seen_results_;
  RewardState reward_state_;
  Micros total_ = 0;
  bool done_ = false;
  std::optional<Verdict> verdict_;
};

}  // namespace sqlenv
