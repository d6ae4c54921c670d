// Draft: the action that the player is writing. Plain data.
#pragma once

#include <string>
#include <vector>

#include "core/episode/action.h"

namespace sqlenv::ui {

struct Draft {
  ActionKind kind = ActionKind::kDescribe;
  std::string table;
  std::string sql;
  std::string answer;

  Action action() const;
  bool playable() const;  // whether it is more than blanks
  bool writes() const { return kind == ActionKind::kQuery || kind == ActionKind::kAnswer; }

  // Takes the place of what was written for its kind. An action of no known kind changes nothing.
  void set(const Action& action);

  // Starts anew for a database with these tables, the first of which is chosen.
  void start(const std::vector<std::string>& tables);
};

}  // namespace sqlenv::ui
