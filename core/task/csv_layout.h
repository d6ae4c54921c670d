// Finds out how a CSV text is written and where its table stands, from its first records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/task/csv_header.h"
#include "core/task/csv_reader.h"
#include "core/task/import.h"

namespace sqlenv {

struct CsvOptions {
  std::string database;           // its name; if empty, the pack's
  std::optional<char> delimiter;  // if none, guessed for each file
  std::optional<bool> header;     // whether the first row names the columns; if none, guessed
};

struct CsvLayout {
  CsvDialect dialect;
  std::size_t start = 0;        // of the table's first record, in bytes
  std::int64_t start_line = 1;  // its line
  CsvRow first;                 // its cells; if it names the columns, of all `width` ones
  std::size_t width = 0;        // columns
  bool header = false;
  std::vector<std::string> notes;     // on what the layout changes, for people
  std::vector<ImportRemark> skipped;  // lines that stand above the table
};

// Which marks enclose cells.
enum class CsvQuotes { kDoubled, kBackslash, kNone };

// Lines above the table are left out: comments (#), titles, and `sep=;`, which states the
// delimiter. A line that begins with # is no comment if it is a row of the table. A first row with
// one cell fewer than all others names the columns behind the first, as R writes them. The layout
// of a text without records has no first row.
CsvLayout find_layout(std::string_view text, const CsvOptions& options, CsvQuotes quotes);

// How much of the text contradicts the layout: cells that go on behind their closing quote, a quote
// that is never closed, rows of another width, and cells in quotes that the layout takes for
// ordinary characters.
std::int64_t contradictions(std::string_view text, const CsvLayout& layout);

}  // namespace sqlenv
