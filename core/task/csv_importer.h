// Takes CSV files: each becomes a table, all of them one database.
//
// A table and its columns are named after the file and its first row; types are inferred
// (column_type.h); empty cells are NULL, quoted or not. A row that is shorter than the first is
// filled up with NULL; a row that is longer is left out, since nobody can tell which cell is too
// many, unless its further cells are empty. Both are reported, with the first line. Encoding,
// delimiter, header and types are stated in Import::tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv {

struct CsvOptions {
  std::string database;           // its name; empty: the pack's
  std::optional<char> delimiter;  // none: guessed for each file (csv_reader.h)

  // Whether the first row names the columns. None: for each file, it does unless one of its cells
  // is a number, a date or empty, or two are equal; with empty or equal ones it still does if it
  // stands above a column of numbers without being one.
  std::optional<bool> header;
};

// A file that cannot be used is left out: empty, no text, a quote that is never closed, more than
// 2,000 columns, more than half of its rows too long. The error is the first one's if none can be
// used.
Result<Import> import_csv(std::vector<NamedBytes> files, const ImportOptions& options,
                          const CsvOptions& csv = {});

}  // namespace sqlenv
