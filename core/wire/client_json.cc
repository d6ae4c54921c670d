#include "core/wire/client_json.h"

#include "core/wire/episode_values.h"

namespace sqlenv {
namespace {

std::string request(const char* method, Json params) {
  return write_json({{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}});
}

std::string tool_request(std::string_view session, const char* tool, Json arguments) {
  return request("tools/call",
                 {{"name", tool}, {"arguments", std::move(arguments)}, {"session_id", session}});
}

std::optional<double> reward_of(const Json& object) {
  const Json* value = member(object, "reward");
  return value != nullptr && value->is_number() ? std::optional(value->get<double>())
                                                : std::nullopt;
}

StepResult step_of(const Json& json) {
  StepResult step;
  if (const Json* seen = member(json, "observation"))
    step.observation = observation_from_json(*seen);
  step.reward = reward_of(json);
  step.done = flag_member(json, "done");
  return step;
}

WatchedSession session_of(const Json& json) {
  WatchedSession session;
  session.session = number_member<std::uint64_t>(json, "session");
  session.episode = number_member<std::uint64_t>(json, "episode");
  session.question = string_member(json, "question");
  session.schema_info = string_member(json, "schema_info");
  session.step_count = number_member<int>(json, "step_count");
  session.budget_remaining = number_member<int>(json, "budget_remaining");
  session.done = flag_member(json, "done");
  session.ended = flag_member(json, "ended");
  const Json* steps = member(json, "steps");
  if (steps == nullptr || !steps->is_array()) return session;
  for (const Json& step : *steps)
    session.steps.push_back({number_member<int>(step, "step"),
                             {string_member(step, "action_type"), string_member(step, "argument")},
                             string_member(step, "result"),
                             string_member(step, "error"),
                             reward_of(step)});
  return session;
}

}  // namespace

std::string session_create_request() { return request("openenv/session/create", Json::object()); }

std::string session_close_request(std::string_view session) {
  return request("openenv/session/close", {{"session_id", session}});
}

std::string ping_request(std::string_view session) {
  return request("ping", {{"session_id", session}});
}

std::string reset_request(std::string_view session, const ResetOptions& options) {
  return tool_request(session, "reset", reset_options_to_json(options));
}

std::string step_request(std::string_view session, const Action& action) {
  switch (action_kind(action.action_type).value_or(ActionKind::kAnswer)) {
    case ActionKind::kDescribe:
      return tool_request(session, "describe", {{"table", action.argument}});
    case ActionKind::kSample: return tool_request(session, "sample", {{"table", action.argument}});
    case ActionKind::kQuery: return tool_request(session, "query", {{"sql", action.argument}});
    case ActionKind::kAnswer: return tool_request(session, "answer", {{"value", action.argument}});
  }
  return "";
}

std::optional<RpcReply> read_rpc_reply(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return std::nullopt;
  RpcReply reply;
  if (const Json* error = member(*json, "error")) {
    reply.error_code = number_member<int>(*error, "code");
    reply.error = string_member(*error, "message");
    return reply;
  }
  const Json* result = member(*json, "result");
  if (result == nullptr) return std::nullopt;
  reply.session_id = string_member(*result, "session_id");
  if (const Json* step = member(*result, "structured_content")) reply.step = step_of(*step);
  return reply;
}

std::string read_detail(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  return json ? string_member(*json, "detail") : "";
}

std::optional<WatchReply> read_watch_reply(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json || string_member(*json, "server").empty()) return std::nullopt;
  WatchReply reply;
  reply.server = string_member(*json, "server");
  if (const Json* session = member(*json, "session"))
    reply.sessions.push_back(session_of(*session));
  if (const Json* list = member(*json, "sessions"); list != nullptr && list->is_array())
    for (const Json& session : *list) reply.sessions.push_back(session_of(session));
  return reply;
}

}  // namespace sqlenv
