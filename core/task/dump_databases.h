// The databases that scripts fill. At first there is one, without a name.
//
// Belongs to one import.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database_builder.h"
#include "core/task/dump_names.h"
#include "core/task/import.h"

namespace sqlenv {

struct DumpDatabase {
  std::string name;  // empty until the script gives it one
  DatabaseBuilder builder;
  DumpNames names;
  std::vector<std::string> views;           // as SQL names
  std::vector<std::string> virtual_tables;  // left out; their modules' own tables must go too
  bool used = false;                        // whether a table was made
};

class DumpDatabases {
 public:
  // `stopped` is as in ImportOptions.
  explicit DumpDatabases(std::function<bool()> stopped);

  std::size_t size() const { return databases_.size(); }

  // References hold until the next call of named() or use().
  DumpDatabase& current() { return databases_[current_]; }

  // The database of that name. The current one takes the name if it has none.
  DumpDatabase& named(const std::string& name);

  // Makes the database of that name the current one. An unused one takes the name.
  void use(const std::string& name);

  // Moves the databases into the import. Views that cannot be read are left out and reported, and
  // the tables in which a virtual table keeps its index are left out. A single database is called
  // `name`. NOT_A_DATABASE if there is no table.
  Result<void> finish(const std::string& name, Import& import);

 private:
  DumpDatabase& add(const std::string& name);
  DumpDatabase* find(const std::string& name);
  static Result<void> drop_indexes(DumpDatabase& database);
  static Result<void> check_views(DumpDatabase& database, Import& import);

  std::function<bool()> stopped_;
  std::vector<DumpDatabase> databases_;
  std::size_t current_ = 0;
};

// Whether the import must end.
bool is_fatal(ErrorCode code);

}  // namespace sqlenv
