// The parts of a request target, "/path?name=value&…". Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

// The path, still encoded, without the query and without the scheme and host that a proxy may have
// written in front.
std::string_view target_path(std::string_view target);

// Whether two of the form "host:port" name the same place: case and the ports 80 and 443, which
// stand for none, make no difference.
bool same_authority(std::string_view a, std::string_view b);

// Decodes %XX. None if an escape is broken or stands for a zero byte.
std::optional<std::string> percent_decoded(std::string_view text);

// The first value of that name in the query, decoded, with "+" as a blank. A broken escape stays as
// it is. None if there is no such name.
std::optional<std::string> query_parameter(std::string_view target, std::string_view name);

}  // namespace sqlenv
