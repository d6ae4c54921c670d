// The host that SQLite runs on: no files, no clock, no entropy, counted memory.
//
// SQLite is compiled without an operating system (SQLITE_OS_OTHER). This host gives it the least it
// needs: a file system in which nothing can be opened, so that no statement can reach a file; a
// clock that always fails, so that 'now' is NULL and results repeat; random bytes that are all
// zero, for the same reason; and an allocator that counts each thread's bytes, so that a query's
// memory is bounded without a lock.
//
// Everything here may be called from any thread; a MemoryCap acts on the calling thread only.
#pragma once

#include <cstdint>

namespace sqlenv {

// Configures and initialises SQLite once; later calls cost one atomic load.
void ensure_sqlite();

// While it lives, the calling thread's SQLite may allocate at most `bytes` more than it held
// before. Beyond that SQLite is out of memory, which the sandbox reports as TOO_LARGE. Caps do not
// nest.
class MemoryCap {
 public:
  explicit MemoryCap(std::int64_t bytes);
  ~MemoryCap();
  MemoryCap(const MemoryCap&) = delete;
  MemoryCap& operator=(const MemoryCap&) = delete;
};

// The bytes that the calling thread's SQLite holds.
std::int64_t sqlite_memory_used();

}  // namespace sqlenv
