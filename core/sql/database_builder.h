// DatabaseBuilder: makes a database in memory, table by table or by statements of a script.
//
// Equal calls give equal bytes everywhere. Statements may come from a stranger's file: an
// authorizer allows them only to make and fill tables, indexes and views, no trigger runs, and
// their work and memory are bounded. A builder belongs to one thread and is useless after an error.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"
#include "core/sql/import_work.h"
#include "core/sql/value.h"

namespace sqlenv {

class DatabaseBuilder {
 public:
  struct ColumnSpec {
    std::string name;
    std::string type;
  };

  // `stopped` is called several times a second; once it returns true, the current call fails with
  // TIMEOUT. Statements that take more than `max_operations` in all end with OPERATION_BUDGET.
  explicit DatabaseBuilder(std::function<bool()> stopped = {},
                           std::int64_t max_operations = ImportWork::kMaxOperations);
  DatabaseBuilder(DatabaseBuilder&&) noexcept;
  ~DatabaseBuilder();

  // REQUIRES: at least one column; names that differ ignoring case.
  Result<void> create_table(const std::string& table, const std::vector<ColumnSpec>& columns);

  // Prepares add_row() for `columns` of a table, by position if there are none: then it has
  // `width`.
  Result<void> begin_rows(const std::string& table, const std::vector<std::string>& columns,
                          std::size_t width);

  // Adds a row to the table that create_table() made or begin_rows() named last.
  // REQUIRES: a value for each column.
  Result<void> add_row(const std::vector<Value>& values);

  // Runs one statement. NOT_READ_ONLY if the authorizer denies it, else SQLite's own error.
  Result<void> run(std::string_view statement);

  // The finished database; NOT_A_DATABASE if it holds no table.
  Result<DatabaseImage> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sqlenv
