// The errors in a request's JSON, member by member, with the names and texts of official servers.
// For core/wire alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/wire/json.h"
#include "core/wire/protocol.h"

namespace sqlenv {

// Like parse_json(), but NaN, Infinity and -Infinity, which Python writes, are read as null.
std::optional<Json> parse_client_json(std::string_view text);

FieldError field_error(std::string type, std::vector<std::string> loc, const Json& input);
FieldError value_error(std::vector<std::string> loc, std::string message, const Json& input);
Json field_errors_to_json(const FieldErrors& errors);

// All errors of reset options; empty if each option is acceptable by itself. `where` is "body" or
// "data".
FieldErrors reset_errors(const Json& options, const std::string& where);

// All errors of an action. `where` names an action that is not an object; its members stand alone.
FieldErrors action_errors(const Json& action, const std::vector<std::string>& where);

// Errors of the members of /step's body beside a correct action: episode_id, timeout_s, request_id.
FieldErrors step_body_errors(const Json& body);

}  // namespace sqlenv
