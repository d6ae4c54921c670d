// Checks every page of a database file from outside before anything else reads it.
//
// Pages of a damaged or forged file may point in circles, so that even counting its rows never
// ends. SQLite's quick_check visits each page once and finds such faults; only a file that passes
// becomes an image.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"

namespace sqlenv {

struct CheckedDatabase {
  DatabaseImage image;

  // Harmless faults: rows that break the file's own constraints, and virtual tables, which cannot
  // be read here and are left out of the schema.
  std::vector<std::string> remarks;
};

// NOT_A_DATABASE if the file is empty, no database or encrypted, cut short, or damaged, as the
// message says. `stopped` is called now and then; TIMEOUT once it returns true.
Result<CheckedDatabase> check_database_file(std::string bytes,
                                            const std::function<bool()>& stopped = {});

}  // namespace sqlenv
