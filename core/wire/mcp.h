// The Model Context Protocol as text: JSON-RPC 2.0 requests of agents that call tools, and answers.
//
// It has two dialects. Official OpenEnv clients send tools/list, tools/call and
// openenv/session/create and close, one request at a time; other MCP clients begin with initialize
// and send notifications, which are not answered. The tools are reset and, one for each action,
// describe, sample, query and answer. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/episode/episode.h"
#include "core/wire/episode_json.h"

namespace sqlenv {

// Codes of JSON-RPC.
inline constexpr int kRpcParseError = -32700;
inline constexpr int kRpcInvalidRequest = -32600;
inline constexpr int kRpcMethodNotFound = -32601;
inline constexpr int kRpcInvalidParams = -32602;
inline constexpr int kRpcInternalError = -32603;
inline constexpr int kRpcServerError = -32000;

struct RpcError {
  int code = kRpcInternalError;
  std::string message;
  std::string data = "null";  // JSON text
  std::string id = "null";    // of the request as far as it could be read, as JSON text
};

struct ToolCall {
  std::optional<ResetRequest> reset;  // of the tool reset; none for an action
  Action action;
};

struct RpcRequest {
  std::string id = "null";  // JSON text
  std::string method;
  bool notification = false;  // "notifications/…" without an id, which gets no answer
  std::optional<std::string> session_id;
  std::string protocol_version;           // only of initialize
  tl::expected<ToolCall, RpcError> call;  // only of tools/call
};

using RpcParsed = tl::expected<RpcRequest, RpcError>;

// Errors: kRpcParseError if it is not JSON, kRpcServerError if it is not an object, and
// kRpcInvalidRequest if it is not a request. Any bytes are accepted, however deeply nested.
RpcParsed parse_rpc(std::string_view text);

// Whole answers. `id` and `result` are JSON text.
std::string rpc_result(std::string_view id, std::string_view result);
std::string rpc_error(std::string_view id, const RpcError& error);

// CAPACITY_REACHED in this dialect.
RpcError rpc_capacity_error(int active_sessions, int max_sessions);

// The results of initialize, tools/list, tools/call and openenv/session/create and close.
std::string initialize_json(std::string_view protocol_version);
const std::string& tools_json();
std::string tool_result_json(const StepResult& result);
std::string session_created_json(std::string_view session_id);
// Not `closed` means that it closes when the attached WebSocket leaves.
std::string session_closed_json(std::string_view session_id, bool closed);

}  // namespace sqlenv
