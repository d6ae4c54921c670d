// Whether the rows of an answer can be paired with gold rows, one to one. For core/verify alone.
//
// A row pairs only with a row of its group. Groups express order and ties: if each row is a group,
// order counts; if all rows are one group, they are a bag. The gold may have more rows than the
// answer; every row of the answer must have its own partner. Columns may be permuted.
//
// The cost is n log n in rows for each permutation that the fingerprints of columns allow: one,
// unless a table is made to confuse. Tolerant equality is not transitive, so rows whose cells are
// only near are paired by a maximum matching. If the work would grow beyond bounds, the result is
// kUndecided, never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/verify/cells.h"

namespace sqlenv {

enum class Match { kNo, kYes, kUndecided };

struct Side {
  Cells cells;
  std::vector<std::uint32_t> groups;  // for each row

  std::size_t rows() const { return groups.size(); }
};

struct MatchRules {
  CellRules cells;
  bool any_column_order = true;
};

struct MatchResult {
  Match match = Match::kNo;
  // The answer's column for each gold column, in the pairing or else in the best guess.
  std::vector<std::size_t> columns;
  // Where they do not match: the first gold row without a partner, and the first gold column in
  // which it differs from its likeliest partner. If the gold has more rows than the answer, the row
  // is the answer's.
  std::optional<std::size_t> row;
  std::optional<std::size_t> column;
};

// REQUIRES: both have the same number of columns, and at least one.
MatchResult match_tables(const Side& gold, const Side& answer, const MatchRules& rules);

// Whether the two are equal as sets of rows, columns in order and groups ignored.
Match match_sets(const Side& gold, const Side& answer, const CellRules& rules);

}  // namespace sqlenv
