// A comparison of runs as JSON text.
#pragma once

#include <string>

#include "core/policy/comparison.h"

namespace sqlenv {

// {"format": "sqlenv-comparison/1", "core", "pack", "pack_digest", "options": [{"step_budget",
//  "reward", "verifier"}], "tasks", "shared_tasks",
//  "method": {"interval", "test", "correction", "resamples", "seed"},
//  "runs": [{"name", SCORE, "failures": {reason: count}, "cut_off", "damaged", "problems",
//    "by_difficulty": {name: {SCORE}}, "by_database": {name: {SCORE}}}],
//  "pairs": [{"first", "second", "tasks", "only_first", "only_second", "ahead", "behind",
//    "success_difference", "success_interval", "return_difference", "return_interval", "p",
//    "corrected_p", "success_differs", "return_differs"}]}
//
// SCORE is "tasks", "episodes", "successes", "success_rate", "success_interval": [low, high],
// "mean_return", "mean_steps". The groups are null without the pack; from "ahead" on, a pair that
// shares no task has nulls. Rates, means and p-values are rounded to six decimals. Indented by two.
std::string comparison_json(const RunComparison& comparison);

}  // namespace sqlenv
