#include "app/server/session_methods.h"

#include "app/server/session_counter.h"

namespace sqlenv {
namespace {

std::string create(const RpcRequest& request, SharedSessions& shared,
                   const SessionCounter& places) {
  const std::optional<std::string> id = shared.create();
  if (id) return rpc_result(request.id, session_created_json(*id));
  return rpc_error(request.id, rpc_capacity_error(places.limit(), places.limit()));
}

std::string close(const RpcRequest& request, std::string_view own_id, SharedSessions& shared) {
  if (!request.session_id)
    return rpc_error(request.id, {kRpcInvalidParams, "Invalid params - 'session_id' is required"});
  const std::string& id = *request.session_id;
  if (id == own_id)
    return rpc_error(request.id, {kRpcInvalidRequest,
                                  "Cannot close active WebSocket-managed session via MCP method"});
  const SharedSessions::Closed closed = shared.close(id);
  if (closed == SharedSessions::Closed::kUnknown)
    return rpc_error(request.id, {kRpcInvalidParams, "Unknown session_id: " + id});
  return rpc_result(request.id, session_closed_json(id, closed == SharedSessions::Closed::kYes));
}

}  // namespace

std::optional<std::string> answer_session_method(const RpcRequest& request, std::string_view own_id,
                                                 SharedSessions& shared,
                                                 const SessionCounter& places) {
  if (request.method == "openenv/session/close") return close(request, own_id, shared);
  if (request.method != "openenv/session/create") return std::nullopt;
  if (own_id.empty()) return create(request, shared, places);
  return rpc_result(request.id, session_created_json(own_id));
}

}  // namespace sqlenv
