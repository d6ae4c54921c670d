// Recordings: episodes of files, links and the tour, which are executed again, and the runs that
// come of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/playground/model_player.h"
#include "core/episode/trajectory.h"
#include "core/wire/evaluation_index.h"

namespace sqlenv::ui {

inline constexpr std::size_t kMostRuns = kMostReplayRuns;

struct Recording {
  std::string name;
  std::vector<Action> actions;
  std::optional<Trajectory> recorded;  // by a file
  std::optional<std::uint32_t> state;  // the checksum that a link has of its result
  std::size_t step = 0;                // to be looked at first
};

// The trajectories that are of the task of the first, at most kMostRuns, named after their file.
// REQUIRES: there is at least one.
std::vector<Recording> recordings_of(const std::string& file, std::vector<Trajectory> trajectories);

// A sentence that says how many steps it has and how it ended.
std::string summary_of(const Trajectory& trajectory);

// A whole episode, to be looked at.
struct Run {
  std::string name;
  Episode whole;
  std::string warning;  // how it differs from its recording, or why it ended early; else empty

  // What a model wrote in each step, if one plays; else empty.
  std::vector<ModelText> said = {};
};

Run run_of(const Recording& recording, const Episode& executed);

// The first step in which two episodes differ; none if one is the beginning of the other.
std::optional<std::size_t> parting(const Episode& a, const Episode& b);

// An episode as Markdown, for people.
std::string report_markdown(const Episode& episode);

}  // namespace sqlenv::ui
