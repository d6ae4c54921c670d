// Difference: row by row, what an answer has too much, what it lacks and which cells are not right.
//
// For people, once the episode is over; no verdict depends on it. Rows that are equal under the
// mode's rules are paired wherever they stand, then rows that differ in some cells with the ones
// that are nearest. The order of columns is the one that the verifier found likeliest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/verify/verdict.h"

namespace sqlenv {

struct RowDifference {
  enum class Kind { kMissing, kExtra, kChanged, kMoved };

  Kind kind = Kind::kMissing;
  std::size_t gold = 0;              // row of the gold; none of an extra one
  std::size_t answer = 0;            // row of the answer; none of a missing one
  std::vector<std::size_t> columns;  // of the gold, that differ in a changed one
};

struct Difference {
  std::vector<std::vector<std::string>> answer;  // cells of the answer in the gold's order
  std::vector<RowDifference> rows;               // by the gold's order, extra ones last
  std::size_t equal = 0;                         // rows that are right
  bool columns_moved = false;
  bool near = false;        // some right real is so by the tolerance alone
  bool other_type = false;  // some differing cell reads the same and is of another type
};

// None where there are no rows to compare: the answer could not be read, its rows have another
// width, the mode reads answers in its own way, or there are more than 500 rows.
std::optional<Difference> difference(const Gold& gold, std::string_view answer, VerifierMode mode);

}  // namespace sqlenv
