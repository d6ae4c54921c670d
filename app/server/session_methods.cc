#include "app/server/session_methods.h"

#include "app/server/session_counter.h"

namespace sqlenv {
namespace {

std::string create(const RpcRequest& request, SessionStore& store, const SessionCounter& places) {
  const std::optional<std::string> id = store.create();
  if (id) return rpc_result(request.id, session_created_json(*id));
  return rpc_error(request.id, rpc_capacity_error(places.limit(), places.limit()));
}

std::string close(const RpcRequest& request, std::string_view own_id, SessionStore& store) {
  if (!request.session_id)
    return rpc_error(request.id, {kRpcInvalidParams, "Invalid params - 'session_id' is required"});
  const std::string& id = *request.session_id;
  if (id == own_id)
    return rpc_error(request.id, {kRpcInvalidRequest,
                                  "Cannot close active WebSocket-managed session via MCP method"});
  const SessionStore::Closed closed = store.close(id);
  if (closed == SessionStore::Closed::kUnknown)
    return rpc_error(request.id, {kRpcInvalidParams, "Unknown session_id: " + id});
  return rpc_result(request.id, session_closed_json(id, closed == SessionStore::Closed::kYes));
}

}  // namespace

std::optional<std::string> answer_session_method(const RpcRequest& request, std::string_view own_id,
                                                 SessionStore& store,
                                                 const SessionCounter& places) {
  if (request.method == "openenv/session/close") return close(request, own_id, store);
  if (request.method != "openenv/session/create") return std::nullopt;
  if (own_id.empty()) return create(request, store, places);
  return rpc_result(request.id, session_created_json(own_id));
}

}  // namespace sqlenv
