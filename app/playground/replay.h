// Replay: an episode that is looked at rather than played: one from a file, a link, a policy or the
// player's own hand, executed again by the core, so that everything on the screen is as it was
// after any of its steps. Several of one task are runs that are compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/trajectory.h"

namespace sqlenv::ui {

// What is to be executed, and what is said to come of it.
struct Recording {
  std::string name;
  std::vector<Action> actions;
  std::optional<Trajectory> recorded;  // by a file
  std::optional<std::uint32_t> state;  // by a link
  std::size_t step = 0;                // to be looked at first
};

struct Run {
  std::string name;
  Episode whole;
  std::string warning;  // that it came out otherwise than it was recorded; empty: it did not
};

inline constexpr std::size_t kMostRuns = 6;

struct Replay {
  std::vector<Run> runs;   // of one task; empty while the first is executed
  std::size_t chosen = 0;  // whose steps are on the screen …
  std::size_t step = 0;    // … as after this many of them
  bool plays = false;      // goes on by itself
  int speed = 1;           // steps a second

  // What an action would have paid after `step`, evaluated on a copy.
  std::optional<StepRecord> what_if;

  const Run& run() const { return runs[chosen]; }
  std::size_t length() const { return run().whole.steps().size(); }
};

// The first step in which they part; none if one of them is the other's beginning.
std::optional<std::size_t> parting(const Episode& a, const Episode& b);

// An episode as Markdown, for people.
std::string report_markdown(const Episode& episode);

}  // namespace sqlenv::ui
