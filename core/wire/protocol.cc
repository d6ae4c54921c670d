#include "core/wire/protocol.h"

#include "core/base/text.h"
#include "core/base/version.h"
#include "core/wire/episode_values.h"
#include "core/wire/fast_step_parser.h"
#include "core/wire/mcp_request.h"
#include "core/wire/task_api.h"
#include "core/wire/trajectory.h"
#include "core/wire/validation.h"

namespace sqlenv {
namespace {

const Json& empty_object() {
  static const Json empty = Json::object();
  return empty;
}

tl::unexpected<ProtocolError> protocol_error(std::string code, std::string message) {
  return tl::unexpected<ProtocolError>({std::move(code), std::move(message), {}});
}

tl::unexpected<ProtocolError> invalid(FieldErrors errors) {
  std::string message = "Invalid message: ";
  if (errors.front().type != "value_error") message += join(errors.front().loc, ".") + ": ";
  message += errors.front().msg;
  return tl::unexpected<ProtocolError>({"VALIDATION_ERROR", std::move(message), std::move(errors)});
}

// `data` is JSON text.
std::string message(std::string_view type, std::string_view data) {
  std::string out = R"({"type":")";
  out.append(type).append(R"(","data":)").append(data).append("}");
  return out;
}

std::optional<ClientMessage::Kind> message_kind(const std::string& type) {
  using Kind = ClientMessage::Kind;
  if (type == "reset") return Kind::kReset;
  if (type == "step") return Kind::kStep;
  if (type == "state") return Kind::kState;
  if (type == "close") return Kind::kClose;
  if (type == "mcp") return Kind::kMcp;
  if (type == "trajectory") return Kind::kTrajectory;
  return std::nullopt;
}

// The text by which official servers show a wrong type.
std::string unknown_type_text(const Json* type) {
  if (type == nullptr) return "";
  if (type->is_null()) return "None";
  if (type->is_string()) return shorten(type->get_ref<const std::string&>(), 60);
  return type->is_structured() ? type->type_name() : write_json(*type);
}

ProtocolResult<ClientMessage> read_reset(const Json& options) {
  const Result<ResetRequest> reset = reset_from_json(options);
  if (reset) return ClientMessage{ClientMessage::Kind::kReset, *reset, {}, {}};
  FieldErrors errors = reset_errors(options, "data");
  if (errors.empty()) errors = {value_error({"data"}, reset.error().message, options)};
  return invalid(std::move(errors));
}

ProtocolResult<ClientMessage> read_step(const Json& data) {
  const Result<Action> action = action_from_json(data);
  if (!action) {
    tl::unexpected<ProtocolError> error = invalid(action_errors(data, {"data"}));
    if (is_wrapped_action(data)) error.value().message += ". " + std::string(kWrappedAction);
    return error;
  }
  return ClientMessage{ClientMessage::Kind::kStep, {}, *action, {}};
}

ProtocolResult<ClientMessage> read_mcp(const Json& data) {
  if (!data.is_object()) return invalid({field_error("dict_type", {"data"}, data)});
  return ClientMessage{ClientMessage::Kind::kMcp, {}, {}, rpc_from_json(data)};
}

// Checks for members that the message must not have, and for data that it must.
FieldErrors frame_errors(ClientMessage::Kind kind, const Json& message) {
  using Kind = ClientMessage::Kind;
  const bool needs = kind == Kind::kStep || kind == Kind::kMcp;
  FieldErrors errors;
  if (needs && member(message, "data") == nullptr)
    errors.push_back(field_error("missing", {"data"}, message));
  for (const auto& [key, value] : message.items()) {
    if (key == "type" || (key == "data" && (needs || kind == Kind::kReset))) continue;
    if (errors.size() < 16) errors.push_back(field_error("extra_forbidden", {key}, value));
  }
  return errors;
}

}  // namespace

ProtocolResult<ClientMessage> parse_client_message(std::string_view text) {
  if (std::optional<Action> action = parse_fast_step(text))
    return ClientMessage{ClientMessage::Kind::kStep, {}, std::move(*action), {}};
  const std::optional<Json> json = parse_client_json(text);
  if (!json)
    return protocol_error("INVALID_JSON", "Invalid JSON: the message is not JSON in UTF-8.");
  if (!json->is_object())
    return protocol_error("SESSION_ERROR", "a message must be a JSON object.");
  const std::optional<ClientMessage::Kind> kind = message_kind(string_member(*json, "type"));
  if (!kind)
    return protocol_error("UNKNOWN_TYPE",
                          "Unknown message type: " + unknown_type_text(member(*json, "type")));
  if (FieldErrors errors = frame_errors(*kind, *json); !errors.empty()) return invalid(errors);
  const Json* data = member(*json, "data");
  switch (*kind) {
    case ClientMessage::Kind::kReset: return read_reset(data == nullptr ? empty_object() : *data);
    case ClientMessage::Kind::kStep: return read_step(*data);
    case ClientMessage::Kind::kMcp: return read_mcp(*data);
    default: return ClientMessage{*kind, {}, {}, {}};
  }
}

std::string observation_message(const StepResult& result) {
  std::string out = R"({"type":"observation","data":)";
  append_step_json(out, result);
  out += '}';
  return out;
}

std::string state_message(const std::optional<std::string>& episode_id, int step_count) {
  return message("state", state_json(episode_id, step_count));
}

std::string trajectory_message(const Episode& episode) {
  return message("trajectory", write_json({{"jsonl", trajectory_jsonl(episode)}}));
}

std::string mcp_message(std::string_view rpc_response) { return message("mcp", rpc_response); }

std::string error_message(const ProtocolError& error) {
  Json data = {{"message", error.message}, {"code", error.code}};
  if (!error.errors.empty()) data["errors"] = field_errors_to_json(error.errors);
  return message("error", write_json(data));
}

ProtocolError reset_error(const Error& error) {
  if (error.code == ErrorCode::kInternal) return {"EXECUTION_ERROR", error.message, {}};
  return invalid({value_error({"data"}, error.message, empty_object())}).value();
}

std::string capacity_message(int active_sessions, int max_sessions) {
  const Json data = {{"message", "Server at capacity: " + std::to_string(active_sessions) + "/" +
                                     std::to_string(max_sessions) +
                                     " sessions active. Cannot accept new connections."},
                     {"code", "CAPACITY_REACHED"},
                     {"active_sessions", active_sessions},
                     {"max_sessions", max_sessions}};
  return message("error", write_json(data));
}

BodyResult<ResetRequest> parse_reset_body(std::string_view text) {
  using Failure = tl::unexpected<FieldErrors>;
  if (text.empty()) return ResetRequest{};
  const std::optional<Json> json = parse_client_json(text);
  if (!json) return Failure({field_error("json_invalid", {"body"}, empty_object())});
  if (json->is_null()) return ResetRequest{};
  Result<ResetRequest> request = reset_from_json(*json);
  if (request) return std::move(*request);
  FieldErrors errors = reset_errors(*json, "body");
  if (errors.empty()) errors = {value_error({"body"}, request.error().message, *json)};
  return Failure(std::move(errors));
}

BodyResult<StepRequest> parse_step_body(std::string_view text) {
  using Failure = tl::unexpected<FieldErrors>;
  if (text.empty()) return Failure({field_error("missing", {"body"}, nullptr)});
  const std::optional<Json> json = parse_client_json(text);
  if (!json) return Failure({field_error("json_invalid", {"body"}, empty_object())});
  if (!json->is_object()) return Failure({field_error("model_attributes_type", {"body"}, *json)});
  const Json* action_json = member(*json, "action");
  FieldErrors errors = step_body_errors(*json);
  if (action_json == nullptr)
    errors.insert(errors.begin(), field_error("missing", {"body", "action"}, *json));
  else if (!action_json->is_object())
    errors.insert(errors.begin(), field_error("dict_type", {"body", "action"}, *action_json));
  if (!errors.empty()) return Failure(std::move(errors));
  Result<Action> action = action_from_json(*action_json);
  if (!action) return Failure(action_errors(*action_json, {"body", "action"}));
  StepRequest request{std::move(*action), {}, {}};
  if (const Json* id = member(*json, "episode_id"); id != nullptr && id->is_string())
    request.episode_id = id->get<std::string>();
  if (const Json* limit = member(*json, "timeout_s"); limit != nullptr && limit->is_number())
    request.timeout_s = limit->get<double>();
  return request;
}

std::string state_json(const std::optional<std::string>& episode_id, int step_count) {
  return write_json(
      {{"episode_id", episode_id ? Json(*episode_id) : Json(nullptr)}, {"step_count", step_count}});
}

std::string validation_error_json(const FieldErrors& errors) {
  return write_json({{"detail", field_errors_to_json(errors)}});
}

std::string validation_error_json(const Error& error) {
  return validation_error_json(FieldErrors{value_error({"body"}, error.message, empty_object())});
}

std::string detail_json(std::string_view detail) { return write_json({{"detail", detail}}); }

std::string metadata_json() {
  return write_json({{"name", kEnvName},
                     {"description",
                      "Answer questions about a SQLite database that you cannot see: explore it "
                      "with DESCRIBE, SAMPLE and QUERY under a step budget, then ANSWER."},
                     {"readme_content", nullptr},
                     {"version", kVersion},
                     {"author", "The SQLEnv authors"},
                     {"documentation_url", nullptr}});
}

}  // namespace sqlenv
