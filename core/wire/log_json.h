// A line of a server's log: one event as one JSON object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sqlenv {

using LogValue = std::variant<std::string, std::int64_t, double>;
using LogFields = std::vector<std::pair<std::string_view, LogValue>>;

// One JSON object with these members, in this order, without a newline. Any bytes are accepted.
std::string fields_json(const LogFields& fields);

// {"time": "…", "event": "…", …} and a newline. Any bytes are accepted.
std::string log_line(std::string_view time, std::string_view event, const LogFields& fields);

}  // namespace sqlenv
