#include "core/wire/policy_json.h"

#include "core/wire/episode_values.h"
#include "core/wire/json_writer.h"

namespace sqlenv {

std::string policy_question_json(const PolicyQuestion& question) {
  StepResult step;
  step.observation = question.seen;
  step.observation.action_history.clear();
  JsonWriter json;
  json.begin_object();
  json.member("policy", question.policy);
  json.member("seed", question.seed);
  json.member("first", question.first);
  json.key("step").raw(step_json(step));
  json.end_object();
  return json.take();
}

std::optional<PolicyQuestion> read_policy_question(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return std::nullopt;
  PolicyQuestion question;
  question.policy = string_member(*json, "policy");
  question.seed = number_member<std::uint64_t>(*json, "seed");
  question.first = flag_member(*json, "first");
  if (const Json* step = member(*json, "step"))
    if (const Json* seen = member(*step, "observation"))
      question.seen = observation_from_json(*seen);
  return question;
}

}  // namespace sqlenv
