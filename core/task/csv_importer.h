// Imports CSV files: each becomes a table, and all together one database.
//
// A table and its columns are named after the file and its header (csv_layout.h); types are
// inferred (column_type.h); empty cells are NULL, quoted or not. A row that is shorter than the
// table is filled with NULL. A row that is longer is left out, since nobody can tell which cell is
// too many, unless its further cells are empty. What was changed or left out is reported with its
// number and the first line; Import::tables states encoding, delimiter, header and types.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/task/csv_layout.h"
#include "core/task/import.h"

namespace sqlenv {

// Leaves out a file that is empty, no text or of another format, has a quote that is never closed,
// columns lined up by blanks, more than 2,000 columns, or more than half of its rows too long. If
// no file can be used, the result is the first one's error.
Result<Import> import_csv(std::vector<NamedBytes> files, const ImportOptions& options,
                          const CsvOptions& csv = {});

}  // namespace sqlenv
