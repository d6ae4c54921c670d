// Imports CSV files: each becomes a table, and all together one database.
//
// A table and its columns are named after the file and its first row; types are inferred
// (column_type.h); empty cells are NULL, quoted or not. A row that is shorter than the first is
// filled with NULL. A row that is longer is left out, since nobody can tell which cell is too many,
// unless its further cells are empty. Both are reported with the first such line. Import::tables
// states encoding, delimiter, header and types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv {

struct CsvOptions {
  std::string database;           // its name; if empty, the pack's
  std::optional<char> delimiter;  // if none, guessed for each file (csv_reader.h)

  // Whether the first row names the columns. If none, each file decides: a first row with a number
  // or a date is no header. One with an empty cell or two equal cells is a header only if one of
  // its cells is a text above a column of numbers.
  std::optional<bool> header;
};

// Leaves out a file that is empty or no text, has a quote that is never closed, has more than 2,000
// columns, or has more than half of its rows too long. If no file can be used, the result is the
// first one's error.
Result<Import> import_csv(std::vector<NamedBytes> files, const ImportOptions& options,
                          const CsvOptions& csv = {});

}  // namespace sqlenv
