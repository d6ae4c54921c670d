// Hints at a question's solution that a player may buy, a little more at each level. Pure.
//
// They are for people at the screen and no part of an observation. They show the question's
// `tables_involved` and `answer_type` and the outline of its query: no level holds the name of a
// column, a value or a row.
#pragma once

#include <string>

#include "core/task/question.h"

namespace sqlenv::ui {

inline constexpr int kHintLevels = 3;

// Level 1 names the tables, level 2 the query's clauses and functions. Level 3 gives the query's
// outline, with an ellipsis for each specific part, and the kind of answer.
std::string hint_text(const Question& question, int level);

// The points of a win: its return in hundredths, less a quarter for each hint. A negative return
// gives none.
std::int64_t points_of(std::int64_t return_micros, int hints);

}  // namespace sqlenv::ui
