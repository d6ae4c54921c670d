// The parts of a request target, "/path?name=value&…". Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

// The path, still encoded, without the query and without the scheme and host that a proxy may have
// written in front.
std::string_view target_path(std::string_view target);

// Decodes %XX. None if an escape is broken or stands for a zero byte.
std::optional<std::string> percent_decoded(std::string_view text);

// The first value of that name in the query, decoded, with "+" as a blank. None if there is none.
std::optional<std::string> query_parameter(std::string_view target, std::string_view name);

}  // namespace sqlenv
