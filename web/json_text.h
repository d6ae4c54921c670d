// JSON written by hand: the few small objects that only this face has. Episodes, observations and
// trajectories are written by core/wire alone.
#pragma once

#include <string>
#include <string_view>

namespace sqlenv::web {

// A JSON string, quotes included. `text` is UTF-8.
std::string json_string(std::string_view text);

// "key":"text" — a member without a comma.
std::string json_member(std::string_view key, std::string_view text);

}  // namespace sqlenv::web
