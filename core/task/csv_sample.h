// CsvSample: the first records of a CSV text, and what they tell about the rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/task/csv_header.h"
#include "core/task/csv_reader.h"

namespace sqlenv {

struct CsvSample {
  // Where a record stands in the text.
  struct Place {
    std::int64_t line = 0;
    std::size_t offset = 0;
    bool after_blank = false;  // a blank line stands before it
  };
  std::vector<CsvRow> rows;
  std::vector<Place> places;  // of each row
  std::int64_t quoted = 0;    // cells
  std::int64_t quoted_behind_blanks = 0;
  bool faulty = false;  // a quote is not closed, or text follows it
};

// At most 100 records from the first MiB, or from the whole text if that holds only one.
CsvSample read_sample(std::string_view text, CsvDialect dialect);

// The commonest number of cells that is at least `least`, and how many rows from `begin` on have
// it. The larger one if two are equally common; zeros if there is none.
struct CsvFit {
  std::size_t records = 0;
  std::size_t width = 0;
};
CsvFit commonest_width(const std::vector<CsvRow>& rows, std::size_t begin, std::size_t least);

// The columns of a table from row `begin` on: the commonest width if most rows have it, without
// columns that no row uses, else the first row's. REQUIRES: a row at `begin`.
std::size_t table_width(const std::vector<CsvRow>& rows, std::size_t begin);

// Whether the delimiter cuts the first row, or half of the rows.
bool is_split(const std::vector<CsvRow>& rows);

// The number of cells up to the last one that is not empty, and of those that are not empty.
std::size_t used_width(const CsvRow& row);
std::size_t used_cells(const CsvRow& row);

// The line of `text` that begins at `at`, with its end.
std::string_view line_at(std::string_view text, std::size_t at);

// Comma, semicolon, tab or bar: the one that splits the first records into equally many cells, and
// into the most cells if several do; else a caret, a tilde or the control characters 1 and 31, and
// a blank if the text begins with a quote. Comma if none splits them.
char guess_delimiter(std::string_view text, CsvDialect dialect = {});

// Whether cells are lined up by blanks, line under line, instead of being separated by a delimiter.
bool is_fixed_width(std::string_view text);

}  // namespace sqlenv
