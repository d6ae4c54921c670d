#include "core/sql/database_image.h"

#include <sqlite3.h>

#include <utility>

#include "core/sql/memory_connection.h"
#include "core/sql/schema_reader.h"

namespace sqlenv {

Result<DatabaseImage> DatabaseImage::from_file_bytes(std::string bytes) {
  const auto not_a_database = [](const std::string& why) {
    return fail(ErrorCode::kNotADatabase, "this is not a readable SQLite database: " + why);
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
  if (!schema) return not_a_database(schema.error().message);
  image.schema_ = std::make_shared<const Schema>(std::move(*schema));
  return image;
}

Result<DatabaseImage> DatabaseImage::from_sql_text(const std::string& script) {
  const MemoryConnection connection = open_memory();
  if (connection == nullptr) return fail(ErrorCode::kInternal, "no memory for a database.");
  if (sqlite3_exec(connection.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return fail(ErrorCode::kNotADatabase,
                std::string("the SQL text does not run: ") + sqlite3_errmsg(connection.get()));
  sqlite3_int64 size = 0;
  unsigned char* data = sqlite3_serialize(connection.get(), "main", &size, 0);
  if (data == nullptr || size == 0)
    return fail(ErrorCode::kNotADatabase, "the SQL text makes no tables.");
  std::string bytes(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
  sqlite3_free(data);
  return from_file_bytes(std::move(bytes));
}

}  // namespace sqlenv
