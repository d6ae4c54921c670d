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

// The same, in one block of bytes that can be taken whole.
MemoryConnection open_empty_memory();

// Reads `bytes` in place, without copying them and without writing; they must outlive it.
MemoryConnection open_memory_image(const std::string& bytes);

}  // namespace sqlenv
