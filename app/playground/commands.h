// Commands: what the player did in a frame, carried out after it, so that nothing changes under a
// panel's feet while it draws.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "app/playground/stage.h"

namespace sqlenv::ui {

class Commands {
 public:
  using Command = std::function<void(Stage&)>;
  void later(Command command) { commands_.push_back(std::move(command)); }

  // A command for the replay, if there still is one when the frame ends.
  template <class Act>
  void in_replay(Act act) {
    later([act](Stage& stage) {
      if (Replay* replay = stage.replay()) act(*replay);
    });
  }

  void play(Action action) {
    later([action = std::move(action)](Stage& stage) { stage.play(action); });
  }

  void show(std::size_t step) {
    later([step](Stage& stage) { stage.show(step); });
  }

  // Whether there were any.
  bool run(Stage& stage) {
    const std::vector<Command> commands = std::exchange(commands_, {});
    for (const Command& command : commands) command(stage);
    return !commands.empty();
  }

 private:
  std::vector<Command> commands_;
};

}  // namespace sqlenv::ui
