// Decides whether the first row of a table names its columns.
#pragma once

#include <string>
#include <vector>

namespace sqlenv {

using CsvRow = std::vector<std::string>;

// kLikely: nothing speaks against it, so it is one. kCertain: a cell tells the row from those
// below.
enum class CsvHeader { kNone, kLikely, kCertain };

// Compares `first` with the rows from `begin` on, cell by cell:
// - A word, or a date, above numbers makes it a header; so does a word above dates, or above true
//   and false.
// - A number, date or truth value above others of its kind makes it data, and so does an empty cell
//   or a cell that equals another, ignoring case.
// - Years above numbers that are no years make a header, as do 0, 1, 2 … behind an empty cell.
// - An empty first cell above cells that are all different is no objection: R and pandas write the
//   names of rows there.
CsvHeader find_header(const CsvRow& first, const std::vector<CsvRow>& rows, std::size_t begin);

// Whether the cells at `column` of the rows from `begin` on are all different and none is empty.
bool names_rows(const std::vector<CsvRow>& rows, std::size_t begin, std::size_t column);

}  // namespace sqlenv
