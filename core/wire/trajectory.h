// Trajectories as text: format "sqlenv-trajectory/1", JSON Lines.
//
// A header with the reset's observation, a line for each step, a footer with the verdict and the
// total reward. Equal runs give equal bytes, and these functions define the bytes. What reads them
// is wire/trajectory_reader.h.
#pragma once

#include <string>

#include "core/episode/trajectory.h"

namespace sqlenv {

std::string trajectory_jsonl(const Episode& episode);
std::string trajectory_jsonl(const Trajectory& trajectory);

}  // namespace sqlenv
