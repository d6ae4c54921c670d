// What importers take and give back.
//
// An importer is a pure function from files in memory to an Import: databases and questions that
// can be a pack, and a word about everything that was left out or not taken as it stood. The
// command line writes it to a folder; the page plays it at once. Files from strangers are expected:
// whatever they hold, the result is an Import or an Error, and equal files give equal bytes.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/task/pack.h"

namespace sqlenv {

// A file; `name` is its own name, without folders, and stands in messages.
struct NamedBytes {
  std::string name;
  std::string bytes;
};

// "What" is a file, table, row, statement or example; "why" is for people.
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
    std::string why;   // what made it TEXT: "row 4 holds \"007\""; empty if nothing did
  };
  std::string file;
  std::string table;
  std::string encoding;   // UTF-8, UTF-16, Latin-1 or Windows-1252
  std::string delimiter;  // comma, semicolon, tab or bar
  bool header = false;
  std::int64_t rows = 0;
  std::vector<Column> columns;
};

struct Import {
  std::string name;  // of the pack
  std::string title;
  std::string license;
  std::vector<PackDatabase> databases;
  std::vector<Question> questions;
  std::vector<ImportRemark> skipped;  // left out
  std::vector<ImportRemark> notes;    // taken, but not as it stood
  std::vector<ImportedTable> tables;  // of CSV files
};

// What became of an import, for people and programs to read.
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
  std::int64_t train = 0;      // questions to train on
  std::int64_t eval = 0;       // and to evaluate with
  std::int64_t generated = 0;  // of them made up here, from schema and contents
  std::vector<ImportRemark> skipped;
  std::vector<ImportRemark> notes;
  std::vector<ImportedTable> tables;
};

// Of a pack that is loaded; no remarks.
ImportReport report_of(const Pack& pack);

// What the caller may ask for; the same for every importer.
struct ImportOptions {
  std::string name;               // of the pack; empty: after the first file
  std::function<bool()> stopped;  // asked now and then; true makes the import fail with TIMEOUT
};

// Larger files are refused, with these numbers in the message.
constexpr std::int64_t kMaxDatabaseBytes = std::int64_t{1} << 30;  // one SQLite file
constexpr std::int64_t kMaxTextBytes = std::int64_t{256} << 20;    // CSV files or a script, in all

// TOO_LARGE if `bytes` is beyond `limit`.
Result<void> check_size(const std::string& name, std::int64_t bytes, std::int64_t limit);

// TOO_LARGE if the texts are together beyond kMaxTextBytes; several are named `together`.
Result<void> check_total_size(const std::vector<NamedBytes>& texts, const std::string& together);

// Names of packs and databases become names of files: 1 to 80 bytes of UTF-8, no '/', '\', ':',
// control characters, blanks at the ends or leading '.' or '-'.
bool is_plain_name(std::string_view name);

// A plain name made of a file's name: without its ending, other characters as '_'.
std::string plain_name(std::string_view file);

// `name`, or `name_2`, `name_3` … if it is taken, ignoring ASCII case; takes it.
std::string unused_name(const std::string& name, std::set<std::string>& taken);

// A pack that can be played. BAD_PACK if there is nothing in it.
Result<Pack> pack_of(Import import);

}  // namespace sqlenv
