// The input and the output of importers.
//
// An importer is a pure function from files in memory to an Import: databases and questions that
// can be a pack, and a remark on everything that was left out or changed. The command line writes
// it to a folder; the page plays it at once. Files may come from strangers: whatever they hold, the
// result is an Import or an Error, and equal files give equal bytes.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/task/pack.h"

namespace sqlenv {

// A file in memory. `name` has no folders and appears in messages.
struct NamedBytes {
  std::string name;
  std::string bytes;
};

// `what` names a file, table, row, statement or example; `why` is for people.
struct ImportRemark {
  std::string what;
  std::string why;
  friend bool operator==(const ImportRemark&, const ImportRemark&) = default;
};

// How the columns of a text file were read.
struct ImportedTable {
  struct Column {
    std::string name;
    std::string type;  // INTEGER, REAL or TEXT
    std::string why;   // the cell that made it TEXT: "row 4 holds \"007\""; may be empty
  };
  std::string file;
  std::string table;
  std::string encoding;   // UTF-8, UTF-16, Latin-1 or Windows-1252
  std::string delimiter;  // comma, semicolon, tab …: delimiter_name() of csv_reader.h
  bool header = false;
  std::int64_t rows = 0;
  std::vector<Column> columns;
};

struct Import {
  std::string name;  // the pack's
  std::string title;
  std::string license;
  std::vector<PackDatabase> databases;
  std::vector<Question> questions;
  std::vector<ImportRemark> skipped;  // left out
  std::vector<ImportRemark> notes;    // taken with a change
  std::vector<ImportedTable> tables;  // only from CSV files
};

// The outcome of an import, for people and programs to read.
struct ImportReport {
  struct DatabaseLine {
    std::string name;
    std::int64_t bytes = 0;
    std::int64_t tables = 0;
    std::int64_t rows = 0;
    std::int64_t questions = 0;
  };
  std::string pack;
  std::string digest;
  std::string folder;
  std::vector<DatabaseLine> databases;
  std::int64_t train = 0;  // questions of each split
  std::int64_t eval = 0;
  std::int64_t generated = 0;  // questions that were made here, from schema and contents
  std::vector<ImportRemark> skipped;
  std::vector<ImportRemark> notes;
  std::vector<ImportedTable> tables;
};

// Adds remarks on what a database's schema leaves out. `file` is where it came from.
void note_left_out(const std::string& file, const Schema& schema, std::vector<ImportRemark>& notes);

// Reports on a loaded pack, without remarks.
ImportReport report_of(const Pack& pack);

// Options of every importer.
struct ImportOptions {
  std::string name;               // the pack's; if empty, after the first file
  std::function<bool()> stopped;  // called now and then; true ends the import with TIMEOUT
};

// Larger files are refused, with these numbers in the message.
constexpr std::int64_t kMaxDatabaseBytes = std::int64_t{1} << 30;  // one SQLite file
constexpr std::int64_t kMaxTextBytes = std::int64_t{256} << 20;    // CSV files or a script, in all

// TOO_LARGE if `bytes` is beyond `limit`.
Result<void> check_size(const std::string& name, std::int64_t bytes, std::int64_t limit);

// TOO_LARGE if the texts together are beyond kMaxTextBytes. A message about several calls them
// `together`.
Result<void> check_total_size(const std::vector<NamedBytes>& texts, const std::string& together);

// Names of packs and databases become names of files: 1 to 80 bytes of UTF-8, no '/', '\', ':',
// control characters, blanks at the ends or leading '.' or '-'.
bool is_plain_name(std::string_view name);

// Makes a plain name of a file's name: without its ending, with '_' for forbidden characters.
std::string plain_name(std::string_view file);

// `name`, or `name_2`, `name_3` … if it is in `taken`, ignoring ASCII case. Adds it to `taken`.
std::string unused_name(const std::string& name, std::set<std::string>& taken);

// Makes a pack that can be played. BAD_PACK if it would be empty.
Result<Pack> pack_of(Import import);

}  // namespace sqlenv
