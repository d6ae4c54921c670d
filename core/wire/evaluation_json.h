// The result of an evaluation as JSON text.
#pragma once

#include <string>
#include <string_view>

#include "core/policy/evaluate.h"
#include "core/policy/model_evaluation.h"

namespace sqlenv {

// {"format": "sqlenv-evaluation/1", "core", "policy", "pack", "pack_digest", "options": {"seed",
// "episodes", "database", "difficulty", "split", "step_budget", "reward", "verifier"}, "episodes",
// "successes", "success_rate", "success_interval": [low, high], "mean_return", "mean_steps",
// "failures": {reason: count}, "step_errors": {code: count}, "by_database": {name: {...}},
// "by_difficulty": {name: {...}}}, keys always in this order, names sorted. Indented by two.
std::string evaluation_json(const Pack& pack, std::string_view policy,
                            const EvaluateOptions& options, const Evaluation& evaluation);

// The same for a language model, whose name stands for the policy's, with one more member at the
// end: "model": {"name", "dialect", "samples", "planned_episodes", "turns", "prompt_tokens",
// "completion_tokens", "mean_tokens", "unreadable", "several", "cut", "repeats", "budget_spent",
// "lost": {failure: episodes}, "pass_at": {k: {"rate", "tasks"}}, "majority": {"tasks",
// "right"} or null with one sample, "ended_early": {"reason", "message"} or null}.
std::string evaluation_json(const Pack& pack, const EvaluateOptions& options,
                            const Evaluation& evaluation, const ModelEvaluation& model);

}  // namespace sqlenv
