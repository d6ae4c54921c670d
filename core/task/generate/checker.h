// Runs a candidate and says whether it may be asked. Stateless but for the work it spends.
#pragma once

#include <string>

#include "core/task/generate/meter.h"
#include "core/task/generate/question_draft.h"

namespace sqlenv::generate {

struct Finding {
  std::string rejected;     // why, in a few words; empty if the question may be asked
  std::string answer_type;  // integer, float, string, list or table
};

inline constexpr std::size_t kMostRows = 30;  // of an answer that a person can give

Finding examine(MeteredDatabase& database, const Candidate& candidate);

// easy: one table, plainly. medium: two tables, or one with grouping, nesting, a set operation, a
// window or an anti-join. hard: three tables, or two with any of those but grouping.
std::string difficulty_of(const Candidate& candidate);

}  // namespace sqlenv::generate
