#include "core/wire/episode_values.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace sqlenv {
namespace {

Error bad_option(const std::string& name, const std::string& wanted) {
  return {ErrorCode::kBadOption, "the option " + name + " must be " + wanted + "."};
}

Result<void> read_text(const std::string& name, const Json& value,
                       std::optional<std::string>& out) {
  if (!value.is_string()) return fail(bad_option(name, "a text"));
  out = value.get<std::string>();
  return {};
}

Result<void> read_name(const std::string& name, const Json& value, std::string& out) {
  if (!value.is_string()) return fail(bad_option(name, "a text"));
  out = value.get<std::string>();
  return {};
}

Result<void> read_seed(const Json& value, ResetRequest& request) {
  const std::optional<std::uint64_t> seed = whole_number(value);
  if (!seed) return fail(bad_option("seed", "a whole number from 0"));
  request.options.seed = *seed;
  request.has_seed = true;
  return {};
}

Result<void> read_budget(const Json& value, ResetRequest& request) {
  const std::uint64_t budget = whole_number(value).value_or(0);
  if (budget < 1 || budget > 1000)
    return fail(bad_option("step_budget", "a whole number from 1 to 1000"));
  request.options.step_budget = static_cast<int>(budget);
  return {};
}

Result<void> read_episode_id(const Json& value, ResetRequest& request) {
  if (!value.is_string() || !is_short_name(value.get_ref<const std::string&>()) ||
      !is_printable_name(value.get_ref<const std::string&>()))
    return fail(
        bad_option("episode_id", "a text of at most 255 characters without control characters"));
  request.episode_id = value.get<std::string>();
  return {};
}

Result<void> read_option(const std::string& name, const Json& value, ResetRequest& request) {
  ResetOptions& options = request.options;
  if (value.is_null()) return {};
  if (name == "seed") return read_seed(value, request);
  if (name == "episode_id") return read_episode_id(value, request);
  if (name == "step_budget") return read_budget(value, request);
  if (name == "pack") return read_text(name, value, options.filter.pack);
  if (name == "database") return read_text(name, value, options.filter.database);
  if (name == "difficulty") return read_text(name, value, options.filter.difficulty);
  if (name == "split") return read_text(name, value, options.filter.split);
  if (name == "question_id") return read_text(name, value, options.filter.question_id);
  if (name == "reward") return read_name(name, value, options.reward);
  if (name == "verifier") return read_name(name, value, options.verifier);
  return fail(ErrorCode::kBadOption,
              "there is no option \"" + shorten(name, 60) +
                  "\". Known: seed, episode_id, question_id, database, difficulty, split, pack, "
                  "step_budget, reward, verifier.");
}

}  // namespace

bool is_whole(const Json& value) {
  return value.is_number_integer() ||
         (value.is_number_float() && std::floor(value.get<double>()) == value.get<double>());
}

std::optional<std::uint64_t> whole_number(const Json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (!value.is_number_float() || !is_whole(value)) return std::nullopt;
  const double number = value.get<double>();
  if (number < 0 || number >= 0x1p64) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

bool is_short_name(std::string_view text) {
  constexpr std::ptrdiff_t kMaxCharacters = 255;
  return std::count_if(text.begin(), text.end(), [](char c) {
           return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
         }) <= kMaxCharacters;
}

bool is_printable_name(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Json observation_to_json(const Observation& observation) {
  return {{"question", observation.question},
          {"schema_info", observation.schema_info},
          {"result", observation.result},
          {"error", observation.error},
          {"step_count", observation.step_count},
          {"budget_remaining", observation.budget_remaining},
          {"action_history", observation.action_history}};
}

Json reward_to_json(const std::optional<double>& reward) {
  return reward ? Json(*reward) : Json(nullptr);
}

Observation observation_from_json(const Json& json) {
  Observation observation;
  observation.question = string_member(json, "question");
  observation.schema_info = string_member(json, "schema_info");
  observation.result = string_member(json, "result");
  observation.error = string_member(json, "error");
  observation.step_count = number_member<int>(json, "step_count");
  observation.budget_remaining = number_member<int>(json, "budget_remaining");
  return observation;
}

Json step_to_json(const StepResult& result) {
  return {{"observation", observation_to_json(result.observation)},
          {"reward", reward_to_json(result.reward)},
          {"done", result.done}};
}

Json action_to_json(const Action& action) {
  return {{"action_type", action.action_type}, {"argument", action.argument}};
}

bool is_wrapped_action(const Json& json) {
  const Json* action = member(json, "action");
  return action != nullptr && action->is_object();
}

Result<Action> action_from_json(const Json& json) {
  if (!json.is_object())
    return fail(ErrorCode::kBadJson, "an action is an object with action_type and argument.");
  for (const auto& [key, value] : json.items()) {
    if (key == "metadata" && value.is_object()) continue;
    if (key == "metadata")
      return fail(ErrorCode::kBadJson, "the action's metadata must be an object.");
    if (key == "action" && is_wrapped_action(json))
      return fail(ErrorCode::kBadJson,
                  "an action has no member \"action\". " + std::string(kWrappedAction));
    if (key != "action_type" && key != "argument")
      return fail(ErrorCode::kBadJson, "an action has no member \"" + shorten(key, 60) + "\".");
    if (!value.is_string())
      return fail(ErrorCode::kBadJson, "the action's " + key + " must be a text.");
  }
  for (const char* key : {"action_type", "argument"})
    if (member(json, key) == nullptr)
      return fail(ErrorCode::kBadJson, std::string("the action lacks ") + key + ".");
  return Action{string_member(json, "action_type"), string_member(json, "argument")};
}

Json reset_options_to_json(const ResetOptions& options) {
  Json json = {{"seed", options.seed}};
  const QuestionFilter& filter = options.filter;
  if (filter.question_id) json["question_id"] = *filter.question_id;
  if (filter.database) json["database"] = *filter.database;
  if (filter.difficulty) json["difficulty"] = *filter.difficulty;
  if (filter.split) json["split"] = *filter.split;
  if (filter.pack) json["pack"] = *filter.pack;
  json["step_budget"] = options.step_budget;
  json["reward"] = options.reward;
  json["verifier"] = options.verifier;
  return json;
}

Result<ResetRequest> reset_from_json(const Json& json) {
  if (!json.is_object()) return fail(ErrorCode::kBadJson, "the reset options must be an object.");
  ResetRequest request;
  for (const auto& [key, value] : json.items())
    if (const Result<void> read = read_option(key, value, request); !read)
      return fail(read.error());
  return request;
}

}  // namespace sqlenv
