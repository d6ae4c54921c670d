// Words by which language models name the four actions, in several languages.
#pragma once

#include <optional>
#include <string_view>

#include "core/episode/action.h"

namespace sqlenv {

// The action that `word` names, ignoring ASCII case: "describe", "DESCRIBE_TABLE", "sql",
// "Antwort". Single letters are none.
std::optional<ActionKind> action_of_word(std::string_view word);

// Whether `word`, ignoring ASCII case, announces an action: "action", "next step", "Aktion".
bool is_action_label(std::string_view word);

}  // namespace sqlenv
