// What a database file needs that only the application that made it has, and what takes its place:
// collations, which order text, and functions of checks, indexes and computed columns.
//
// A file of which something stands in another order than SQLite believes gives wrong results, so no
// collation is ever replaced without rebuilding what it ordered. For core/sql alone.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

struct sqlite3;

namespace sqlenv {

// For checking or copying a file, never for queries: unknown collations compare bytes.
void compare_bytes_instead(sqlite3* handle);

// For checking a file, never for queries: a function that SQLite's message says is unknown gives
// NULL. Returns its name; empty if the message says something else.
std::string call_nothing_instead(sqlite3* handle, std::string_view message);

// The collations that SQLite does not have, named by the file's CREATE statements. Each once, and
// at most 20.
std::vector<std::string> unknown_collations(sqlite3* handle);

// A database of which every CREATE statement names collations of SQLite alone.
struct Rebuilt {
  std::string bytes;
  int indexes = 0;                   // that were rebuilt
  std::vector<std::string> dropped;  // indexes that could not be rebuilt
};

// Puts BINARY for every unknown collation in the CREATE statements of a database that was checked,
// rebuilds the tables and indexes that they ordered, and rebuilds the indexes of `tables`.
// MISSING_EXTENSION with SQLite's reason if something cannot be rebuilt; TIMEOUT once `stopped`,
// which is called now and then, has returned true.
Result<Rebuilt> rebuild_database(std::string bytes, const std::vector<std::string>& tables,
                                 const std::function<bool()>& stopped);

}  // namespace sqlenv
