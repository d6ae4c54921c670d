// CsvSheet: a CSV file whose text has been read through once, with all that must be known before
// its rows become a table.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/column_type.h"
#include "core/task/csv_layout.h"
#include "core/task/import.h"

namespace sqlenv {

struct CsvSheet {
  std::string name;  // the file's
  std::string text;
  std::string encoding;
  std::vector<std::string> notes;  // on decoding and layout
  CsvLayout layout;
  CsvQuotes quotes = CsvQuotes::kDoubled;
  CsvRow first_record;
  std::vector<ColumnType> types;  // of layout.width columns, from the rows that are taken
  std::int64_t rows = 0;          // taken
  std::int64_t end_line = 0;      // the line behind the last row that is taken; 0 if there is none
  bool drop_repeats = false;      // whether rows that repeat the header are left out
  bool faulty = false;            // a quote is not closed, or text follows it

  Sighting short_rows, long_rows, repeats;
  Sighting empty_rows;  // at the end
  Sighting footers;     // lines of one cell at the end, behind a blank line
  Sighting total;       // the last row, if it begins with a word such as "Total"
  Sighting gaps;        // rows behind blank lines, in a table of one column
  Sighting text_after_quote, skipped_blanks, marks;
};

// Reads the file through. Fails as import_csv does.
Result<CsvSheet> read_sheet(NamedBytes file, const CsvOptions& options,
                            const std::function<bool()>& stopped);

// The rows that are taken, one after another, from the first one on.
class CsvSheetRows {
 public:
  static constexpr std::int64_t kRowsBetweenChecks = 4096;  // of `stopped`

  // The sheet must outlive the rows.
  explicit CsvSheetRows(const CsvSheet& sheet);
  bool next(CsvRow& row);

 private:
  const CsvSheet& sheet_;
  CsvReader reader_;
};

}  // namespace sqlenv
