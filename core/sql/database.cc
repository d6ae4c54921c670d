#include "core/sql/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/sql/memory_connection.h"
#include "core/sql/query_errors.h"
#include "core/sql/sandbox.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sqlite_host.h"
#include "core/sql/sqlite_meter.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

constexpr int kProgressPeriod = 1000;
constexpr int kCellBytes = 8;
constexpr char kPlanTooLong[] =
    "planning the query is too much work, so it was not run. Make it simpler: views and common "
    "tables are copied for each use, so name fewer of them, join fewer tables, list fewer terms.";

constexpr std::int64_t work_of(std::int64_t operations) {
  return operations * SQLENV_WORK_PER_OPERATION;
}

// The meter's count of content stops a statement at the same place everywhere. Allocations differ
// in size between platforms; their cap is far above and holds for memory that the meter does not
// see.
std::int64_t allocation_cap(const QueryLimits& limits) {
  return limits.max_memory + limits.max_memory / 4 + (32 << 20);
}

// Appends the cell to its row and returns the bytes of its text or blob.
std::int64_t read_cell(sqlite3_stmt* statement, int column, std::vector<Value>& row) {
  const auto bytes = [&](const void* data) {
    return std::string_view(static_cast<const char*>(data),
                            static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      row.emplace_back(std::in_place_type<std::int64_t>, sqlite3_column_int64(statement, column));
      return 0;
    case SQLITE_FLOAT:
      row.emplace_back(std::in_place_type<double>, sqlite3_column_double(statement, column));
      return 0;
    case SQLITE_TEXT: {
      const std::string_view text = bytes(sqlite3_column_text(statement, column));
      if (valid_utf8_bytes(text) == text.size())
        row.emplace_back(std::in_place_type<std::string>, text);
      else row.emplace_back(std::in_place_type<std::string>, valid_utf8(text));
      return std::ssize(std::get<std::string>(row.back()));
    }
    case SQLITE_BLOB: {
      const void* data = sqlite3_column_blob(statement, column);
      const std::string_view blob = data == nullptr ? std::string_view() : bytes(data);
      row.emplace_back(Blob{std::string(blob)});
      return std::ssize(blob);
    }
    default: row.emplace_back(); return 0;
  }
}

// Makes SQLite resolve the columns of views, which it does once. Otherwise the first query would
// take more operations than later ones. Views that take long are left to the first query, since
// whoever opens a database waits for this.
void warm(sqlite3* handle, const Schema& schema) {
  std::int64_t budget = kMaxPlanOperations;
  for (const Table& table : schema.tables)
    if (table.is_view && budget > 0)
      prepare_trusted(handle, "SELECT * FROM " + quote_identifier(table.name), &budget);
}

// The tables that the program of `sql` opens, by themselves or by an index.
std::set<std::string> tables_opened(sqlite3* handle, std::string_view sql) {
  std::map<std::string, std::string> table_of_page;
  const StatementPtr pages =
      prepare_trusted(handle, "SELECT rootpage, tbl_name FROM sqlite_schema");
  while (sqlite3_step(pages.get()) == SQLITE_ROW)
    table_of_page[column_text(pages.get(), 0)] = column_text(pages.get(), 1);
  std::set<std::string> tables;
  const StatementPtr program = prepare_trusted(handle, "EXPLAIN " + std::string(sql));
  while (sqlite3_step(program.get()) == SQLITE_ROW) {
    const auto page = table_of_page.find(column_text(program.get(), 3));
    if (column_text(program.get(), 1) == "OpenRead" && page != table_of_page.end())
      tables.insert(page->second);
  }
  return tables;
}

}  // namespace

struct Database::Connection {
  enum class Stop { kNone, kOperations, kDeadline };

  Connection(const DatabaseImage& opened_image, MemoryConnection opened);

  const DatabaseImage image;
  const MemoryConnection memory;
  sqlite3* const handle = memory.get();
  const Run* pending = nullptr;  // the only statement that may go on
  QueryLimits limits;
  std::int64_t reported = 0;    // operations that the progress handler has counted
  std::int64_t operations = 0;  // exact count of the last query
  std::int64_t pause_at = std::numeric_limits<std::int64_t>::max();  // operations
  Stop stop = Stop::kNone;
  bool planning = false;
  bool wrote = false;  // the authorizer denied more than a function
  bool notes_tables = false;
  std::set<std::string> tables;        // read by the statement, as SQLite names them
  const KnownTables* known = nullptr;  // tables whose columns a message may name; null for all

  static int authorize(void* self, int action, const char* first, const char* second, const char*,
                       const char*) {
    return static_cast<Connection*>(self)->allow(action, first, second) ? SQLITE_OK : SQLITE_DENY;
  }

  static int progress(void* self) { return static_cast<Connection*>(self)->must_stop() ? 1 : 0; }

  bool allow(int action, const char* first, const char* second) {
    switch (action) {
      case SQLITE_SELECT:
      case SQLITE_RECURSIVE: return true;
      case SQLITE_READ:
        if (notes_tables && first != nullptr) tables.insert(first);
        return true;
      case SQLITE_FUNCTION: return may_call(second == nullptr ? "" : second);
      default: wrote = true; return false;
    }
  }

  std::int64_t max_planning() const { return std::min(limits.max_operations, kMaxPlanOperations); }

  bool must_stop() {
    reported += kProgressPeriod;
    const std::int64_t left =
        work_of((planning ? max_planning() : limits.max_operations) - reported);
    sqlenv_meter_limit(left);
    if (sqlenv_meter_work() > left || left < 0) stop = Stop::kOperations;
    else if (limits.deadline_passed && limits.deadline_passed()) stop = Stop::kDeadline;
    const bool pauses = stop == Stop::kNone &&
                        reported + sqlenv_meter_work() / SQLENV_WORK_PER_OPERATION >= pause_at;
    sqlenv_meter_pause(pauses ? 1 : 0);
    return pauses || stop != Stop::kNone;
  }

  // Prepares for another statement.
  void start(const QueryLimits& new_limits, const KnownTables* new_known) {
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, new_limits.max_value);
    pending = nullptr;
    limits = new_limits;
    known = new_known;
    pause_at = std::numeric_limits<std::int64_t>::max();
    reported = 0;
    operations = 0;
    stop = Stop::kNone;
    wrote = false;
    tables.clear();
  }

  Result<Run> begin(std::string_view sql, const QueryLimits& limits, const KnownTables* known);
  std::optional<Result<ResultTable>> go_on(Run& run, std::int64_t more);
  Error describe(int rc, std::string_view refused = {}) const;
  Result<StatementPtr> prepare_metered(std::string_view sql);
  Result<StatementPtr> prepare(std::string_view sql) const;
  std::optional<Result<ResultTable>> run_metered(Run& run);
  std::optional<Result<ResultTable>> run_to_pause(Run& run) const;
};

struct Database::Run {
  Run(StatementPtr prepared, std::int64_t used);

  std::shared_ptr<Connection> connection;  // set for a PendingQuery, which may outlive its Database
  StatementPtr statement;
  int width;
  std::int64_t planned;     // operations that preparing it took
  std::int64_t operations;  // used so far
  ResultTable table;
  std::int64_t bytes = 0;
  bool begun = false;
  SqlenvMeterRun meter = {};
};

Database::Run::Run(StatementPtr prepared, std::int64_t used)
    : statement(std::move(prepared)),
      width(sqlite3_column_count(statement.get())),
      planned(used),
      operations(used) {
  for (int i = 0; i < width; ++i)
    table.columns.push_back(valid_utf8(sqlite3_column_name(statement.get(), i)));
  table.reads_table = sqlenv_reads_table(statement.get()) != 0;
}

// `refused` is a statement that could not be prepared; empty for one that ran.
Error Database::Connection::describe(int rc, std::string_view refused) const {
  const std::string_view message = sqlite3_errmsg(handle);
  const int primary = rc & 0xff;
  if (sqlenv_meter_stopped() == SQLENV_METER_NO_MEMORY)
    return too_large("the query needs too much memory");
  if (stop == Stop::kDeadline)
    return {ErrorCode::kTimeout, "the query took too long and was stopped. Make it cheaper."};
  if (sqlenv_meter_stopped() == SQLENV_METER_NO_PLAN || (planning && stop == Stop::kOperations))
    return {ErrorCode::kOperationBudget, kPlanTooLong};
  if (stop == Stop::kOperations || sqlenv_meter_stopped() == SQLENV_METER_NO_WORK)
    return {ErrorCode::kOperationBudget,
            "the query was stopped after " + std::to_string(limits.max_operations) +
                " operations. Make it cheaper: filter earlier, join on keys, bound the recursion."};
  if (primary == SQLITE_NOMEM) return too_large("the query needs too much memory");
  if (primary == SQLITE_TOOBIG) return too_large("the query or one of its values is too long");
  const bool modifies = message.find(" may not be modified") != std::string_view::npos ||
                        !rest_after(message, "cannot modify ").empty();
  if (modifies || primary == SQLITE_READONLY || (primary == SQLITE_AUTH && wrote))
    return not_read_only();
  if (!refused.empty())
    if (std::optional<Error> found = error_of_file(image.schema(), refused, message))
      return *std::move(found);
  if (auto name = rest_after(message, "not authorized to use function: "); !name.empty())
    return {ErrorCode::kSyntax, "the function " + std::string(name) + "() is not available here."};
  if (auto name = rest_after(message, "no such table: "); !name.empty())
    return no_such_table(image.schema(), name);
  if (auto name = rest_after(message, "no such column: "); !name.empty())
    return no_such_column(image.schema(), known, name);
  return {refused.empty() ? ErrorCode::kExecution : ErrorCode::kSyntax, valid_utf8(message)};
}

Result<StatementPtr> Database::Connection::prepare_metered(std::string_view sql) {
  planning = true;
  sqlenv_meter_plan(handle, work_of(max_planning()));
  Result<StatementPtr> statement = prepare(sql);
  planning = false;
  // How far SQLite goes on after a stop depends on the size of pointers.
  operations = sqlenv_meter_stopped() == SQLENV_METER_NO_PLAN || stop == Stop::kOperations
                   ? max_planning()
                   : reported + sqlenv_meter_work() / SQLENV_WORK_PER_OPERATION;
  sqlenv_meter_end();
  return statement;
}

Result<StatementPtr> Database::Connection::prepare(std::string_view sql) const {
  if (sql.size() > kMaxSqlBytes)
    return fail(ErrorCode::kTooLarge, "the query is longer than 100,000 bytes.");
  if (sql.find('\0') != std::string_view::npos)
    return fail(ErrorCode::kSyntax, "the query holds a zero byte.");
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int rc = sqlite3_prepare_v2(handle, sql.data(), static_cast<int>(sql.size()), &raw, &tail);
  StatementPtr statement(raw);
  if (rc != SQLITE_OK) return fail(describe(rc, sql));
  if (statement == nullptr) return fail(ErrorCode::kSyntax, "there is no statement to run.");
  if (sqlite3_stmt_readonly(raw) == 0 || sqlite3_stmt_isexplain(raw) != 0 ||
      sqlite3_column_count(raw) == 0)
    return fail(not_read_only());
  if (!only_blank(sql.substr(static_cast<std::size_t>(tail - sql.data())), handle))
    return fail(ErrorCode::kMultipleStatements,
                "only one statement is allowed at a time. Nothing was run.");
  return statement;
}

std::optional<Result<ResultTable>> Database::Connection::run_metered(Run& run) {
  if (std::exchange(run.begun, true)) {
    sqlenv_meter_go_on(handle, &run.meter);
  } else {
    reported = run.planned;
    sqlenv_meter_run(handle, work_of(limits.max_operations - run.planned), limits.max_memory);
  }
  std::optional<Result<ResultTable>> table = run_to_pause(run);
  operations = run.planned +
               sqlite3_stmt_status(run.statement.get(), SQLITE_STMTSTATUS_VM_STEP, 0) +
               sqlenv_meter_work() / SQLENV_WORK_PER_OPERATION;
  sqlenv_meter_lay_aside(&run.meter);
  return table;
}

// None at a pause.
std::optional<Result<ResultTable>> Database::Connection::run_to_pause(Run& run) const {
  sqlite3_stmt* statement = run.statement.get();
  ResultTable& table = run.table;
  int rc = SQLITE_OK;
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    if (sqlite3_data_count(statement) == 0) return std::nullopt;
    if (std::ssize(table.rows) >= limits.max_rows)
      return fail(
          too_large("the result has more than " + std::to_string(limits.max_rows) + " rows"));
    std::vector<Value>& row = table.rows.emplace_back();
    row.reserve(static_cast<std::size_t>(run.width));
    for (int i = 0; i < run.width; ++i) run.bytes += kCellBytes + read_cell(statement, i, row);
    if (run.bytes > limits.max_bytes)
      return fail(
          too_large("the result has more than " + std::to_string(limits.max_bytes) + " bytes"));
  }
  if (rc == SQLITE_DONE && sqlenv_meter_stopped() != SQLENV_METER_GOES_ON) rc = SQLITE_INTERRUPT;
  if (rc != SQLITE_DONE) return fail(describe(rc));
  return std::move(table);
}

Database::Connection::Connection(const DatabaseImage& opened_image, MemoryConnection opened)
    : image(opened_image), memory(std::move(opened)) {
  // The limits hold for agents' statements, not for the texts of tables and views.
  prepare_trusted(handle, "SELECT 1 FROM sqlite_schema");
  harden(handle);
  warm(handle, image.schema());
  sqlite3_set_authorizer(handle, Connection::authorize, this);
  sqlite3_progress_handler(handle, kProgressPeriod, Connection::progress, this);
}

Result<Database::Run> Database::Connection::begin(std::string_view sql,
                                                  const QueryLimits& new_limits,
                                                  const KnownTables* new_known) {
  start(new_limits, new_known);
  const MemoryCap cap(allocation_cap(limits));
  Result<StatementPtr> statement = prepare_metered(sql);
  if (!statement) return fail(statement.error());
  return Run(std::move(*statement), operations);
}

std::optional<Result<ResultTable>> Database::Connection::go_on(Run& run, std::int64_t more) {
  const MemoryCap cap(allocation_cap(limits));
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  pause_at = more < most - run.operations ? run.operations + more : most;
  std::optional<Result<ResultTable>> result = run_metered(run);
  run.operations = operations;
  return result;
}

Database::Database(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

Result<Database> Database::open(const DatabaseImage& image) {
  MemoryConnection opened = open_memory_image(image.bytes());
  if (opened == nullptr) return fail(ErrorCode::kInternal, "the database could not be opened.");
  return Database(std::make_shared<Connection>(image, std::move(opened)));
}

const Schema& Database::schema() const { return connection_->image.schema(); }

Result<ResultTable> Database::query(std::string_view sql, const QueryLimits& limits,
                                    const std::vector<const Table*>* known) {
  Result<Run> run = connection_->begin(sql, limits, known);
  if (!run) return fail(run.error());
  return *connection_->go_on(*run, std::numeric_limits<std::int64_t>::max());
}

Result<PendingQuery> Database::begin(std::string_view sql, const QueryLimits& limits,
                                     const std::vector<const Table*>* known) {
  Result<Run> begun = connection_->begin(sql, limits, known);
  if (!begun) return fail(begun.error());
  auto run = std::make_unique<Run>(std::move(*begun));
  run->connection = connection_;
  connection_->pending = run.get();
  return PendingQuery(std::move(run));
}

void Database::scan_backwards(bool backwards) {
  sqlite3_db_config(connection_->handle, SQLITE_DBCONFIG_REVERSE_SCANORDER, backwards ? 1 : 0,
                    nullptr);
}

void Database::define_collation(const char* name,
                                int (*compare)(std::string_view, std::string_view)) {
  const auto call = [](void* function, int size, const void* a, int other_size, const void* b) {
    const auto text = [](const void* data, int bytes) {
      return std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(bytes));
    };
    return reinterpret_cast<decltype(compare)>(function)(text(a, size), text(b, other_size));
  };
  sqlite3_create_collation(connection_->handle, name, SQLITE_UTF8, reinterpret_cast<void*>(compare),
                           call);
}

std::int64_t Database::last_operations() const { return connection_->operations; }

Result<std::vector<std::string>> Database::tables_read(std::string_view sql) {
  const QueryLimits limits;
  connection_->start(limits, nullptr);
  const MemoryCap cap(allocation_cap(limits));
  connection_->notes_tables = true;
  const Result<StatementPtr> statement = connection_->prepare_metered(sql);
  connection_->notes_tables = false;
  if (!statement) return fail(statement.error());
  std::set<std::string> read = connection_->tables;
  // The authorizer does not see columns that only a USING clause names.
  read.merge(tables_opened(connection_->handle, sql));
  std::set<std::string> names;
  for (const std::string& name : read)
    if (const Table* table = schema().find(name)) names.insert(table->name);
  return std::vector<std::string>(names.begin(), names.end());
}

std::vector<std::string> Database::plan(const std::string& sql) {
  connection_->start({}, nullptr);
  std::vector<std::string> lines;
  std::map<int, std::size_t> depths;
  const StatementPtr steps = prepare_trusted(connection_->handle, "EXPLAIN QUERY PLAN " + sql);
  while (steps != nullptr && sqlite3_step(steps.get()) == SQLITE_ROW) {
    const auto parent = depths.find(sqlite3_column_int(steps.get(), 1));
    const std::size_t depth = parent == depths.end() ? 0 : parent->second + 1;
    depths[sqlite3_column_int(steps.get(), 0)] = depth;
    lines.push_back(std::string(2 * depth, ' ') + column_text(steps.get(), 3));
  }
  return lines;
}

PendingQuery::PendingQuery(std::unique_ptr<Database::Run> run) : run_(std::move(run)) {}
PendingQuery::PendingQuery(PendingQuery&&) noexcept = default;
PendingQuery& PendingQuery::operator=(PendingQuery&&) noexcept = default;
PendingQuery::~PendingQuery() = default;

std::optional<Result<ResultTable>> PendingQuery::go_on(std::int64_t operations) {
  Database::Connection& connection = *run_->connection;
  SQLENV_CHECK(connection.pending == run_.get());
  std::optional<Result<ResultTable>> result = connection.go_on(*run_, operations);
  if (!result) return std::nullopt;
  connection.pending = nullptr;
  run_->statement.reset();
  return result;
}

std::int64_t PendingQuery::operations() const { return run_->operations; }

}  // namespace sqlenv
