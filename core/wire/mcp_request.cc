#include "core/wire/mcp_request.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/wire/episode_values.h"
#include "core/wire/validation.h"

namespace sqlenv {
namespace {

tl::unexpected<RpcError> rpc_error(int code, std::string message) {
  return tl::unexpected<RpcError>({code, std::move(message), "null", "null"});
}

tl::unexpected<RpcError> bad_request(const std::string& why, std::string id) {
  return tl::unexpected<RpcError>(
      {kRpcInvalidRequest, "Invalid request: " + why, "null", std::move(id)});
}

tl::expected<ToolCall, RpcError> read_reset_call(const Json& arguments) {
  Result<ResetRequest> request = reset_from_json(arguments);
  if (!request) return rpc_error(kRpcInternalError, request.error().message);
  return ToolCall{std::move(*request), {}};
}

tl::expected<ToolCall, RpcError> read_action_call(const McpTool& tool, const Json& arguments) {
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
  const auto* tool = std::find_if(kMcpTools.begin(), kMcpTools.end(),
                                  [&](const McpTool& known) { return known.name == name; });
  if (tool == kMcpTools.end())
    return rpc_error(kRpcInternalError, "Unknown tool: '" + shorten(name, 60) + "'");
  if (!arguments.is_object()) return rpc_error(kRpcInternalError, "arguments must be an object.");
  return tool->action_type.empty() ? read_reset_call(arguments)
                                   : read_action_call(*tool, arguments);
}

std::string shown_name(const Json& value) {
  if (value.is_string()) return shorten(value.get_ref<const std::string&>(), 60);
  return value.is_structured() ? value.type_name() : write_json(value);
}

// None for null and for the values that Python takes for false.
std::optional<std::string> read_session_id(const Json& params) {
  const Json* value = member(params, "session_id");
  if (value == nullptr || value->is_null() || *value == false || *value == 0) return std::nullopt;
  if (value->is_string() && value->get_ref<const std::string&>().empty()) return std::nullopt;
  return shown_name(*value);
}

bool is_id(const Json& value) {
  return value.is_null() || value.is_string() || value.is_number_integer();
}

// What is wrong with the form of a request; empty if nothing is.
std::string request_problem(const Json& json) {
  const Json* version = member(json, "jsonrpc");
  if (version == nullptr || *version != "2.0") return "jsonrpc must be \"2.0\".";
  const Json* method = member(json, "method");
  if (method == nullptr || !method->is_string()) return "method must be a text.";
  const Json* params = member(json, "params");
  if (params != nullptr && !params->is_object()) return "params must be an object.";
  const Json* id = member(json, "id");
  if (id != nullptr && !is_id(*id)) return "id must be a text, a whole number or null.";
  for (const auto& [key, value] : json.items())
    if (key != "jsonrpc" && key != "method" && key != "params" && key != "id")
      return "a request has no member \"" + shorten(key, 60) + "\".";
  return "";
}

}  // namespace

RpcParsed rpc_from_json(const Json& json) {
  const Json* id = member(json, "id");
  if (const std::string problem = request_problem(json); !problem.empty())
    return bad_request(problem, id != nullptr && is_id(*id) ? write_json(*id) : "null");
  RpcRequest request;
  request.method = string_member(json, "method");
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

}  // namespace sqlenv
