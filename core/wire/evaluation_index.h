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
// Any bytes may be given to it. A line that is none of a trajectory is counted, the first few are
// named, and what was read of its episode before it is kept; reading goes on at the next header.
// Headers and footers are read, steps are checked to be JSON and in their order: whether a
// trajectory is true to the byte is for parse_trajectory() and replay() to find. Memory is that of
// the longest line, at most kMaxTrajectoryLine, and of what was not taken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/reward.h"

namespace sqlenv {

inline constexpr std::size_t kMaxTrajectoryLine = 4 << 20;

struct EpisodeSummary {
  std::uint64_t begin = 0;  // of its lines in the file, without a bad one
  std::uint64_t end = 0;
  std::uint64_t seed = 0;
  int steps = 0;
  Micros total_reward = 0;

  // As evaluate() names it, or CUT_OFF or BAD_TRAJECTORY; empty: it was solved.
  std::string failure;
  std::string pack;
  std::string pack_digest;
  std::string question_id;
  std::string question;  // its text, perhaps shortened
};

// One line with its line feed, and back; none for a line that the first never writes.
std::string summary_line(const EpisodeSummary& episode);
std::optional<EpisodeSummary> read_summary(std::string_view line);

class EvaluationIndex {
 public:
  void add(std::string_view bytes);

  // The file ends here.
  void finish();

  // The episodes that were completed since the last call, in their order.
  std::vector<EpisodeSummary> take();

  std::size_t episodes() const { return episodes_; }
  bool one_task() const { return one_task_; }  // whether all episodes are of one question

  // What was wrong, for people: "2 lines are not of a trajectory. Line 7: …"; empty: nothing.
  std::string problems() const;

 private:
  void end_line();
  void read_line(std::string_view line);
  bool read_header(std::string_view line);
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
  bool one_task_ = true;
  std::string task_;  // of the first
  std::size_t bad_lines_ = 0;
  std::string named_;  // the first of them
};

}  // namespace sqlenv
