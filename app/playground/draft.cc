#include "app/playground/draft.h"

#include <optional>

#include "core/base/text.h"

namespace sqlenv::ui {

Action Draft::action() const {
  const std::string& argument = kind == ActionKind::kQuery    ? sql
                                : kind == ActionKind::kAnswer ? answer
                                                              : table;
  return {std::string(action_name(kind)), argument};
}

bool Draft::playable() const { return !trim(action().argument).empty(); }

void Draft::set(const Action& action) {
  const std::optional<ActionKind> given = action_kind(action.action_type);
  if (!given) return;
  kind = *given;
  if (kind == ActionKind::kQuery) sql = action.argument;
  else if (kind == ActionKind::kAnswer) answer = action.argument;
  else table = action.argument;
}

void Draft::start(const std::vector<std::string>& tables) {
  *this = Draft{};
  if (!tables.empty()) table = tables.front();
}

}  // namespace sqlenv::ui
