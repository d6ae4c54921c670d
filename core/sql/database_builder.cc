#include "core/sql/database_builder.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/base/unicode.h"
#include "core/sql/memory_connection.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sqlite_host.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

constexpr std::int64_t kMaxMemory = std::int64_t{3} << 30;
constexpr int kMaxValueBytes = 100'000'000;

constexpr std::array<int, 17> kAllowed = {
    SQLITE_SELECT,       SQLITE_READ,         SQLITE_FUNCTION,    SQLITE_RECURSIVE,
    SQLITE_INSERT,       SQLITE_UPDATE,       SQLITE_DELETE,      SQLITE_TRANSACTION,
    SQLITE_CREATE_TABLE, SQLITE_CREATE_INDEX, SQLITE_CREATE_VIEW, SQLITE_DROP_TABLE,
    SQLITE_DROP_INDEX,   SQLITE_DROP_VIEW,    SQLITE_REINDEX,     SQLITE_ALTER_TABLE,
    SQLITE_SAVEPOINT};

// Functions whose result differs between two imports, or is made to look equal by our host.
constexpr std::array<std::string_view, 4> kUnstableFunctions = {"random", "randomblob",
                                                                "load_extension", "fts3_tokenizer"};

int authorize(void*, int action, const char*, const char* second, const char*, const char*) {
  const auto contains = [](const auto& list, const auto& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  if (!contains(kAllowed, action)) return SQLITE_DENY;
  const bool denied = action == SQLITE_FUNCTION && second != nullptr &&
                      contains(kUnstableFunctions, to_lower(second));
  return denied ? SQLITE_DENY : SQLITE_OK;
}

// The code point of the escape behind a backslash, whose length goes to `length`: XXXX, +XXXXXX,
// uXXXX or UXXXXXXXX. None for anything else.
std::optional<std::uint32_t> read_escape(std::string_view rest, std::size_t& length) {
  constexpr std::string_view kMarks = "+uU";
  constexpr std::array<std::size_t, 4> kDigits = {6, 4, 8, 4};
  const std::size_t mark = rest.empty() ? kMarks.npos : kMarks.find(rest.front());
  const std::size_t begin = mark == kMarks.npos ? 0 : 1;
  length = begin + kDigits[std::min<std::size_t>(mark, 3)];
  std::uint32_t code = 0;
  for (std::size_t i = begin; i < length; ++i) {
    const std::optional<unsigned> digit = i < rest.size() ? hex_digit(rest[i]) : std::nullopt;
    if (!digit) return std::nullopt;
    code = code << 4 | *digit;
  }
  return code;
}

// unistr(X) of SQLite 3.50, with which newer shells dump texts that hold control characters.
void unistr(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (bytes == nullptr) return;
  const std::string_view rest(bytes, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0])));
  std::string text;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    std::size_t length = 1;
    if (rest[i] != '\\' || rest.substr(i + 1).starts_with('\\')) {
      text += rest[i];
      i += rest[i] == '\\' ? 1 : 0;
    } else if (const auto code = read_escape(rest.substr(i + 1), length)) {
      append_utf8(text, *code);
      i += length;
    } else {
      return sqlite3_result_error(context, "invalid Unicode escape", -1);
    }
  }
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int bind(sqlite3_stmt* statement, int at, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return sqlite3_bind_int64(statement, at, *number);
  if (const auto* real = std::get_if<double>(&value))
    return sqlite3_bind_double(statement, at, *real);
  if (const auto* text = std::get_if<std::string>(&value))
    return sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()),
                             SQLITE_STATIC);
  if (const auto* blob = std::get_if<Blob>(&value))
    return sqlite3_bind_blob(statement, at, blob->bytes.data(),
                             static_cast<int>(blob->bytes.size()), SQLITE_STATIC);
  return sqlite3_bind_null(statement, at);
}

}  // namespace

struct DatabaseBuilder::State {
  State(std::function<bool()> stopped, std::int64_t max_operations)
      : work(connection.get(), std::move(stopped), max_operations) {}
  ~State() { sqlite3_finalize(insert); }

  MemoryConnection connection = open_empty_memory();
  ImportWork work;
  sqlite3_stmt* insert = nullptr;
  int width = 0;

  tl::unexpected<Error> failure(int rc) const {
    const std::string message = valid_utf8(sqlite3_errmsg(connection.get()));
    switch (rc & 0xff) {
      case SQLITE_INTERRUPT:
        return work.was_stopped()
                   ? fail(ErrorCode::kTimeout, "the work was stopped.")
                   : fail(ErrorCode::kOperationBudget, "the statements take too many operations.");
      case SQLITE_NOMEM:
        if (work.was_stopped()) return fail(ErrorCode::kTimeout, "the work was stopped.");
        if (work.planned_too_long())
          return fail(ErrorCode::kOperationBudget,
                      "planning a statement is too much work: views are copied for each use.");
        [[fallthrough]];
      case SQLITE_FULL: return fail(ErrorCode::kTooLarge, "the database grows too large.");
      case SQLITE_TOOBIG: return fail(ErrorCode::kTooLarge, "a value is too long.");
      case SQLITE_AUTH: return fail(ErrorCode::kNotReadOnly, "this kind of statement is not run.");
      default: return fail(ErrorCode::kSyntax, message);
    }
  }

  int run(std::string_view sql, StatementPtr& statement) {
    const ImportWork::Statement metered(work, sql.size());
    sqlite3_stmt* raw = nullptr;
    int rc = sqlite3_prepare_v2(connection.get(), sql.data(), static_cast<int>(sql.size()), &raw,
                                nullptr);
    statement.reset(raw);
    if (raw == nullptr && rc == SQLITE_OK) return SQLITE_DONE;
    // SQLite would take NULL for the value of @x, :x or $x.
    if (rc == SQLITE_OK && sqlite3_bind_parameter_count(raw) > 0) return SQLITE_RANGE;
    while (rc == SQLITE_OK || rc == SQLITE_ROW) rc = sqlite3_step(raw);
    return rc;
  }

  Result<void> execute(std::string_view sql) {
    StatementPtr statement;
    const int rc = run(sql, statement);
    if (rc == SQLITE_RANGE) {
      const char* name = sqlite3_bind_parameter_name(statement.get(), 1);
      const std::string shown = name == nullptr ? "?" : valid_utf8(name);
      return fail(ErrorCode::kSyntax, "the value of " + shown + " is not known.");
    }
    if (rc != SQLITE_DONE) return failure(rc);
    return {};
  }
};

DatabaseBuilder::DatabaseBuilder(std::function<bool()> stopped, std::int64_t max_operations)
    : state_(std::make_unique<State>(std::move(stopped), max_operations)) {
  SQLENV_CHECK(state_->connection != nullptr);
  sqlite3* handle = state_->connection.get();
  // The journal undoes a statement that fails half-way; all together are one transaction.
  sqlite3_exec(handle, "PRAGMA journal_mode = MEMORY; BEGIN", nullptr, nullptr, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_create_function(handle, "unistr", 1,
                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr, unistr,
                          nullptr, nullptr);
}

DatabaseBuilder::DatabaseBuilder(DatabaseBuilder&&) noexcept = default;
DatabaseBuilder::~DatabaseBuilder() = default;

Result<void> DatabaseBuilder::create_table(const std::string& table,
                                           const std::vector<ColumnSpec>& columns) {
  std::string sql = "CREATE TABLE " + quote_identifier(table) + " (";
  for (std::size_t i = 0; i < columns.size(); ++i)
    sql += (i == 0 ? "" : ", ") + quote_identifier(columns[i].name) + " " + columns[i].type;
  if (auto made = state_->execute(sql + ")"); !made) return made;
  return begin_rows(table, {}, columns.size());
}

Result<void> DatabaseBuilder::begin_rows(const std::string& table,
                                         const std::vector<std::string>& columns,
                                         std::size_t width) {
  std::string names;
  for (const std::string& column : columns)
    names += (names.empty() ? " (" : ", ") + quote_identifier(column);
  if (!columns.empty()) names += ")", width = columns.size();
  std::string insert = "INSERT INTO " + quote_identifier(table) + names + " VALUES (";
  for (std::size_t i = 0; i < width; ++i) insert += i == 0 ? "?" : ",?";
  insert += ")";
  sqlite3_finalize(std::exchange(state_->insert, nullptr));
  state_->width = static_cast<int>(width);
  const int rc =
      sqlite3_prepare_v2(state_->connection.get(), insert.c_str(), -1, &state_->insert, nullptr);
  if (rc != SQLITE_OK) return state_->failure(rc);
  return {};
}

Result<void> DatabaseBuilder::add_row(const std::vector<Value>& values) {
  SQLENV_CHECK(state_->insert != nullptr && std::ssize(values) == state_->width);
  const MemoryCap cap(kMaxMemory);
  for (int i = 0; i < state_->width; ++i)
    if (const int rc = bind(state_->insert, i + 1, values[static_cast<std::size_t>(i)]);
        rc != SQLITE_OK)
      return state_->failure(rc);
  const int rc = sqlite3_step(state_->insert);
  Result<void> done;
  if (rc != SQLITE_DONE) done = state_->failure(rc);
  sqlite3_reset(state_->insert);
  return done;
}

Result<void> DatabaseBuilder::run(std::string_view statement) {
  const MemoryCap cap(kMaxMemory);
  sqlite3_set_authorizer(state_->connection.get(), authorize, nullptr);
  Result<void> done = state_->execute(statement);
  sqlite3_set_authorizer(state_->connection.get(), nullptr, nullptr);
  return done;
}

Result<DatabaseImage> DatabaseBuilder::finish() {
  sqlite3_finalize(std::exchange(state_->insert, nullptr));
  if (auto done = state_->execute("COMMIT"); !done) return fail(done.error());
  sqlite3_int64 size = 0;
  const unsigned char* data =
      sqlite3_serialize(state_->connection.get(), "main", &size, SQLITE_SERIALIZE_NOCOPY);
  if (data == nullptr || size == 0) return fail(ErrorCode::kNotADatabase, "no table was made.");
  std::string bytes(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  state_->connection.reset();
  return DatabaseImage::from_file_bytes(std::move(bytes));
}

}  // namespace sqlenv
