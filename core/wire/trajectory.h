// Trajectories as text: format "sqlenv-trajectory/1", JSON Lines.
//
// A header with the reset's observation, a line for each step, a footer with the verdict and the
// total reward. Equal runs give equal bytes, and these functions are what the bytes are.
//
// The reader is strict: it accepts what the writer writes and nothing else, so for each text that
// it accepts, writing what was read gives the text again (with the line feed at its end, which may
// be missing). Any bytes may be given to it, of any length; what is wrong is an error that begins
// with the number of the line. It checks the form and that the steps are numbered and end once, not
// whether they are true: that is replay()'s work (wire/replay.h).
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
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/trajectory.h"

namespace sqlenv {

std::string trajectory_jsonl(const Episode& episode);
std::string trajectory_jsonl(const Trajectory& trajectory);

// The only trajectory of `text`. A text that ends after a step, without the footer, is the
// trajectory of an episode that was cut off there. BAD_TRAJECTORY, naming the line.
Result<Trajectory> parse_trajectory(std::string_view text);

// One after the other, at least one; each but the last may be cut off too.
Result<std::vector<Trajectory>> parse_trajectories(std::string_view text);

// Reads line by line, for texts that are too long to hold. After an error it must not be used.
class TrajectoryReader {
 public:
  // Takes the next line, without its line feed. Gives the trajectory that it completes: the one it
  // is the footer of, or, if it is a header, the one before it that was cut off. BAD_TRAJECTORY,
  // naming the line.
  Result<std::optional<Trajectory>> add(std::string_view line);

  // The trajectory that the end of the text cut off, if one did.
  std::optional<Trajectory> finish();

  // How many lines were taken, and the number of the line on which the trajectory last given began.
  std::size_t lines() const { return lines_; }
  std::size_t first_line() const { return first_line_; }

 private:
  std::optional<Trajectory> give();

  std::optional<Trajectory> open_;
  std::size_t lines_ = 0;
  std::size_t open_line_ = 0;
  std::size_t first_line_ = 0;
};

}  // namespace sqlenv
