#include "core/sql/database_image.h"

#include <sqlite3.h>

#include <optional>
#include <utility>

#include "core/sql/import_work.h"
#include "core/sql/memory_connection.h"
#include "core/sql/schema_reader.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

// Far more than the text of a database that a pack may hold takes.
constexpr std::int64_t kMaxScriptOperations = 500'000'000;

// Why the script does not run.
std::optional<std::string> run_script(sqlite3* handle, const std::string& script) {
  ImportWork work(handle, {}, kMaxScriptOperations);
  const char* text = script.c_str();
  const char* const end = text + script.size();
  while (text < end && *text != '\0') {
    const ImportWork::Statement metered(work, static_cast<std::size_t>(end - text));
    sqlite3_stmt* raw = nullptr;
    int rc = sqlite3_prepare_v2(handle, text, -1, &raw, &text);
    const StatementPtr statement(raw);
    while (raw != nullptr && (rc = sqlite3_step(raw)) == SQLITE_ROW) {
    }
    if (work.is_spent()) return "it takes too many operations";
    if (rc != SQLITE_OK && rc != SQLITE_DONE) return sqlite3_errmsg(handle);
  }
  return std::nullopt;
}

}  // namespace

Result<DatabaseImage> DatabaseImage::from_file_bytes(std::string bytes) {
  const auto not_a_database = [](const std::string& why,
                                 ErrorCode code = ErrorCode::kNotADatabase) {
    return fail(code, "this is not a readable SQLite database: " + why);
  };
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  if (bytes.size() < 512 || !bytes.starts_with(kMagic))
    return not_a_database(
        "its header is not SQLite's. It may be empty, encrypted or another kind "
        "of file.");
  // Bytes 18 and 19 are the file's journal mode; an image in memory has no write-ahead log.
  bytes[18] = bytes[19] = 1;
  DatabaseImage image;
  image.bytes_ = std::make_shared<const std::string>(std::move(bytes));
  const MemoryConnection connection = open_memory_image(*image.bytes_);
  if (connection == nullptr) return not_a_database("it could not be opened.");
  Result<Schema> schema = read_schema(connection.get());
  if (!schema) return not_a_database(schema.error().message, schema.error().code);
  image.schema_ = std::make_shared<const Schema>(std::move(*schema));
  return image;
}

Result<DatabaseImage> DatabaseImage::from_sql_text(const std::string& script) {
  const MemoryConnection connection = open_memory();
  if (connection == nullptr) return fail(ErrorCode::kInternal, "no memory for a database.");
  if (auto why = run_script(connection.get(), script))
    return fail(ErrorCode::kNotADatabase, "the SQL text does not run: " + *why);
  sqlite3_int64 size = 0;
  unsigned char* data = sqlite3_serialize(connection.get(), "main", &size, 0);
  if (data == nullptr || size == 0)
    return fail(ErrorCode::kNotADatabase, "the SQL text makes no tables.");
  std::string bytes(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
  sqlite3_free(data);
  return from_file_bytes(std::move(bytes));
}

}  // namespace sqlenv
