// Takes a database file from outside: looks at every page before anything else reads it.
//
// A damaged or forged file may hold pages that lead in circles, so that even counting its rows
// never ends. SQLite's quick_check visits each page once and finds that out; only a file that
// passes becomes an image.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"

namespace sqlenv {

struct CheckedDatabase {
  DatabaseImage image;

  // What does not harm reading but is worth a word: rows that break the file's own constraints,
  // virtual tables, which cannot be read here and are left out of the schema.
  std::vector<std::string> remarks;
};

// NOT_A_DATABASE, saying whether the file is empty, no database or encrypted, cut short, or
// damaged; TIMEOUT if `stopped` said true, which is asked now and then.
Result<CheckedDatabase> check_database_file(std::string bytes,
                                            const std::function<bool()>& stopped = {});

}  // namespace sqlenv
