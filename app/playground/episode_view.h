// EpisodeView: an episode as panels show it, whether it is played, executed again or looked at.
//
// It lives for a frame and points into the stage that made it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/episode/episode.h"

namespace sqlenv::ui {

class Replay;
class RunningQuery;

// The hints that the player took at a question, and the points that the answer won.
struct Attempt {
  int hints = 0;
  std::int64_t points = 0;
};

struct RevealedGold {
  const std::string& sql;
  const Gold& gold;
  const std::vector<std::string>& plan;  // SQLite's, a line a step, indented
};

struct EpisodeView {
  const Episode& episode;
  std::optional<std::size_t> step;  // its result is shown: an index into the steps
  Attempt attempt;
  const std::vector<std::string>& plan;  // of the gold query; empty before the end
  const Replay* replay = nullptr;        // null while the episode is played or executed
  const RunningQuery* running = nullptr;
  bool drafting = false;  // an action may be written: to play it, or to see what it would pay

  bool playing() const { return drafting && replay == nullptr; }
  const StepRecord* shown_step() const { return step ? &episode.steps()[*step] : nullptr; }
  const Schema& schema() const { return episode.task().database->image.schema(); }
  bool described(const Table& table) const;

  // Names of the tables, which an action may be about.
  std::vector<std::string> tables() const;

  // The gold; none until the episode is over.
  std::optional<RevealedGold> gold() const;
};

}  // namespace sqlenv::ui
