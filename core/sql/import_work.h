// ImportWork: bounds what statements of a file's own may do while it is imported or checked.
//
// Counts the operations of SQLite's virtual machine and the work within and before them
// (sql/sqlite_meter.h) over all statements of one connection. They end with SQLITE_INTERRUPT when
// the limit is reached or `stopped` returns true, which is asked several times a second, also
// within a sort. A statement whose planning is not in proportion to its length ends with
// SQLITE_NOMEM. Belongs to the connection's thread, and outlives its statements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

struct sqlite3;

namespace sqlenv {

class ImportWork {
 public:
  // About a minute, and up to some minutes of work within operations. A script of 200 MB takes a
  // tenth of it.
  static constexpr std::int64_t kMaxOperations = 2'000'000'000;

  ImportWork(sqlite3* handle, std::function<bool()> stopped,
             std::int64_t max_operations = kMaxOperations);
  ImportWork(const ImportWork&) = delete;
  ImportWork& operator=(const ImportWork&) = delete;

  // Meters a statement from its preparation to its end. One at a time on a thread, and no other
  // connection runs meanwhile.
  class Statement {
   public:
    Statement(ImportWork& work, std::size_t bytes);  // of its text
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

   private:
    ImportWork& work_;
  };

  // Why statements were ended: by `stopped`, by the limit, or while they were planned.
  bool was_stopped() const { return was_stopped_; }
  bool is_spent() const { return operations_ > max_operations_; }
  bool planned_too_long() const { return planned_too_long_; }

 private:
  bool may_go_on(std::int64_t operations);

  sqlite3* handle_;
  std::function<bool()> stopped_;
  std::int64_t max_operations_;
  std::int64_t operations_ = 0;
  bool was_stopped_ = false;
  bool planned_too_long_ = false;
};

}  // namespace sqlenv
