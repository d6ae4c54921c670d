#include "core/wire/protocol.h"

#include "core/base/text.h"
#include "core/base/version.h"
#include "core/wire/episode_json_internal.h"
#include "core/wire/trajectory.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMaxNameBytes = 255;
constexpr std::size_t kShownInputBytes = 200;

const Json& empty_object() {
  static const Json empty = Json::object();
  return empty;
}

// Never more than a short scalar: an echo of everything would be as long, or as deep, as what came.
std::string shown_input(const Json& value) {
  if (value.is_string())
    return write_json(shorten(value.get_ref<const std::string&>(), kShownInputBytes));
  return value.is_structured() ? (value.is_object() ? "{}" : "[]") : write_json(value);
}

FieldError field_error(std::string type, std::vector<std::string> loc, std::string msg,
                       const Json& input) {
  return {std::move(type), std::move(loc), std::move(msg), shown_input(input)};
}

Json field_error_to_json(const FieldError& error) {
  return {{"type", error.type},
          {"loc", error.loc},
          {"msg", error.msg},
          {"input", parse_json(error.input).value_or(Json(nullptr))}};
}

Json field_errors_to_json(const std::vector<FieldError>& errors) {
  Json list = Json::array();
  for (const FieldError& error : errors) list.push_back(field_error_to_json(error));
  return list;
}

// The type of the error that `name: value` alone is as a reset option; empty if it is none.
std::string option_error_type(const std::string& name, const Json& value) {
  if (value.is_structured()) return name == "episode_id" ? "string_type" : "value_error";
  if (reset_from_json({{name, value}})) return "";
  if (name == "seed" && value.is_number_integer()) return "greater_than_equal";
  if (name == "seed" && value.is_number_float()) return "int_from_float";
  if (name == "seed") return "int_type";
  if (name == "episode_id") return value.is_string() ? "string_too_long" : "string_type";
  return "value_error";
}

FieldError reset_field_error(const Json& json, const Error& error, const std::string& where) {
  if (!json.is_object())
    return field_error(where == "body" ? "model_attributes_type" : "dict_type", {where},
                       error.message, json);
  for (const auto& [key, value] : json.items())
    if (std::string type = option_error_type(key, value); !type.empty())
      return field_error(std::move(type), {where, key}, error.message, value);
  return field_error("value_error", {where}, error.message, json);
}

// Errors of the action's members name them alone, as official servers do.
FieldError action_field_error(const Json& json, const Error& error,
                              std::vector<std::string> where) {
  if (!json.is_object()) return field_error("dict_type", std::move(where), error.message, json);
  for (const auto& [key, value] : json.items()) {
    if (key == "metadata") continue;
    if (key != "action_type" && key != "argument")
      return field_error("extra_forbidden", {key}, error.message, value);
    if (!value.is_string()) return field_error("string_type", {key}, error.message, value);
  }
  const char* lacking = member(json, "action_type") == nullptr ? "action_type" : "argument";
  return field_error("missing", {lacking}, error.message, json);
}

tl::unexpected<ProtocolError> refuse(std::string code, std::string message) {
  return tl::unexpected<ProtocolError>({std::move(code), std::move(message), {}});
}

tl::unexpected<ProtocolError> invalid(FieldError error) {
  std::string message = "Invalid message: " + error.msg;
  return tl::unexpected<ProtocolError>(
      {"VALIDATION_ERROR", std::move(message), {std::move(error)}});
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
  if (type == "trajectory") return Kind::kTrajectory;
  return std::nullopt;
}

// How official servers name a type that is none.
std::string unknown_type_text(const Json* type) {
  if (type == nullptr) return "";
  if (type->is_null()) return "None";
  if (type->is_string()) return shorten(type->get_ref<const std::string&>(), 60);
  return shown_input(*type);
}

ProtocolResult<ClientMessage> read_data(ClientMessage::Kind kind, const Json* data) {
  ClientMessage message;
  message.kind = kind;
  if (kind == ClientMessage::Kind::kReset) {
    const Json& options = data == nullptr ? empty_object() : *data;
    Result<ResetRequest> reset = reset_from_json(options);
    if (!reset) return invalid(reset_field_error(options, reset.error(), "data"));
    message.reset = std::move(*reset);
  } else if (kind == ClientMessage::Kind::kStep) {
    if (data == nullptr)
      return invalid({"missing", {"data"}, "a step needs its action as data.", "null"});
    Result<Action> action = action_from_json(*data);
    if (!action) return invalid(action_field_error(*data, action.error(), {"data"}));
    message.action = std::move(*action);
  } else if (data != nullptr) {
    return invalid(field_error("extra_forbidden", {"data"}, "this message takes no data.", *data));
  }
  return message;
}

// Members of /step beside the action. Those that are not known may be anything.
std::optional<FieldError> read_name(const Json& body, const char* key,
                                    std::optional<std::string>& out) {
  const Json* value = member(body, key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const std::string msg = std::string(key) + " must be a text of at most 255 bytes.";
  if (!value->is_string()) return field_error("string_type", {"body", key}, msg, *value);
  if (value->get_ref<const std::string&>().size() > kMaxNameBytes)
    return field_error("string_too_long", {"body", key}, msg, *value);
  out = value->get<std::string>();
  return std::nullopt;
}

std::optional<FieldError> read_timeout(const Json& body, std::optional<double>& out) {
  const Json* value = member(body, "timeout_s");
  if (value == nullptr || value->is_null()) return std::nullopt;
  const std::string msg = "timeout_s must be a number of seconds greater than 0.";
  if (!value->is_number()) return field_error("float_type", {"body", "timeout_s"}, msg, *value);
  if (!(value->get<double>() > 0))
    return field_error("greater_than", {"body", "timeout_s"}, msg, *value);
  out = value->get<double>();
  return std::nullopt;
}

tl::unexpected<FieldError> not_json() {
  return tl::unexpected<FieldError>(
      {"json_invalid", {"body"}, "JSON decode error: the body is not JSON in UTF-8.", "{}"});
}

}  // namespace

ProtocolResult<ClientMessage> parse_client_message(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return refuse("INVALID_JSON", "Invalid JSON: the message is not JSON in UTF-8.");
  if (!json->is_object()) return refuse("SESSION_ERROR", "a message must be a JSON object.");
  const std::optional<ClientMessage::Kind> kind = message_kind(string_member(*json, "type"));
  if (!kind)
    return refuse("UNKNOWN_TYPE",
                  "Unknown message type: " + unknown_type_text(member(*json, "type")));
  for (const auto& [key, value] : json->items())
    if (key != "type" && key != "data")
      return invalid(field_error("extra_forbidden", {key},
                                 "a message has no member \"" + shorten(key, 60) + "\".", value));
  return read_data(*kind, member(*json, "data"));
}

std::string observation_message(const StepResult& result) {
  return message("observation", step_json(result));
}

std::string state_message(const std::optional<std::string>& episode_id, int step_count) {
  return message("state", state_json(episode_id, step_count));
}

std::string trajectory_message(const Episode& episode) {
  return message("trajectory", write_json({{"jsonl", trajectory_jsonl(episode)}}));
}

std::string error_message(const ProtocolError& error) {
  Json data = {{"message", error.message}, {"code", error.code}};
  if (!error.errors.empty()) data["errors"] = field_errors_to_json(error.errors);
  return message("error", write_json(data));
}

ProtocolError reset_error(const Error& error) {
  if (error.code == ErrorCode::kInternal) return {"EXECUTION_ERROR", error.message, {}};
  return invalid({"value_error", {"data"}, error.message, "{}"}).value();
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
  if (trim(text).empty()) return ResetRequest{};
  const std::optional<Json> json = parse_json(text);
  if (!json) return not_json();
  if (json->is_null()) return ResetRequest{};
  Result<ResetRequest> request = reset_from_json(*json);
  if (!request)
    return tl::unexpected<FieldError>(reset_field_error(*json, request.error(), "body"));
  return std::move(*request);
}

BodyResult<StepRequest> parse_step_body(std::string_view text) {
  using Failure = tl::unexpected<FieldError>;
  if (trim(text).empty())
    return Failure({"missing", {"body"}, "the body must be a JSON object with an action.", "null"});
  const std::optional<Json> json = parse_json(text);
  if (!json) return not_json();
  if (!json->is_object())
    return Failure(field_error("model_attributes_type", {"body"},
                               "the body must be a JSON object with an action.", *json));
  const Json* action_json = member(*json, "action");
  if (action_json == nullptr)
    return Failure(field_error("missing", {"body", "action"}, "the body lacks action.", *json));
  Result<Action> action = action_from_json(*action_json);
  if (!action) return Failure(action_field_error(*action_json, action.error(), {"body", "action"}));
  StepRequest request{std::move(*action), {}, {}};
  std::optional<std::string> request_id;  // checked, not used
  if (auto error = read_name(*json, "episode_id", request.episode_id)) return Failure(*error);
  if (auto error = read_name(*json, "request_id", request_id)) return Failure(*error);
  if (auto error = read_timeout(*json, request.timeout_s)) return Failure(*error);
  return request;
}

std::string state_json(const std::optional<std::string>& episode_id, int step_count) {
  return write_json(
      {{"episode_id", episode_id ? Json(*episode_id) : Json(nullptr)}, {"step_count", step_count}});
}

std::string validation_error_json(const FieldError& error) {
  return write_json({{"detail", field_errors_to_json({error})}});
}

std::string validation_error_json(const Error& error) {
  return validation_error_json(FieldError{"value_error", {"body"}, error.message, "{}"});
}

std::string detail_json(std::string_view detail) { return write_json({{"detail", detail}}); }

std::string metadata_json() {
  return write_json({{"name", "sql_env"},
                     {"description",
                      "Answer questions about a SQLite database that you cannot see: explore it "
                      "with DESCRIBE, SAMPLE and QUERY under a step budget, then ANSWER."},
                     {"readme_content", nullptr},
                     {"version", kVersion},
                     {"author", "The SQLEnv authors"},
                     {"documentation_url", nullptr}});
}

}  // namespace sqlenv
