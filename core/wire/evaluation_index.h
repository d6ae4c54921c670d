// What a file of many trajectories holds, without holding the file.
//
// An EvaluationIndex takes the bytes of such a file (trajectories one after the other, as
// `sqlenv eval --trajectories` writes them) in pieces of any size and keeps of each episode a short
// summary and where it lies, so that thousands can be listed and the one that is looked at be read
// on its own:
//
//   EvaluationIndex index;
//   while (...) {
//     index.add(piece);
//     for (EpisodeSummary& episode : index.take()) ...list it...
//   }
//   index.finish();                                  // and take() what the end completed
//
// Any bytes may be given to it. A line that does not belong to a trajectory is counted, the first
// few are named, and what was read of its episode before it is kept; reading goes on at the next
// header. Headers and footers are read; steps are checked to be JSON and in their order, and their
// rewards are added up without a document, since a file may have 100 MB of them. Whether a
// trajectory is true to the byte is for parse_trajectory() and replay() to find. Memory is that of
// the longest line, at most kMaxTrajectoryLine, and of what was not taken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/wire/evaluation_summary.h"

namespace sqlenv {

inline constexpr std::size_t kMaxTrajectoryLine = 4 << 20;

// A replay compares so many trajectories at most, of a file of so many bytes.
inline constexpr std::size_t kMostReplayRuns = 6;
inline constexpr std::size_t kMostReplayBytes = 4'000'000;

// Whether the text of a file is for a replay: a few trajectories of one task. Anything else is
// listed by an EvaluationIndex. Looks at headers alone.
bool is_replay(std::string_view text);

class EvaluationIndex {
 public:
  void add(std::string_view bytes);

  // The file ends here.
  void finish();

  // The episodes that were completed since the last call, in their order.
  std::vector<EpisodeSummary> take();

  // What was wrong, for people: "2 lines are not of a trajectory. Line 7: …"; empty: nothing.
  std::string problems() const;

 private:
  void end_line();
  void read_line(std::string_view line);
  bool begin_episode(std::string_view line);
  std::string read_part(std::string_view line);
  void close(std::string failure, std::uint64_t end);
  void refuse(const std::string& why);

  std::string line_;  // what came of it so far
  bool too_long_ = false;
  std::uint64_t line_begin_ = 0;
  std::uint64_t position_ = 0;
  std::size_t lines_ = 0;
  std::optional<EpisodeSummary> open_;
  bool lost_ = false;  // between a bad line and the next header
  std::vector<EpisodeSummary> ready_;
  std::size_t episodes_ = 0;
  std::size_t bad_lines_ = 0;
  std::string named_;  // the first of them
};

}  // namespace sqlenv
