#include "core/wire/episode_json.h"

#include "core/base/text.h"
#include "core/wire/episode_values.h"
#include "core/wire/json_writer.h"

namespace sqlenv {

std::string action_json(const Action& action) { return write_json(action_to_json(action)); }

Result<Action> parse_action(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return fail(ErrorCode::kBadJson, "this is not JSON.");
  return action_from_json(*json);
}

Result<ResetRequest> parse_reset(std::string_view text) {
  if (trim(text).empty()) return ResetRequest{};
  const std::optional<Json> json = parse_json(text);
  if (!json) return fail(ErrorCode::kBadJson, "this is not JSON.");
  return reset_from_json(*json);
}

std::string step_json(const StepResult& result) {
  std::string out;
  append_step_json(out, result);
  return out;
}

void append_step_json(std::string& out, const StepResult& result) {
  const Observation& observation = result.observation;
  std::size_t history = 0;
  for (const std::string& action : observation.action_history) history += action.size() + 8;
  out.reserve(out.size() + 512 + observation.question.size() + observation.schema_info.size() +
              observation.result.size() + observation.error.size() + history);
  out += R"({"observation":{"question":)";
  append_json_string(out, observation.question);
  out += R"(,"schema_info":)";
  append_json_string(out, observation.schema_info);
  out += R"(,"result":)";
  append_json_string(out, observation.result);
  out += R"(,"error":)";
  append_json_string(out, observation.error);
  out += R"(,"step_count":)" + std::to_string(observation.step_count);
  out += R"(,"budget_remaining":)" + std::to_string(observation.budget_remaining);
  out += R"(,"action_history":[)";
  for (const std::string& action : observation.action_history) {
    if (&action != &observation.action_history.front()) out += ',';
    append_json_string(out, action);
  }
  out += R"(]},"reward":)" + write_json(reward_to_json(result.reward));
  out += result.done ? R"(,"done":true})" : R"(,"done":false})";
}

}  // namespace sqlenv
