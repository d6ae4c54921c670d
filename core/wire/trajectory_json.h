// The lines of a trajectory as JSON values. For core/wire alone.
#pragma once

#include "core/episode/trajectory.h"
#include "core/wire/json.h"

namespace sqlenv {

inline constexpr const char kTrajectoryFormat[] = "sqlenv-trajectory/1";

Json header_to_json(const TrajectoryHeader& header);
Json trajectory_step_to_json(const TrajectoryStep& step);
Json footer_to_json(const TrajectoryFooter& footer);

}  // namespace sqlenv
