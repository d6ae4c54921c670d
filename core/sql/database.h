// Database: a sandboxed connection to a database in memory.
//
// It reads a DatabaseImage in place, without copying it, keeps it alive, and belongs to one thread
// at a time.
//
// The sandbox. query() runs exactly one SELECT, WITH … SELECT or VALUES. An authorizer allows only
// reading; functions that could reach outside, or whose result would differ between runs or builds,
// are denied by name; SQLite itself is built without a file system (sql/sqlite_host.h). Work is
// bounded in operations, rows, bytes and memory. A statement that is refused or stopped leaves the
// connection ready for the next one.
//
// Operations are those of SQLite's virtual machine and the work that happens within one of them or
// before the first: bytes copied, compared, searched, parsed and formatted, fields and comparisons
// of sorting, steps over a statement's tree while it is planned (sql/sqlite_meter.h). They are
// counted alike on every platform, whatever ran before. A function whose work would exceed the
// budget is not begun; a sort cannot be interrupted, but the memory that it may hold is limited.
// Planning has a smaller budget of its own (kMaxPlanOperations, sql/sandbox.h), because it cannot
// pause. Texts and blobs have at most 250,000 bytes, statements 100,000, expressions and subqueries
// 200 levels.
//
// The slowest of some 500 hostile statements took 4.1 s with the usual limits (a busy x86 server,
// one core), half of them less than 0.4 s; planning took at most 60 ms.
// tests/core/sql/sandbox_attacks.h holds the best ones.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database_image.h"
#include "core/sql/schema.h"
#include "core/sql/value.h"

namespace sqlenv {

class PendingQuery;

// The most bytes of one text or blob that a query may read or make.
inline constexpr int kMaxQueryValueBytes = 250'000;

struct QueryLimits {
  std::int64_t max_operations = 20'000'000;  // to within 1,000
  std::int64_t max_rows = 100'000;
  std::int64_t max_bytes = 16 << 20;    // of the result: text and blobs, and 8 for each cell
  std::int64_t max_memory = 128 << 20;  // of content in sorters and temporary tables
  int max_value = kMaxQueryValueBytes;  // of one text or blob, also within the statement

  // Called every 1,000 operations; true stops the query with TIMEOUT. For faces that have a clock.
  std::function<bool()> deadline_passed;
};

class Database {
 public:
  static Result<Database> open(const DatabaseImage& image);

  // Runs one read-only statement to its end. A single trailing semicolon and comments are allowed.
  // A message about an unknown column suggests a column of the tables in `known`, or of any table
  // if that is null.
  Result<ResultTable> query(std::string_view sql, const QueryLimits& limits = {},
                            const std::vector<const Table*>* known = nullptr);

  // Begins one statement that runs in pieces, for a face that must not wait. Its results and stops
  // are those of query(), whatever runs on other connections between the pieces. query(), begin(),
  // tables_read() and plan() on this connection abandon it. `known` must outlive it.
  Result<PendingQuery> begin(std::string_view sql, const QueryLimits& limits = {},
                             const std::vector<const Table*>* known = nullptr);

  // The operations of the last query(), also if it failed, or of the last statement in pieces so
  // far.
  std::int64_t last_operations() const;

  // The tables and views that `sql` reads, in the spelling of the schema, sorted.
  Result<std::vector<std::string>> tables_read(std::string_view sql);

  // SQLite's plan for a trusted statement: a line for each step, indented below the step that it is
  // part of. Empty if the statement does not compile.
  std::vector<std::string> plan(const std::string& sql);

  // Whether later queries scan tables and indexes from their end where no order is asked for. False
  // at first.
  void scan_backwards(bool backwards);

  // Lets later queries compare texts of columns that are declared with the collation `name`.
  void define_collation(const char* name, int (*compare)(std::string_view, std::string_view));

  const Schema& schema() const;

 private:
  friend class PendingQuery;
  struct Connection;  // shared by a Database and its PendingQuery
  struct Run;         // a statement that was prepared

  explicit Database(std::shared_ptr<Connection> connection);

  std::shared_ptr<Connection> connection_;
};

// A statement that runs in pieces. Destroying it abandons it; it may outlive its Database.
class PendingQuery {
 public:
  PendingQuery(PendingQuery&&) noexcept;
  PendingQuery& operator=(PendingQuery&&) noexcept;
  ~PendingQuery();

  // Runs about `operations` more, to within one operation's work. None while there is more to do.
  // REQUIRES: it has not ended, and its connection has run nothing else since begin().
  std::optional<Result<ResultTable>> go_on(std::int64_t operations);

  // The part of QueryLimits::max_operations that is used so far.
  std::int64_t operations() const;

 private:
  friend class Database;
  explicit PendingQuery(std::unique_ptr<Database::Run> run);

  std::unique_ptr<Database::Run> run_;
};

}  // namespace sqlenv
