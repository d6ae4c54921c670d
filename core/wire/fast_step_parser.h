// Reads the usual form of a step message without building JSON values, since a server reads one for
// each step. For core/wire and its tests alone.
#pragma once

#include <optional>
#include <string_view>

#include "core/episode/action.h"

namespace sqlenv {

// {"type": "step", "data": {"action_type": "...", "argument": "...", "metadata": {}}}, members in
// any order, metadata optional. None if `text` is anything else, even another way to write a step:
// then the caller reads it as JSON. The action is the one that reading it as JSON gives.
std::optional<Action> parse_fast_step(std::string_view text);

}  // namespace sqlenv
