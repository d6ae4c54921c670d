#include "core/sql/schema_reader.h"

#include <sqlite3.h>

#include <functional>
#include <optional>

#include "core/base/text.h"
#include "core/sql/query_errors.h"
#include "core/sql/sandbox.h"
#include "core/sql/sql_literals.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

using RowVisitor = std::function<void(sqlite3_stmt*)>;

// The most planning that all views may take: about two seconds.
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
  return valid_utf8(sqlite3_errmsg(handle));
}

// Returns SQLite's message if `sql` does not compile.
std::optional<std::string> refusal_of(sqlite3* handle, const std::string& sql,
                                      std::int64_t* budget = nullptr) {
  if (budget != nullptr && *budget <= 0) return std::string(kTooMuchPlanning);
  if (prepare_trusted(handle, sql, budget) != nullptr) return std::nullopt;
  const int rc = sqlite3_errcode(handle);
  return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT ? std::string(kTooMuchPlanning)
                                                      : valid_utf8(sqlite3_errmsg(handle));
}

// A column that is computed when it is read is left out if its expression does not compile. An
// index may hold its values, but only some queries use that.
std::optional<std::string> read_columns(sqlite3* handle, Table& table,
                                        std::vector<LeftOut>& left_out) {
  const std::string name = quote_identifier(table.name);
  return for_each_row(handle, "PRAGMA table_xinfo(" + name + ")", [&](sqlite3_stmt* row) {
    constexpr int kHidden = 1;  // of virtual tables alone
    constexpr int kComputedWhenRead = 2;
    const int kind = sqlite3_column_int(row, 6);
    if (kind == kHidden) return;
    Column column{text_at(row, 1), text_at(row, 2), sqlite3_column_int(row, 3) != 0,
                  sqlite3_column_int(row, 5), kind >= kComputedWhenRead};
    std::optional<std::string> refusal;
    if (kind == kComputedWhenRead)
      refusal = refusal_of(
          handle, "SELECT " + quote_identifier(column.name) + " FROM " + name + " NOT INDEXED");
    if (!refusal) return table.columns.push_back(std::move(column));
    left_out.push_back({LeftOut::Kind::kColumn, table.name, column.name, "", *refusal});
    table.partial = true;
  });
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

// An index may need a collation that is not available, so the table itself is tried as well.
std::optional<std::string> count_rows(sqlite3* handle, Table& table) {
  const std::string sql = "SELECT count(*) FROM " + quote_identifier(table.name);
  const auto take = [&](sqlite3_stmt* row) { table.row_count = sqlite3_column_int64(row, 0); };
  if (!for_each_row(handle, sql, take)) return std::nullopt;
  return for_each_row(handle, sql + " NOT INDEXED", take);
}

// Lists tables and views. 1: the name. 2: 0 for a table, 1 for a view, 2 for a virtual table, which
// has no page. 3: whose the table is, if it holds only what a virtual table, GeoPackage or
// SpatiaLite needs to work. `ending` has the endings of what each module makes beside its virtual
// tables; a full-text index may be told by content=… that such a table is the user's own.
constexpr const char* kListTables = R"(
WITH ending(module, end) AS (VALUES
  ('fts_', 'content'), ('fts_', 'docsize'), ('fts3', 'segments'), ('fts3', 'segdir'),
  ('fts4', 'segments'), ('fts4', 'segdir'), ('fts4', 'stat'), ('fts5', 'data'), ('fts5', 'idx'),
  ('fts5', 'config'), ('rtree', 'node'), ('rtree', 'rowid'), ('rtree', 'parent'),
  ('geopoly', 'node'), ('geopoly', 'rowid'), ('geopoly', 'parent'), ('spellfix1', 'vocab'),
  ('vec0', 'info'), ('vec0', 'chunks'), ('vec0', 'rowids'), ('vec0', 'vector_chunks00')),
part(part, owner, sql) AS MATERIALIZED (
  SELECT lower(name || '_' || end), name, sql FROM sqlite_schema, ending
  WHERE type = 'table' AND coalesce(rootpage, 0) = 0 AND sql LIKE '%using%' || module || '%')
SELECT t.name, iif(type = 'view', 1, iif(coalesce(rootpage, 0) = 0, 2, 0)),
  CASE WHEN type = 'view' THEN ''
    WHEN owner IS NOT NULL AND part.sql NOT LIKE '%content%=%' || t.name || '%' THEN owner
    WHEN t.name LIKE 'gpkg\_%' ESCAPE '\' AND
      EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'gpkg_contents') THEN 'GeoPackage'
    WHEN (t.name LIKE '%spatial_ref_sys%' OR t.name LIKE '%geometry_columns%' OR
        t.name LIKE 'vector_layers%' OR t.name IN ('geom_cols_ref_sys', 'data_licenses',
        'spatialite_history', 'sql_statements_log')) AND
      2 = (SELECT count(*) FROM sqlite_schema
        WHERE name IN ('geometry_columns', 'spatial_ref_sys')) THEN 'SpatiaLite'
    ELSE '' END
FROM sqlite_schema AS t LEFT JOIN part ON part = lower(t.name)
WHERE type IN ('table', 'view') AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
GROUP BY t.rowid ORDER BY t.rowid)";

std::optional<std::string> list_tables(sqlite3* handle, Schema& schema) {
  return for_each_row(handle, kListTables, [&](sqlite3_stmt* row) {
    const int kind = sqlite3_column_int(row, 1);
    LeftOut left{kind == 2 ? LeftOut::Kind::kVirtualTable : LeftOut::Kind::kHiddenTable,
                 text_at(row, 0), "", text_at(row, 2), ""};
    if (kind == 2 || !left.owner.empty()) return schema.left_out.push_back(std::move(left));
    Table& table = schema.tables.emplace_back();
    table.name = std::move(left.table);
    table.is_view = kind == 1;
  });
}

std::optional<std::string> read_tables(sqlite3* handle, Schema& schema) {
  std::optional<std::string> failure;
  for (Table& table : schema.tables) {
    if (table.is_view || failure) continue;
    failure = read_columns(handle, table, schema.left_out);
    if (!failure) failure = read_foreign_keys(handle, table);
    if (!failure) failure = count_rows(handle, table);
  }
  return failure;
}

// Denies the functions that queries may not call, so that a view that calls one is left out.
int deny_functions(void*, int action, const char*, const char* function, const char*, const char*) {
  const bool denied = action == SQLITE_FUNCTION && function != nullptr && !may_call(function);
  return denied ? SQLITE_DENY : SQLITE_OK;
}

// Reads views under the limits of queries, so that what cannot be read then is left out now. A view
// that is left out has no columns.
void read_views(sqlite3* handle, Schema& schema) {
  harden(handle);
  sqlite3_set_authorizer(handle, deny_functions, nullptr);
  std::int64_t budget = kMaxViewOperations;
  for (Table& view : schema.tables) {
    if (!view.is_view) continue;
    auto refusal = refusal_of(handle, "SELECT * FROM " + quote_identifier(view.name), &budget);
    if (!refusal) refusal = read_columns(handle, view, schema.left_out);
    if (!refusal) continue;
    view.columns.clear();
    schema.left_out.push_back({LeftOut::Kind::kView, view.name, "", "", std::move(*refusal)});
  }
  std::erase_if(schema.tables, [](const Table& table) { return table.columns.empty(); });
}

}  // namespace

Result<Schema> read_schema(sqlite3* handle) {
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  Schema schema;
  auto failure = list_tables(handle, schema);
  for (LeftOut& left : schema.left_out)
    if (left.kind == LeftOut::Kind::kVirtualTable)
      left.reason =
          refusal_of(handle, "SELECT * FROM " + quote_identifier(left.table)).value_or("no page");
  if (!failure) failure = read_tables(handle, schema);
  if (failure && missing_part(*failure))
    return fail(ErrorCode::kMissingExtension,
                refusal_reason(*failure) + ". Import the file with: sqlenv pack import sqlite");
  if (failure) return fail(ErrorCode::kNotADatabase, *failure + ".");
  read_views(handle, schema);
  if (schema.tables.empty()) return fail(ErrorCode::kNotADatabase, "it holds no readable tables.");
  return schema;
}

}  // namespace sqlenv
