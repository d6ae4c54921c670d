// What a list shows of one episode of a file, and such lists as JSON text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/reward.h"

namespace sqlenv {

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
  std::string options;   // the header's, as JSON text; not in a list's JSON

  friend bool operator==(const EpisodeSummary&, const EpisodeSummary&) = default;
};

// [{"begin", "end", "seed", "steps", "total_reward", "failure", "pack", "pack_digest",
//   "question_id", "question"}], the reward in millionths.
std::string summaries_json(const std::vector<EpisodeSummary>& episodes);

// What is missing is empty; nothing of a text that is no list.
std::vector<EpisodeSummary> read_summaries(std::string_view json);

}  // namespace sqlenv
