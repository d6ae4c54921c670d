// Trajectory: what happened in one episode, as plain data that needs no Environment.
//
// Made from an episode by record(), or read from a file by wire/trajectory.h. It holds the reward's
// terms, from which the progress towards the gold can be read, so no face gives one to an agent
// before the episode is done. No times and no machine facts: equal runs give equal trajectories.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/episode/episode.h"

namespace sqlenv {

struct TrajectoryHeader {
  std::string core;  // version of the core that played it
  std::string pack;
  std::string pack_digest;
  std::string question_id;
  std::uint64_t seed = 0;
  int step_budget = 0;
  std::string reward;    // name of the preset
  std::string verifier;  // name of the mode
  Observation observation;

  friend bool operator==(const TrajectoryHeader&, const TrajectoryHeader&) = default;
};

struct TrajectoryStep {
  int step = 0;  // from 1
  Action action;
  Observation observation;
  Micros reward = 0;
  RewardTerms terms;
  bool done = false;

  friend bool operator==(const TrajectoryStep&, const TrajectoryStep&) = default;
};

struct TrajectoryFooter {
  struct Judgement {
    bool correct = false;
    std::string reason;  // reason_name() of the verdict

    friend bool operator==(const Judgement&, const Judgement&) = default;
  };

  bool done = false;
  std::optional<Judgement> verdict;  // none without an ANSWER
  int steps = 0;
  Micros total_reward = 0;

  friend bool operator==(const TrajectoryFooter&, const TrajectoryFooter&) = default;
};

struct Trajectory {
  TrajectoryHeader header;
  std::vector<TrajectoryStep> steps;
  std::optional<TrajectoryFooter> footer;  // none if the record was cut off after a step

  friend bool operator==(const Trajectory&, const Trajectory&) = default;
};

TrajectoryHeader record_header(const Episode& episode);
TrajectoryFooter record_footer(const Episode& episode);

// REQUIRES: index < episode.steps().size()
TrajectoryStep record_step(const Episode& episode, std::size_t index);

// Records the whole episode. Each action_history repeats the ones before it, so this is quadratic
// in the number of steps.
Trajectory record(const Episode& episode);

}  // namespace sqlenv
