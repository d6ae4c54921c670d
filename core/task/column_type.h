// ColumnType: infers the type of a column from its texts.
//
// INTEGER if every cell is a whole number of 64 bits; REAL if every cell is a number that a double
// keeps; else TEXT. Blanks around a number do not count. What a number would lose stays text:
// leading zeros (007), a plus sign, whole numbers of more digits, thousands marks, currencies,
// percent signs. Dates are text. Empty cells and \N are NULL and fit every type.
//
// Three readings depend on the other cells of the column:
// - A sign of a missing value, such as NA, is NULL if all other cells are numbers, else a text.
// - Digits with an exponent but without point and sign, such as 314e59, may be codes. They are
//   numbers only if another cell of the column has a point or a signed exponent.
// - 1,5 is a number where commas do not separate cells, unless every such cell could as well have a
//   thousands mark (1,500).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/task/csv_reader.h"

namespace sqlenv {

enum class CellKind {
  kEmpty,
  kInteger,
  kLongInteger,   // of 64 bits, but more than 15 digits: a double would lose some
  kReal,          // with a point
  kExponent,      // with an exponent and a point or a sign: 1e-5
  kBareExponent,  // 1e5
  kDecimalComma,  // 1,5
  kCommaGroups,   // 1,500: a decimal comma or a thousands mark
  kMissing,       // NA, N/A, NULL, NaN, -, ? and the like
  kNull,          // \N
  kText
};

CellKind cell_kind(std::string_view cell);

class ColumnType {
 public:
  // Whether 1,5 may be a number.
  void allow_decimal_comma(bool allowed) { commas_ = allowed; }

  void see(std::string_view cell, std::int64_t line);

  // Makes the column TEXT if each of its points could be a thousands mark: 1.500. To be called when
  // another column of the file has decimal commas.
  void doubt_points();

  std::string name() const;  // INTEGER, REAL or TEXT

  // The cell that made a column with numbers TEXT; empty for other columns.
  std::string why() const;

  bool is_number() const { return name() != "TEXT"; }
  bool is_empty() const { return cells_ == 0; }

  // In a column of numbers: cells that are read as NULL, with a decimal comma, with an exponent,
  // and with more than the 17 digits that a double has.
  const Sighting& missing() const { return missing_; }
  const Sighting& commas() const { return commas_seen_; }
  const Sighting& exponents() const { return exponents_; }
  const Sighting& long_reals() const { return long_reals_; }

  // Cells \N, which are NULL in any column.
  const Sighting& nulls() const { return nulls_; }

 private:
  const Sighting* obstacle() const;
  void see_real(CellKind kind, std::string_view cell, std::int64_t line);

  bool commas_ = false;
  bool doubted_ = false;
  bool decisive_comma_ = false;
  std::int64_t cells_ = 0;
  std::int64_t numbers_ = 0;
  Sighting texts_, missing_, nulls_, long_integers_;
  Sighting points_, unmistakable_points_, bare_exponents_, exponents_, long_reals_, commas_seen_;
};

}  // namespace sqlenv
