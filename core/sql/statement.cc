#include "core/sql/statement.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sandbox.h"
#include "core/sql/sqlite_meter.h"

namespace sqlenv {

StatementPtr prepare_trusted(sqlite3* handle, const std::string& sql, std::int64_t* budget) {
  const std::int64_t most =
      budget == nullptr ? kMaxPlanOperations : std::min(*budget, kMaxPlanOperations);
  sqlite3_stmt* raw = nullptr;
  sqlenv_meter_plan(handle, most * SQLENV_WORK_PER_OPERATION);
  sqlite3_prepare_v2(handle, sql.c_str(), -1, &raw, nullptr);
  if (budget != nullptr) *budget -= sqlenv_meter_work() / SQLENV_WORK_PER_OPERATION;
  sqlenv_meter_end();
  return StatementPtr(raw);
}

bool only_blank(std::string_view sql, sqlite3* handle) {
  while (!trim(sql).empty()) {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int rc =
        sqlite3_prepare_v2(handle, sql.data(), static_cast<int>(sql.size()), &raw, &tail);
    const StatementPtr statement(raw);
    if (rc != SQLITE_OK || statement != nullptr) return false;
    sql.remove_prefix(static_cast<std::size_t>(tail - sql.data()));
  }
  return true;
}

std::string column_text(sqlite3_stmt* statement, int column) {
  const unsigned char* text = sqlite3_column_text(statement, column);
  return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
}

}  // namespace sqlenv
