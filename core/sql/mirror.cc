#include "core/sql/mirror.h"

#include <sqlite3.h>

#include "core/base/text.h"
#include "core/sql/memory_connection.h"
#include "core/sql/sql_literals.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

bool run(sqlite3* handle, const std::string& sql) {
  return sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

// An empty database with the image attached as "old".
MemoryConnection open_beside(const DatabaseImage& image) {
  MemoryConnection connection = open_memory();
  if (connection == nullptr || !run(connection.get(), "ATTACH ':memory:' AS old")) return nullptr;
  auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(image.bytes().data()));
  const auto size = static_cast<sqlite3_int64>(image.bytes().size());
  const int read =
      sqlite3_deserialize(connection.get(), "old", data, size, size, SQLITE_DESERIALIZE_READONLY);
  return read == SQLITE_OK ? std::move(connection) : nullptr;
}

std::string collation_of(sqlite3* handle, const Table& table, const Column& column) {
  const char* collation = nullptr;
  sqlite3_table_column_metadata(handle, "old", table.name.c_str(), column.name.c_str(), nullptr,
                                &collation, nullptr, nullptr, nullptr);
  return collation == nullptr ? "BINARY" : collation;
}

bool copy_table(sqlite3* handle, const Table& table) {
  std::vector<std::string> columns;
  std::vector<std::string> names;
  std::vector<std::string> key;
  for (const Column& column : table.columns) {
    const std::string name = quote_identifier(column.name);
    const std::string type = column.type.empty() ? "" : " " + quote_identifier(column.type);
    columns.push_back(name + type + " COLLATE " + collation_of(handle, table, column));
    names.push_back(name);
    if (column.primary_key > 0) key.push_back(name + " DESC");
  }
  const std::string name = quote_identifier(table.name);
  const std::string copy = "INSERT INTO main." + name + " SELECT " + join(names, ", ") +
                           " FROM old." + name + " ORDER BY ";
  if (!run(handle, "CREATE TABLE main." + name + " (" + join(columns, ", ") + ")")) return false;
  // A table WITHOUT ROWID has a primary key instead.
  return run(handle, copy + "rowid DESC") || (!key.empty() && run(handle, copy + join(key, ", ")));
}

bool copy_views(sqlite3* handle) {
  const StatementPtr statement =
      prepare_trusted(handle, "SELECT sql FROM old.sqlite_schema WHERE type = 'view'");
  std::vector<std::string> views;
  while (sqlite3_step(statement.get()) == SQLITE_ROW)
    views.push_back(column_text(statement.get(), 0));
  for (const std::string& view : views)
    if (!run(handle, view)) return false;
  return true;
}

}  // namespace

Result<DatabaseImage> mirror_image(const DatabaseImage& image) {
  const MemoryConnection connection = open_beside(image);
  const auto failed = [] {
    return fail(ErrorCode::kInternal, "the database cannot be copied in another order.");
  };
  if (connection == nullptr || !run(connection.get(), "BEGIN")) return failed();
  for (const Table& table : image.schema().tables)
    if (!table.is_view && !copy_table(connection.get(), table)) return failed();
  if (!copy_views(connection.get()) || !run(connection.get(), "COMMIT")) return failed();
  sqlite3_int64 size = 0;
  unsigned char* data = sqlite3_serialize(connection.get(), "main", &size, 0);
  if (data == nullptr) return failed();
  std::string bytes(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
  sqlite3_free(data);
  return DatabaseImage::from_file_bytes(std::move(bytes));
}

}  // namespace sqlenv
