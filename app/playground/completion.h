// What could be written at a place of an SQL statement, and where an error of one stands. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/playground/sql_highlight.h"

namespace sqlenv::ui {

// A table as the episode has shown it: its columns only once it was described.
struct KnownTable {
  std::string name;
  std::vector<std::string> columns;
};

enum class CandidateKind { kTable, kColumn, kFunction, kKeyword };

struct Candidate {
  std::string label;
  std::string text;  // what takes the place of the word
  CandidateKind kind = CandidateKind::kKeyword;
  std::string note;  // of a column: its table
};

struct Completion {
  std::size_t begin = 0;              // of the word before the caret, which ends at the caret
  std::vector<Candidate> candidates;  // best first, at most kMostCandidates
};
inline constexpr std::size_t kMostCandidates = 60;

// After FROM and JOIN: tables. After "name.": the columns of what that names. Elsewhere columns of
// the statement's tables, then other columns, functions, tables and keywords that begin with the
// word, ignoring case. Nothing inside strings, comments and numbers, after AS, where no word is
// begun (but after FROM, JOIN and "name."), and where the word is already one of them. Keywords
// keep the case of the word.
Completion complete_sql(std::string_view sql, std::size_t caret,
                        const std::vector<KnownTable>& tables);

// The part of `sql` that an observation's error names: what SQLite says is "near", or the table,
// column or function there is none of, if it stands there just once. A column may be qualified.
std::optional<Token> error_place(std::string_view sql, std::string_view error);

}  // namespace sqlenv::ui
