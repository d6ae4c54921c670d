#include "core/sql/memory_connection.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/sql/sqlite_host.h"

namespace sqlenv {

void CloseMemoryConnection::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

MemoryConnection open_memory() {
  ensure_sqlite();
  sqlite3* handle = nullptr;
  const int rc = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE, nullptr);
  MemoryConnection connection(handle);
  return rc == SQLITE_OK ? std::move(connection) : nullptr;
}

MemoryConnection open_empty_memory() {
  MemoryConnection connection = open_memory();
  if (connection == nullptr) return nullptr;
  // A plain ":memory:" database lies in many blocks.
  const int rc =
      sqlite3_deserialize(connection.get(), "main", nullptr, 0, 0,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  return rc == SQLITE_OK ? std::move(connection) : nullptr;
}

MemoryConnection open_memory_copy(std::string bytes) {
  MemoryConnection connection = open_memory();
  if (connection == nullptr) return nullptr;
  auto* data = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (data == nullptr) return nullptr;
  std::copy(bytes.begin(), bytes.end(), data);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int rc =
      sqlite3_deserialize(connection.get(), "main", data, size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  return rc == SQLITE_OK ? std::move(connection) : nullptr;
}

MemoryConnection open_memory_image(const std::string& bytes) {
  MemoryConnection connection = open_memory();
  if (connection == nullptr) return nullptr;
  auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int rc =
      sqlite3_deserialize(connection.get(), "main", data, size, size, SQLITE_DESERIALIZE_READONLY);
  return rc == SQLITE_OK ? std::move(connection) : nullptr;
}

}  // namespace sqlenv
