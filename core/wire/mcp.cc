#include "core/wire/mcp.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/base/version.h"
#include "core/wire/episode_json_internal.h"
#include "core/wire/mcp_internal.h"
#include "core/wire/schemas.h"
#include "core/wire/validation.h"

namespace sqlenv {
namespace {

struct Tool {
  std::string_view name;
  std::string_view action_type;  // empty for reset
  const char* parameter;
};

constexpr std::array<Tool, 5> kTools = {{{"reset", "", ""},
                                         {"describe", "DESCRIBE", "table"},
                                         {"sample", "SAMPLE", "table"},
                                         {"query", "QUERY", "sql"},
                                         {"answer", "ANSWER", "value"}}};

// Revisions of MCP whose messages these are; the newest first.
constexpr std::array<std::string_view, 4> kVersions = {"2025-11-25", "2025-06-18", "2025-03-26",
                                                       "2024-11-05"};

const char kInstructions[] =
    "Answer a question about a SQLite database that you cannot see. Call reset for a question; "
    "explore with describe, sample and query, each of which costs a step of the budget; end with "
    "answer, once.";

tl::unexpected<RpcError> rpc_error(int code, std::string message) {
  return tl::unexpected<RpcError>({code, std::move(message)});
}

tl::unexpected<RpcError> bad_request(const std::string& why) {
  return rpc_error(kRpcInvalidRequest, "Invalid request: " + why);
}

tl::expected<ToolCall, RpcError> read_reset_call(const Json& arguments) {
  Result<ResetRequest> request = reset_from_json(arguments);
  if (!request) return rpc_error(kRpcInternalError, request.error().message);
  return ToolCall{std::move(*request), {}};
}

tl::expected<ToolCall, RpcError> read_action_call(const Tool& tool, const Json& arguments) {
  const std::string wanted = "the tool " + std::string(tool.name) + " takes one argument, \"" +
                             tool.parameter + "\", a text.";
  const Json* value = member(arguments, tool.parameter);
  if (value == nullptr || !value->is_string() || arguments.size() != 1)
    return rpc_error(kRpcInternalError, wanted);
  return ToolCall{std::nullopt, {std::string(tool.action_type), value->get<std::string>()}};
}

tl::expected<ToolCall, RpcError> read_call(const Json& params) {
  const std::string name = string_member(params, "name");
  if (name.empty()) return rpc_error(kRpcInvalidParams, "Missing 'name' in params");
  static const Json none = Json::object();
  const Json* given = member(params, "arguments");
  const Json& arguments = given == nullptr || given->is_null() ? none : *given;
  const auto* tool = std::find_if(kTools.begin(), kTools.end(),
                                  [&](const Tool& known) { return known.name == name; });
  if (tool == kTools.end())
    return rpc_error(kRpcInternalError, "Unknown tool: '" + shorten(name, 60) + "'");
  if (!arguments.is_object()) return rpc_error(kRpcInternalError, "arguments must be an object.");
  return tool->action_type.empty() ? read_reset_call(arguments)
                                   : read_action_call(*tool, arguments);
}

std::string shown_name(const Json& value) {
  if (value.is_string()) return shorten(value.get_ref<const std::string&>(), 60);
  return value.is_structured() ? value.type_name() : write_json(value);
}

// Null and what Python takes for false count as absent.
std::optional<std::string> read_session_id(const Json& params) {
  const Json* value = member(params, "session_id");
  if (value == nullptr || value->is_null() || *value == false || *value == 0) return std::nullopt;
  if (value->is_string() && value->get_ref<const std::string&>().empty()) return std::nullopt;
  return shown_name(*value);
}

// What is not as a request must be; empty if all is.
std::string request_problem(const Json& json) {
  const Json* version = member(json, "jsonrpc");
  if (version == nullptr || *version != "2.0") return "jsonrpc must be \"2.0\".";
  const Json* method = member(json, "method");
  if (method == nullptr || !method->is_string()) return "method must be a text.";
  const Json* params = member(json, "params");
  if (params != nullptr && !params->is_object()) return "params must be an object.";
  const Json* id = member(json, "id");
  if (id != nullptr && !id->is_null() && !id->is_string() && !id->is_number_integer())
    return "id must be a text, a whole number or null.";
  for (const auto& [key, value] : json.items())
    if (key != "jsonrpc" && key != "method" && key != "params" && key != "id")
      return "a request has no member \"" + shorten(key, 60) + "\".";
  return "";
}

}  // namespace

RpcParsed rpc_from_json(const Json& json) {
  if (const std::string problem = request_problem(json); !problem.empty())
    return bad_request(problem);
  RpcRequest request;
  request.method = string_member(json, "method");
  const Json* id = member(json, "id");
  if (id != nullptr) request.id = write_json(*id);
  request.notification = id == nullptr && request.method.starts_with("notifications/");
  static const Json none = Json::object();
  const Json* given = member(json, "params");
  const Json& params = given == nullptr ? none : *given;
  request.session_id = read_session_id(params);
  request.protocol_version = string_member(params, "protocolVersion");
  if (request.method == "tools/call") request.call = read_call(params);
  return request;
}

RpcParsed parse_rpc(std::string_view text) {
  const std::optional<Json> json = parse_client_json(text);
  if (!json) return rpc_error(kRpcParseError, "Parse error: this is not JSON in UTF-8");
  if (!json->is_object()) return rpc_error(kRpcServerError, "a request is one JSON object");
  return rpc_from_json(*json);
}

std::string rpc_result(std::string_view id, std::string_view result) {
  std::string out = R"({"jsonrpc":"2.0","id":)";
  out.append(id).append(R"(,"result":)").append(result).append("}");
  return out;
}

std::string rpc_error(std::string_view id, const RpcError& error) {
  std::string out = R"({"jsonrpc":"2.0","id":)";
  out.append(id).append(R"(,"error":{"code":)").append(std::to_string(error.code));
  out.append(R"(,"message":)").append(write_json(error.message));
  out.append(R"(,"data":)").append(error.data).append("}}");
  return out;
}

RpcError rpc_capacity_error(int active_sessions, int max_sessions) {
  return {kRpcServerError,
          "Server at capacity: " + std::to_string(active_sessions) + "/" +
              std::to_string(max_sessions) + " sessions active. Cannot accept new connections.",
          write_json({{"active_sessions", active_sessions}, {"max_sessions", max_sessions}})};
}

std::string initialize_json(std::string_view protocol_version) {
  const bool known =
      std::find(kVersions.begin(), kVersions.end(), protocol_version) != kVersions.end();
  return write_json({{"protocolVersion", known ? protocol_version : kVersions.front()},
                     {"capabilities", {{"tools", {{"listChanged", false}}}}},
                     {"serverInfo", {{"name", "sql_env"}, {"version", kVersion}}},
                     {"instructions", kInstructions}});
}

const std::string& tools_json() {
  static const std::string text = [] {
    Json tools = Json::array();
    for (const Tool& tool : kTools)
      tools.push_back({{"name", tool.name},
                       {"description", tool_description(tool.name)},
                       {"inputSchema", *parse_json(tool_input_schema(tool.name))}});
    return write_json({{"tools", tools}});
  }();
  return text;
}

std::string tool_result_json(const StepResult& result) {
  const bool failed = result.error.has_value();
  const Json step = step_to_json(result);
  return write_json({{"content", {{{"type", "text"}, {"text", write_json(step)}}}},
                     {"structured_content", step},
                     {"structuredContent", step},
                     {"data", step},
                     {"is_error", failed},
                     {"isError", failed}});
}

std::string session_created_json(std::string_view session_id) {
  return write_json({{"session_id", session_id}});
}

std::string session_closed_json(std::string_view session_id, bool closed) {
  Json json = {{"session_id", session_id}, {"closed", closed}};
  if (!closed) json["closing"] = true;
  return write_json(json);
}

}  // namespace sqlenv
