// Plain SQLite connections to databases in memory, without the sandbox. For core/sql alone.
#pragma once

#include <memory>
#include <string>

struct sqlite3;

namespace sqlenv {

struct CloseMemoryConnection {
  void operator()(sqlite3* handle) const;
};
using MemoryConnection = std::unique_ptr<sqlite3, CloseMemoryConnection>;

// An empty database that can be written to. Null if there is no memory.
MemoryConnection open_memory();

// An empty database in one block of bytes that sqlite3_serialize() can give out without a copy.
// Null if there is no memory.
MemoryConnection open_empty_memory();

// Opens a copy of `bytes` that can be written to and given out as by open_empty_memory(). Null if
// there is no memory.
MemoryConnection open_memory_copy(std::string bytes);

// Opens `bytes` in place for reading, without a copy; they must outlive the connection.
MemoryConnection open_memory_image(const std::string& bytes);

}  // namespace sqlenv
