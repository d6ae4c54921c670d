// Hints: what a player may buy of a question's solution, a little more at each level. Pure.
//
// They are for people at the screen and no part of an observation. Taken from the question's own
// `tables_involved` and `answer_type`, and from the outline of its query: no level holds a name of
// a column, a value or a row.
#pragma once

#include <string>

#include "core/task/question.h"

namespace sqlenv::ui {

inline constexpr int kHintLevels = 3;

// 1: which tables matter. 2: the clauses and functions of the query. 3: its outline, with an
// ellipsis for whatever is specific, and what kind of answer is wanted.
std::string hint_text(const Question& question, int level);

// A win is worth its return in hundredths, less a quarter for each hint; anything else nothing.
std::int64_t points_of(std::int64_t return_micros, int hints);

}  // namespace sqlenv::ui
