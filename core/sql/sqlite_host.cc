#include "core/sql/sqlite_host.h"

#include <sqlite3.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>

#include "core/base/check.h"

namespace sqlenv {
namespace {

constexpr std::int64_t kUncapped = std::numeric_limits<std::int64_t>::max();
thread_local std::int64_t t_used = 0;
thread_local std::int64_t t_cap = kUncapped;

// Each block starts with its own size, in a header that keeps the alignment of malloc.
constexpr int kHeader = 16;

int size_of_block(void* block) {
  int size = 0;
  std::memcpy(&size, static_cast<char*>(block) - kHeader, sizeof size);
  return size;
}

void* with_header(void* raw, int size) {
  std::memcpy(raw, &size, sizeof size);
  t_used += size;
  return static_cast<char*>(raw) + kHeader;
}

void* allocate(int size) {
  if (t_used + size > t_cap) return nullptr;
  void* raw = std::malloc(static_cast<std::size_t>(size) + kHeader);
  return raw == nullptr ? nullptr : with_header(raw, size);
}

void release(void* block) {
  if (block == nullptr) return;
  t_used -= size_of_block(block);
  std::free(static_cast<char*>(block) - kHeader);
}

void* reallocate(void* block, int size) {
  const int old_size = size_of_block(block);
  if (t_used + size - old_size > t_cap) return nullptr;
  void* raw =
      std::realloc(static_cast<char*>(block) - kHeader, static_cast<std::size_t>(size) + kHeader);
  if (raw == nullptr) return nullptr;
  t_used -= old_size;
  return with_header(raw, size);
}

int round_up(int size) { return (size + 7) & ~7; }
int start_allocator(void*) { return SQLITE_OK; }
void stop_allocator(void*) {}

// SQLite's own mutexes come with its operating-system layer. Standard ones are enough: connections
// are never shared, so only SQLite's few globals are locked.
struct HostMutex {
  std::recursive_mutex mutex;
};

constexpr int kStaticMutexes = 16;

HostMutex& static_mutex(int index) {
  static HostMutex mutexes[kStaticMutexes];
  SQLENV_CHECK(index >= 0 && index < kStaticMutexes);
  return mutexes[index];
}

int start_mutexes() { return SQLITE_OK; }

sqlite3_mutex* make_mutex(int kind) {
  HostMutex* mutex = kind == SQLITE_MUTEX_FAST || kind == SQLITE_MUTEX_RECURSIVE
                         ? new HostMutex
                         : &static_mutex(kind - SQLITE_MUTEX_STATIC_MAIN);
  return reinterpret_cast<sqlite3_mutex*>(mutex);
}

HostMutex* host(sqlite3_mutex* mutex) { return reinterpret_cast<HostMutex*>(mutex); }
void free_mutex(sqlite3_mutex* mutex) { delete host(mutex); }
void enter_mutex(sqlite3_mutex* mutex) { host(mutex)->mutex.lock(); }
int try_mutex(sqlite3_mutex* mutex) {
  return host(mutex)->mutex.try_lock() ? SQLITE_OK : SQLITE_BUSY;
}
void leave_mutex(sqlite3_mutex* mutex) { host(mutex)->mutex.unlock(); }
int assume_held(sqlite3_mutex*) { return 1; }

int refuse_open(sqlite3_vfs*, sqlite3_filename, sqlite3_file* file, int, int*) {
  file->pMethods = nullptr;
  return SQLITE_CANTOPEN;
}
int refuse_delete(sqlite3_vfs*, const char*, int) { return SQLITE_IOERR_DELETE; }
int nothing_exists(sqlite3_vfs*, const char*, int, int* result) {
  *result = 0;
  return SQLITE_OK;
}
int same_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}
int zero_bytes(sqlite3_vfs*, int size, char* out) {
  std::memset(out, 0, static_cast<std::size_t>(size));
  return size;
}
int no_sleep(sqlite3_vfs*, int) { return 0; }
int no_error(sqlite3_vfs*, int, char*) { return 0; }
int no_clock(sqlite3_vfs*, double*) { return SQLITE_ERROR; }
int no_clock_ms(sqlite3_vfs*, sqlite3_int64*) { return SQLITE_ERROR; }

sqlite3_vfs make_vfs() {
  sqlite3_vfs vfs = {};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(sqlite3_file);
  vfs.mxPathname = 512;
  vfs.zName = "none";
  vfs.xOpen = refuse_open;
  vfs.xDelete = refuse_delete;
  vfs.xAccess = nothing_exists;
  vfs.xFullPathname = same_path;
  vfs.xRandomness = zero_bytes;
  vfs.xSleep = no_sleep;
  vfs.xCurrentTime = no_clock;
  vfs.xGetLastError = no_error;
  vfs.xCurrentTimeInt64 = no_clock_ms;
  return vfs;
}

bool configure() {
  static const sqlite3_mem_methods memory = {allocate,       release,  reallocate,
                                             size_of_block,  round_up, start_allocator,
                                             stop_allocator, nullptr};
  static const sqlite3_mutex_methods mutexes = {start_mutexes, start_mutexes, make_mutex,
                                                free_mutex,    enter_mutex,   try_mutex,
                                                leave_mutex,   assume_held,   assume_held};
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &memory) == SQLITE_OK &&
         sqlite3_config(SQLITE_CONFIG_MUTEX, &mutexes) == SQLITE_OK &&
         sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
         sqlite3_initialize() == SQLITE_OK;
}

}  // namespace

void ensure_sqlite() {
  static const bool ready = configure();
  SQLENV_CHECK(ready);
}

MemoryCap::MemoryCap(std::int64_t bytes) { t_cap = t_used + bytes; }
MemoryCap::~MemoryCap() { t_cap = kUncapped; }

std::int64_t sqlite_memory_used() { return t_used; }

}  // namespace sqlenv

// SQLite calls these two by name when it is built without an operating system.
extern "C" int sqlite3_os_init() {
  static sqlite3_vfs vfs = sqlenv::make_vfs();
  return sqlite3_vfs_register(&vfs, 1);
}

extern "C" int sqlite3_os_end() { return SQLITE_OK; }
