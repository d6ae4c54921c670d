// Prepared statements of SQLite that finalize themselves. For core/sql alone.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sqlenv {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementPtr = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// Prepares a statement of our own. Null if it does not compile, or if planning it exceeds
// kMaxPlanOperations or what is left of `budget`, from which its planning is taken.
StatementPtr prepare_trusted(sqlite3* handle, const std::string& sql,
                             std::int64_t* budget = nullptr);

// Whether `sql` holds only blanks, comments and semicolons.
bool only_blank(std::string_view sql, sqlite3* handle);

// The cell as text; empty for NULL.
std::string column_text(sqlite3_stmt* statement, int column);

}  // namespace sqlenv
