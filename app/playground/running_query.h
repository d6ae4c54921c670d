// RunningQuery: a step whose query may take more than one frame. It runs in slices, so that no
// window waits. Destroying it gives the query up, and no step is spent.
#pragma once

#include <cstdint>
#include <utility>

#include "core/episode/episode.h"

namespace sqlenv::ui {

class RunningQuery {
 public:
  RunningQuery(Environment& environment, const Episode& episode, const Action& action)
      : step_(episode.begin(action)), most_(environment.query_limits().max_operations) {}

  // Runs the next slice, which takes some milliseconds. Whether there is nothing left to run.
  bool go_on();

  // Takes the step. REQUIRES: go_on() has returned true, and `episode` is the one it was begun
  // with, or a copy.
  void finish(Episode& episode) { episode.finish(std::move(step_)); }

  std::int64_t operations() const { return step_.operations(); }  // used so far …
  std::int64_t most_operations() const { return most_; }          // … and at most

 private:
  PendingStep step_;
  std::int64_t most_;
  std::int64_t slice_ = 400'000;  // operations of the next slice
};

}  // namespace sqlenv::ui
