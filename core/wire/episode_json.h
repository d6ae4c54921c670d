// Actions, reset options and observations as JSON text.
//
// The text written here and in wire/trajectory.h is the project's definition of "the same bytes":
// every face writes episodes through these functions and no other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/episode/episode.h"

namespace sqlenv {

struct ResetRequest {
  ResetOptions options;
  bool has_seed = false;  // without one the face draws a seed
  std::optional<std::string> episode_id;
};

// {"action_type": "...", "argument": "..."}. BAD_JSON if it is not an object with these two texts
// and nothing else but "metadata", which official clients send along.
Result<Action> parse_action(std::string_view json);

std::string action_json(const Action& action);

// {"seed": 7, "episode_id": "...", "question_id": "...", "database": "...", "difficulty": "...",
//  "split": "...", "pack": "...", "step_budget": 15, "reward": "v3", "verifier": "strict"}, all
// optional; null counts as absent. BAD_JSON if it is not an object; BAD_OPTION, naming the member,
// for an unknown one or a wrong type. Empty text is {}.
Result<ResetRequest> parse_reset(std::string_view json);

// {"observation": {...}, "reward": number or null, "done": bool}: what an agent reads.
std::string step_json(const StepResult& result);

// Appends step_json() to `out`.
void append_step_json(std::string& out, const StepResult& result);

}  // namespace sqlenv
