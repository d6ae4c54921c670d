// Checks every page of a database file from outside before anything else reads it.
//
// Pages of a damaged or forged file may point in circles, so that even counting its rows never
// ends. SQLite's quick_check visits each page once and finds such faults; only a file that passes
// becomes an image.
//
// The image holds the file's bytes, unless SQLite would look for rows in the wrong place: if the
// file orders text by a collation that only its application has, or an index does not agree with
// its table (of which the first half million entries or so are compared). Such a collation becomes
// BINARY, and such indexes are rebuilt.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"

namespace sqlenv {

struct CheckedDatabase {
  DatabaseImage image;

  // Harmless faults: rows that break the file's own constraints, and collations and functions that
  // only the application has. What cannot be read is in the image's schema (Schema::left_out).
  std::vector<std::string> remarks;
};

// NOT_A_DATABASE if the file is empty, no database or encrypted, cut short, or damaged, as the
// message says; MISSING_EXTENSION if what a collation ordered cannot be rebuilt or the schema
// calls a function in a way that SQLite does not know. `stopped` is
// called now and then; TIMEOUT once it returns true.
Result<CheckedDatabase> check_database_file(std::string bytes,
                                            const std::function<bool()>& stopped = {});

}  // namespace sqlenv
