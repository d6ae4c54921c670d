// JSON Schemas of requests and replies, as text: for /schema, /openapi.json and tools/list.
//
// The schemas of the action, the observation and the state are word for word those of the Python
// models (app/python/sqlenv/models.py).
#pragma once

#include <string>
#include <string_view>

namespace sqlenv {

// {"action", "observation", "state", "reset_observation"}
const std::string& schema_json();

std::string_view action_schema();
std::string_view observation_schema();
std::string_view state_schema();
std::string_view reset_options_schema();

// The description and input schema of a tool: reset, describe, sample, query or answer.
std::string_view tool_description(std::string_view name);
std::string_view tool_input_schema(std::string_view name);

}  // namespace sqlenv
