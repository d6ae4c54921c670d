// JSON-RPC requests as JSON values, shared by the files of core/wire alone.
#pragma once

#include "core/wire/json.h"
#include "core/wire/mcp.h"

namespace sqlenv {

RpcParsed rpc_from_json(const Json& json);

}  // namespace sqlenv
