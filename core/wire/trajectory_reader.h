// Reads trajectories from text (wire/trajectory.h).
//
// The reader is strict: it accepts what the writer writes and nothing else, so for each text that
// it accepts, writing what was read gives the text again (with the line feed at its end, which may
// be missing). Any bytes may be given to it, of any length; an error begins with the number of the
// line. It checks the form and that the steps are numbered and end once, not whether they are true:
// that is replay()'s work (wire/replay.h).
//
//   Result<Trajectory> one = parse_trajectory(text);
//
//   TrajectoryReader reader;                        // many, one after the other, line by line
//   for (std::string line; std::getline(in, line);) {
//     Result<std::optional<Trajectory>> read = reader.add(line);
//     if (!read) ...the error...
//     if (*read) use(**read);
//   }
//   if (std::optional<Trajectory> cut = reader.finish()) use(*cut);
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/episode/trajectory.h"

namespace sqlenv {

// Reads the only trajectory of `text`. A text that ends after a step, without the footer, is the
// trajectory of an episode that was cut off there. BAD_TRAJECTORY, naming the line.
Result<Trajectory> parse_trajectory(std::string_view text);

// Reads trajectories that follow each other, at least one. Any of them may be cut off.
Result<std::vector<Trajectory>> parse_trajectories(std::string_view text);

// Reads line by line, for texts that are too long to hold. After an error it must not be used.
class TrajectoryReader {
 public:
  // Takes the next line, without its line feed. Returns the trajectory that it completes: the one
  // whose footer it is, or, if it is a header, the one before it that was cut off. BAD_TRAJECTORY,
  // naming the line.
  Result<std::optional<Trajectory>> add(std::string_view line);

  // Call it after the last line: returns the trajectory that the end of the text cut off, if any.
  std::optional<Trajectory> finish();

  // How many lines were taken.
  std::size_t lines() const { return lines_; }

  // The number of the line on which the trajectory last returned began.
  std::size_t first_line() const { return first_line_; }

 private:
  std::optional<Trajectory> give();

  std::optional<Trajectory> open_;
  std::size_t lines_ = 0;
  std::size_t open_line_ = 0;
  std::size_t first_line_ = 0;
};

}  // namespace sqlenv
