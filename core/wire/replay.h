// Replay: plays a trajectory's actions again and compares every byte with what was recorded.
//
//   Result<ReplayReport> report = replay(environment, trajectory);
//   equal: report && !report->difference
//
// An error says why it could not be played at all: NOT_FOUND if its pack is not loaded or has no
// such question, MISMATCH if the pack of that name is another edition, BAD_OPTION if its options
// are unknown. A trajectory of another version of the core is played too; its version in the header
// is not a difference. A step that a wall clock stopped (TIMEOUT) cannot be repeated and is one.
#pragma once

#include <optional>
#include <string>

#include "core/episode/trajectory.h"

namespace sqlenv {

struct ReplayDifference {
  std::size_t line = 0;  // 1 is the trajectory's header
  std::string member;    // such as "observation.result"
  std::string recorded;  // the values as JSON, shortened around the first difference
  std::string replayed;
};

struct ReplayReport {
  std::size_t lines = 0;                       // compared, the different one included
  bool cut = false;                            // the trajectory has no footer
  std::optional<std::string> other_core;       // the version that recorded it, if it is another
  std::optional<ReplayDifference> difference;  // the first
};

// Plays the actions and stops at the first difference.
Result<ReplayReport> replay(Environment& environment, const Trajectory& trajectory);

// Compares an episode of this process that has played the trajectory's actions already.
ReplayReport compare_replay(Episode played, const Trajectory& trajectory);

// The episode before the first step of a trajectory. Errors as for replay().
Result<Episode> start_replay(Environment& environment, const TrajectoryHeader& header);

// One line of JSON about one trajectory, for programs: {"file", "line", "pack", "question_id",
// "equal", "lines", "cut", "other_core", "difference": null or {"line", "member", "recorded",
// "replayed"}, "error": null or {"code", "message"}}. Both "line" count in the file, where the
// trajectory began on `first_line`.
std::string replay_json(const std::string& file, std::size_t first_line,
                        const TrajectoryHeader& header, const Result<ReplayReport>& report);

// One line about a file that could not be read to its end.
std::string replay_json(const std::string& file, const Error& error);

}  // namespace sqlenv
