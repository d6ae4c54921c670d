// ColumnType: infers the type of a column from its texts.
//
// INTEGER if every cell is a whole number of 64 bits; REAL if every cell is a number of at most 15
// significant digits, which a double keeps; else TEXT. Blanks around a number do not count. A
// spelling that a number would lose stays text: leading zeros (007), a plus sign, more digits,
// thousands marks, currencies, percent signs. Dates are text. Empty cells are NULL and fit every
// type; a column of empty cells is TEXT.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlenv {

enum class CellKind { kEmpty, kInteger, kReal, kText };

CellKind cell_kind(std::string_view cell);

class ColumnType {
 public:
  void see(std::string_view cell, std::int64_t line);

  std::string name() const;  // INTEGER, REAL or TEXT

  // The cell that made a column with numbers TEXT; empty for other columns.
  std::string why() const;

  bool is_number() const { return name() != "TEXT"; }

 private:
  std::int64_t numbers_ = 0;
  std::int64_t cells_ = 0;
  std::int64_t no_integer_ = 0;  // line of the first cell that is no integer; 0 if there is none
  std::int64_t no_real_ = 0;
  std::string no_real_cell_;
};

}  // namespace sqlenv
