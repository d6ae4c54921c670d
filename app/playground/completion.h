// Completions of an SQL statement at a caret, and the place that an error names. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/sql_tokens.h"

namespace sqlenv::ui {

// A table as the episode has shown it: columns are known once it was described.
struct KnownTable {
  std::string name;
  std::vector<std::string> columns;
};

enum class CandidateKind { kTable, kColumn, kFunction, kKeyword };

struct Candidate {
  std::string label;
  std::string text;  // replaces the word
  CandidateKind kind = CandidateKind::kKeyword;
  std::string note;  // the table of a column
};

struct Completion {
  std::size_t begin = 0;              // where the word that ends at the caret begins
  std::vector<Candidate> candidates;  // best first, at most kMostCandidates
};
inline constexpr std::size_t kMostCandidates = 60;

// Offers tables after FROM and JOIN, and a table's columns after "name.". Elsewhere it offers
// columns of the statement's tables, then other columns, functions, keywords and tables that begin
// with the word, ignoring case. It offers nothing inside strings, comments and numbers, after AS,
// where no word is begun (except after FROM, JOIN and "name."), and where the word is already
// complete. Keywords keep the case of the word.
Completion complete_sql(std::string_view sql, std::size_t caret,
                        const std::vector<KnownTable>& tables);

// The part of `sql` that an observation's error names, if it stands there just once: the token that
// SQLite calls "near", or the table, column or function that does not exist. A column may be
// qualified.
std::optional<SqlToken> error_place(std::string_view sql, std::string_view error);

}  // namespace sqlenv::ui
