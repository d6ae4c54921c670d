// The methods of MCP over OpenEnv that begin and end sessions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/server/session_store.h"
#include "core/wire/mcp.h"

namespace sqlenv {

// The answer to openenv/session/create and openenv/session/close; none for any other method.
// `own_id` is the session of the WebSocket that the request came over; empty over HTTP.
std::optional<std::string> answer_session_method(const RpcRequest& request, std::string_view own_id,
                                                 SessionStore& store, const SessionCounter& places);

}  // namespace sqlenv
