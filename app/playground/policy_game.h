// PolicyGame: an episode that a policy plays from its beginning, answer by answer.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/playground/host.h"
#include "core/episode/episode.h"

namespace sqlenv::ui {

// The policy sees observations only. An answer that comes after the game was destroyed is ignored.
struct PolicyGame {
  std::string policy;  // its name
  AskPolicy ask;
  Episode episode;

  // Called once, when the episode is over; `answered`: false if the policy could not play.
  std::function<void(bool answered)> ended;
};

// Asks for the first action. REQUIRES: the episode has no step.
void begin_game(const std::shared_ptr<PolicyGame>& game);

// The oracle, which knows what is expected. REQUIRES: `solved` is done, so that it was shown.
AskPolicy ask_oracle(const Episode& solved);

}  // namespace sqlenv::ui
