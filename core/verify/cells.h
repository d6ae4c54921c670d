// Cell: one value as a verifier compares it. For core/verify alone.
//
// A gold cell is compared with an answer's cell, and the gold's type decides, so equality is not
// symmetric. A gold integer equals that number in any notation; a gold real equals a number within
// the tolerance, or exactly that number if the mode has no tolerance; NULL equals NULL alone; text
// equals text. A cell whose answer fixes no type is `open` and takes the gold's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/sql/value.h"
#include "core/verify/answer.h"

namespace sqlenv {

enum class CellKind : std::uint8_t { kNull, kInteger, kReal, kText, kBlob, kOpen };

struct CellRules {
  double absolute = 0;  // |a − b| ≤ absolute + relative·max(|a|, |b|) for a gold real
  double relative = 0;
  bool normalised = false;  // text in Unicode's form C, trimmed, runs of blanks folded

  bool tolerant() const { return absolute > 0 || relative > 0; }
};

struct Cell {
  CellKind kind = CellKind::kNull;
  CellKind number = CellKind::kNull;  // kInteger or kReal if the cell can be read as a number
  bool null_word = false;             // an open cell that may be NULL
  std::int64_t integer = 0;           // valid if number is kInteger
  double real = 0;                    // valid if number is not kNull
  std::string text;                   // text as compared, or a blob's bytes
};

// By columns: cells[column][row].
using Cells = std::vector<std::vector<Cell>>;

Cell typed_cell(const Value& value, const CellRules& rules);
Cell answer_cell(const AnswerCell& cell, const CellRules& rules);

bool equal_cells(const Cell& gold, const Cell& answer, const CellRules& rules);

// Whether two numbers are within the tolerance. Infinities equal themselves alone.
bool near(double a, double b, const CellRules& rules);

// Whether two cells of one side are equal in kind and value; numbers are compared by value.
bool identical_cells(const Cell& a, const Cell& b);

// Equal for identical cells, and for a gold cell and a typed cell of an answer that are exactly
// equal.
std::uint64_t cell_hash(const Cell& cell);
std::uint64_t mix_hash(std::uint64_t a, std::uint64_t b);

}  // namespace sqlenv
