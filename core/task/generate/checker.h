// Runs a draft and decides whether it may be asked.
#pragma once

#include <string>

#include "core/task/generate/metered_database.h"
#include "core/task/generate/question_draft.h"

namespace sqlenv::generate {

struct Finding {
  std::string rejected;     // the reason in a few words; empty if the question may be asked
  std::string answer_type;  // integer, float, string, list or table
};

inline constexpr std::size_t kMostRows = 30;  // the longest answer that a person can give

Finding examine(MeteredDatabase& database, const QuestionDraft& draft);

// easy: one table and nothing else. medium: two tables, or one table with grouping, nesting, a set
// operation, a window or an anti-join. hard: three tables, or two with one of these except
// grouping.
std::string difficulty_of(const QuestionDraft& draft);

}  // namespace sqlenv::generate
