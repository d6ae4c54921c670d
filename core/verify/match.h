// Whether the rows of an answer can be paired with gold rows, one to one. For core/verify alone.
//
// Rows carry a group: a row pairs only with one of the same group, which is how order and ties are
// said (each row its own group: order counts; one group: a bag). The gold may have more rows than
// the answer; every answer's row must find its own. Columns may be permuted.
//
// The cost is n log n in rows for each permutation that fingerprints of columns leave, which is one
// but for tables made to confuse. Tolerant equality is not transitive, so rows whose cells are only
// near are paired by a maximum matching. Where a table is so confusing that the work would grow
// beyond bounds, the answer is kUndecided, never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/verify/cells.h"

namespace sqlenv {

enum class Match { kNo, kYes, kUndecided };

struct Side {
  Cells cells;
  std::vector<std::uint32_t> groups;  // of each row

  std::size_t rows() const { return groups.size(); }
};

struct MatchRules {
  CellRules cells;
  bool any_column_order = true;
};

struct MatchResult {
  Match match = Match::kNo;
  // For each gold column the answer's: of the pairing if there is one, else of the best guess.
  std::vector<std::size_t> columns;
  // If they do not match: the first gold row without a partner and, beside the likeliest partner,
  // the first gold column that differs. Where the gold has more rows than the answer, the row is
  // the answer's.
  std::optional<std::size_t> row;
  std::optional<std::size_t> column;
};

// REQUIRES: both have the same number of columns, at least one.
MatchResult match_tables(const Side& gold, const Side& answer, const MatchRules& rules);

// Whether the two are equal as sets of rows, columns in order and groups ignored.
Match match_sets(const Side& gold, const Side& answer, const CellRules& rules);

}  // namespace sqlenv
