#include "core/episode/action.h"

#include "core/base/text.h"

namespace sqlenv {

std::optional<ActionKind> action_kind(std::string_view action_type) {
  for (ActionKind kind :
       {ActionKind::kDescribe, ActionKind::kSample, ActionKind::kQuery, ActionKind::kAnswer})
    if (equal_ignoring_case(trim(action_type), action_name(kind))) return kind;
  return std::nullopt;
}

std::string_view action_name(ActionKind kind) {
  switch (kind) {
    case ActionKind::kDescribe: return "DESCRIBE";
    case ActionKind::kSample: return "SAMPLE";
    case ActionKind::kQuery: return "QUERY";
    case ActionKind::kAnswer: return "ANSWER";
  }
  return "ANSWER";
}

}  // namespace sqlenv
