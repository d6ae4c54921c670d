// Requests of JSON-RPC as JSON values, and the tools that they may call. For core/wire alone.
#pragma once

#include <array>
#include <string_view>

#include "core/wire/json.h"
#include "core/wire/mcp.h"

namespace sqlenv {

struct McpTool {
  std::string_view name;
  std::string_view action_type;  // empty for reset
  const char* parameter;
  const char* title;
};

inline constexpr std::array<McpTool, 5> kMcpTools = {
    {{"reset", "", "", "New question"},
     {"describe", "DESCRIBE", "table", "Describe a table"},
     {"sample", "SAMPLE", "table", "Sample a table"},
     {"query", "QUERY", "sql", "Run a query"},
     {"answer", "ANSWER", "value", "Answer the question"}}};

// Reads a request. kRpcInvalidRequest if `json` is none.
RpcParsed rpc_from_json(const Json& json);

}  // namespace sqlenv
