#include "core/wire/mcp_dispatch.h"

namespace sqlenv {
namespace {

RpcAnswer failure(const std::string& id, const RpcError& error) {
  return {rpc_error(id, error), true};
}

RpcAnswer call_tool(const RpcRequest& request, ToolPlayer& player) {
  if (!request.call) return failure(request.id, request.call.error());
  if (!request.call->reset) {
    if (player.episode() == nullptr)
      return failure(request.id, {kRpcInternalError, std::string(player.no_episode())});
    return {rpc_result(request.id, tool_result_json(player.play(request.call->action)))};
  }
  const Result<void> begun = player.begin(*request.call->reset);
  if (!begun) return failure(request.id, {kRpcInternalError, begun.error().message});
  return {rpc_result(request.id, tool_result_json(player.episode()->first()))};
}

}  // namespace

std::optional<RpcAnswer> answer_rpc(const RpcRequest& request, ToolPlayer& player) {
  if (request.notification) return std::nullopt;
  if (request.method == "tools/call") return call_tool(request, player);
  if (request.method == "tools/list") return RpcAnswer{rpc_result(request.id, tools_json())};
  if (request.method == "initialize")
    return RpcAnswer{rpc_result(request.id, initialize_json(request.protocol_version))};
  if (request.method == "ping") return RpcAnswer{rpc_result(request.id, "{}")};
  return failure(request.id, {kRpcMethodNotFound, "Method not found: " + request.method});
}

}  // namespace sqlenv
