#include "core/wire/mcp.h"

#include <algorithm>
#include <array>

#include "core/base/version.h"
#include "core/wire/episode_values.h"
#include "core/wire/mcp_request.h"
#include "core/wire/schemas.h"

namespace sqlenv {
namespace {

// The revisions of MCP that these messages belong to, the newest first.
constexpr std::array<std::string_view, 4> kVersions = {"2025-11-25", "2025-06-18", "2025-03-26",
                                                       "2024-11-05"};

const char kInstructions[] =
    "Answer a question about a SQLite database that you cannot see. Call reset for a question; "
    "explore with describe, sample and query, each of which costs a step of the budget; end with "
    "answer, once.";

// By these, chat clients decide which calls need a person's consent.
Json annotations(const McpTool& tool) {
  const bool explores = !tool.action_type.empty() && tool.action_type != "ANSWER";
  return {{"title", tool.title},
          {"readOnlyHint", explores},
          {"destructiveHint", false},
          {"openWorldHint", false}};
}

}  // namespace

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
    for (const McpTool& tool : kMcpTools)
      tools.push_back({{"name", tool.name},
                       {"description", tool_description(tool.name)},
                       {"inputSchema", *parse_json(tool_input_schema(tool.name))},
                       {"annotations", annotations(tool)}});
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
