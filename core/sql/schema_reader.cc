#include "core/sql/schema_reader.h"

#include <sqlite3.h>

#include <functional>
#include <optional>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

using RowVisitor = std::function<void(sqlite3_stmt*)>;

// The most planning that the columns of all views may take: about two seconds.
constexpr std::int64_t kMaxViewOperations = 8'000'000;

std::string text_at(sqlite3_stmt* statement, int column) {
  return valid_utf8(column_text(statement, column));
}

// Returns SQLite's message if `sql` fails.
std::optional<std::string> for_each_row(sqlite3* handle, const std::string& sql,
                                        const RowVisitor& visit, std::int64_t* budget = nullptr) {
  if (const StatementPtr statement = prepare_trusted(handle, sql, budget)) {
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(statement.get())) == SQLITE_ROW) visit(statement.get());
    if (rc == SQLITE_DONE) return std::nullopt;
  }
  return std::string(sqlite3_errmsg(handle)) + ".";
}

std::optional<std::string> read_columns(sqlite3* handle, Table& table,
                                        std::int64_t* budget = nullptr) {
  return for_each_row(
      handle, "PRAGMA table_info(" + quote_identifier(table.name) + ")",
      [&](sqlite3_stmt* row) {
        table.columns.push_back({text_at(row, 1), text_at(row, 2), sqlite3_column_int(row, 3) != 0,
                                 sqlite3_column_int(row, 5)});
      },
      budget);
}

std::optional<std::string> read_foreign_keys(sqlite3* handle, Table& table) {
  int last_id = -1;
  auto failure =
      for_each_row(handle, "PRAGMA foreign_key_list(" + quote_identifier(table.name) + ")",
                   [&](sqlite3_stmt* row) {
                     const int id = sqlite3_column_int(row, 0);
                     if (id != last_id) table.foreign_keys.push_back({{}, text_at(row, 2), {}});
                     last_id = id;
                     ForeignKey& key = table.foreign_keys.back();
                     key.columns.push_back(text_at(row, 3));
                     if (const std::string to = text_at(row, 4); !to.empty())
                       key.referenced.push_back(to);
                   });
  // SQLite lists the last declared first; people expect the order of declaration.
  std::vector<ForeignKey> in_order(table.foreign_keys.rbegin(), table.foreign_keys.rend());
  table.foreign_keys = std::move(in_order);
  return failure;
}

std::optional<std::string> count_rows(sqlite3* handle, Table& table) {
  return for_each_row(handle, "SELECT count(*) FROM " + quote_identifier(table.name),
                      [&](sqlite3_stmt* row) { table.row_count = sqlite3_column_int64(row, 0); });
}

}  // namespace

Result<Schema> read_schema(sqlite3* handle) {
  Schema schema;
  auto failure =
      for_each_row(handle,
                   "SELECT name, type = 'view' FROM sqlite_schema WHERE (type = 'view' OR "
                   "type = 'table' AND rootpage > 0) "  // a virtual table has no page
                   "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
                   [&](sqlite3_stmt* row) {
                     Table table;
                     table.name = text_at(row, 0);
                     table.is_view = sqlite3_column_int(row, 1) != 0;
                     schema.tables.push_back(std::move(table));
                   });
  // A view of a missing table is left out, and so is one that takes too long to be planned.
  std::int64_t budget = kMaxViewOperations;
  std::erase_if(schema.tables, [&](Table& view) {
    return view.is_view && (budget <= 0 || read_columns(handle, view, &budget).has_value());
  });
  for (Table& table : schema.tables) {
    if (table.is_view) continue;
    if (!failure) failure = read_columns(handle, table);
    if (!failure) failure = read_foreign_keys(handle, table);
    if (!failure) failure = count_rows(handle, table);
  }
  if (failure) return fail(ErrorCode::kNotADatabase, *failure);
  if (schema.tables.empty()) return fail(ErrorCode::kNotADatabase, "it holds no tables.");
  return schema;
}

}  // namespace sqlenv
