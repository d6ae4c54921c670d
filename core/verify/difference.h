// Difference: an answer's extra rows, missing rows and wrong cells.
//
// It is for people, once the episode is over; no verdict depends on it. Rows that are equal under
// the mode's rules are paired wherever they stand; of the others, rows that differ in few cells are
// paired with the nearest ones. The order of columns is the verifier's best guess.
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
  std::size_t gold = 0;              // row of the gold; unused for an extra row
  std::size_t answer = 0;            // row of the answer; unused for a missing row
  std::vector<std::size_t> columns;  // gold columns that differ in a changed row
};

struct Difference {
  std::vector<std::vector<std::string>> answer;  // cells, columns in the gold's order
  std::vector<RowDifference> rows;               // in the gold's order, extra rows last
  std::size_t equal = 0;                         // rows that are right
  bool columns_moved = false;
  bool near = false;        // some real is right by the tolerance alone
  bool other_type = false;  // some wrong cell has the right text and another type
};

// None if no rows can be compared: the answer cannot be read, its rows have another width, the mode
// reads answers in its own way, or there are more than 500 rows.
std::optional<Difference> difference(const Gold& gold, std::string_view answer, VerifierMode mode);

}  // namespace sqlenv
