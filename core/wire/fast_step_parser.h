// The usual form of a step message, read without a document of JSON values in between: a server
// reads one for each step. For core/wire and its tests alone.
#pragma once

#include <optional>
#include <string_view>

#include "core/episode/action.h"

namespace sqlenv {

// {"type": "step", "data": {"action_type": "...", "argument": "...", "metadata": {}}}, members in
// any order, metadata optional. None if `text` is anything else, even if it is right: whoever gets
// none reads it as any JSON. An action is the one that such a reading gives.
std::optional<Action> parse_fast_step(std::string_view text);

}  // namespace sqlenv
