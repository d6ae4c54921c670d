// Cell: one value as a verifier compares it. For core/verify alone.
//
// Equality is between a gold cell and an answer's cell and is not symmetric: the gold's type
// decides. A gold integer is met by exactly that number in any notation; a gold real by a number
// within the tolerance, or exactly where the mode has none; NULL by NULL alone; text by text. An
// answer's cell that was written without a type is `open` and takes the gold's.
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
  std::int64_t integer = 0;           // if number is kInteger
  double real = 0;                    // if the cell can be read as a number
  std::string text;                   // text as compared, or a blob's bytes
};

// By columns: cells[column][row].
using Cells = std::vector<std::vector<Cell>>;

Cell typed_cell(const Value& value, const CellRules& rules);
Cell answer_cell(const AnswerCell& cell, const CellRules& rules);

bool equal_cells(const Cell& gold, const Cell& answer, const CellRules& rules);

// Whether two numbers are within the tolerance. Infinities equal themselves alone.
bool near(double a, double b, const CellRules& rules);

// The same cell in kind and value; numbers by value.
bool identical_cells(const Cell& a, const Cell& b);

// Equal for identical cells, and for a gold and an answer's typed cell that are equal exactly.
std::uint64_t cell_hash(const Cell& cell);
std::uint64_t mix_hash(std::uint64_t a, std::uint64_t b);

}  // namespace sqlenv
