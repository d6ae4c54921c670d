// Player: the stage on which an episode is played.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/playground/episode_view.h"
#include "app/playground/running_query.h"
#include "app/playground/session.h"

namespace sqlenv::ui {

class Player {
 public:
  // REQUIRES: `session` outlives this.
  Player(Session& session, Episode episode, int hints = 0);
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  const Episode& episode() const { return episode_; }
  EpisodeView view() const;

  // Takes a step at once. An episode that is done takes none.
  void step(const Action& action);

  // Takes the same step, but a long query runs on in the calls of go_on(). What stop() gives up was
  // no step. While a query runs, no other action is played.
  void play(const Action& action);
  void go_on();
  void stop() { running_.reset(); }

  // Shows the result of a step that was taken.
  void show(std::size_t step);

  void take_hint();

 private:
  void stepped();

  Session& session_;
  Episode episode_;
  std::optional<std::size_t> shown_;
  Attempt attempt_;
  std::vector<std::string> plan_;
  std::optional<RunningQuery> running_;
};

}  // namespace sqlenv::ui
