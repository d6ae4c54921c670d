// Action: what an agent or person sends, exactly as sent.
//
// A wrong action is a value like any other: the episode answers it with an error and spends a step.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

enum class ActionKind { kDescribe, kSample, kQuery, kAnswer };

struct Action {
  std::string action_type;  // DESCRIBE, SAMPLE, QUERY or ANSWER, in any case
  std::string argument;     // a table, one SQL statement, or the answer

  friend bool operator==(const Action&, const Action&) = default;
};

// None if `action_type` is none of the four.
std::optional<ActionKind> action_kind(std::string_view action_type);

std::string_view action_name(ActionKind kind);

}  // namespace sqlenv
