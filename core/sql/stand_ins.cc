#include "core/sql/stand_ins.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "core/base/text.h"
#include "core/sql/import_work.h"
#include "core/sql/memory_connection.h"
#include "core/sql/query_errors.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostNames = 20;

int compare_bytes(void*, int a_size, const void* a, int b_size, const void* b) {
  const int order = std::memcmp(a, b, static_cast<std::size_t>(std::min(a_size, b_size)));
  return order != 0 ? order : a_size - b_size;
}

void add_collation(void*, sqlite3* handle, int encoding, const char* name) {
  sqlite3_create_collation(handle, name, encoding, nullptr, compare_bytes);
}

void give_null(sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_null(context); }

bool is_known(std::string_view collation) {
  return equal_ignoring_case(collation, "BINARY") || equal_ignoring_case(collation, "NOCASE") ||
         equal_ignoring_case(collation, "RTRIM");
}

// Calls visit(token) for the name of each unknown collation in a CREATE statement.
template <class Visit>
void for_each_unknown(std::string_view sql, const Visit& visit) {
  bool is_next = false;
  for (const SqlToken& token : sql_tokens(sql)) {
    if (is_next && !is_known(unquoted(token.in(sql)))) visit(token);
    is_next = token.kind == TokenKind::kKeyword && equal_ignoring_case(token.in(sql), "COLLATE");
  }
}

std::string with_binary(const std::string& sql) {
  std::string out;
  std::size_t copied = 0;
  for_each_unknown(sql, [&](const SqlToken& token) {
    out.append(sql, copied, token.begin - copied).append("BINARY");
    copied = token.end;
  });
  return out.append(sql, copied);
}

// A row of sqlite_schema.
struct Entry {
  std::string rowid;
  std::string type;
  std::string name;
  std::string sql;
};

// The entries for which `where` holds.
std::vector<Entry> entries(sqlite3* handle, const std::string& where) {
  std::vector<Entry> found;
  const StatementPtr rows =
      prepare_trusted(handle, "SELECT rowid, type, name, sql FROM sqlite_schema WHERE " + where);
  while (sqlite3_step(rows.get()) == SQLITE_ROW)
    found.push_back({column_text(rows.get(), 0), column_text(rows.get(), 1),
                     column_text(rows.get(), 2), column_text(rows.get(), 3)});
  return found;
}

std::vector<Entry> entries_with_collations(sqlite3* handle) {
  return entries(handle, "sql LIKE '%collate%' AND sql NOT LIKE 'create virtual%'");
}

// Rewrites a database in memory. Once a step has failed, the others do nothing.
class Rebuilding {
 public:
  Rebuilding(MemoryConnection memory, const std::function<bool()>& stopped)
      : memory_(std::move(memory)), handle_(memory_.get()), work_(handle_, stopped) {
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  }

  Result<Rebuilt> run(const std::vector<std::string>& tables) {
    execute(
        "PRAGMA journal_mode = OFF; PRAGMA ignore_check_constraints = ON; "
        "PRAGMA writable_schema = ON; BEGIN");
    std::vector<Entry> changed = entries_with_collations(handle_);
    std::erase_if(changed, [](const Entry& entry) { return with_binary(entry.sql) == entry.sql; });
    for (const Entry& entry : changed) {
      if (entry.type == "table") release_indexes(entry);
      execute("UPDATE sqlite_schema SET sql = " + quote_text(with_binary(entry.sql)) +
              " WHERE rowid = " + entry.rowid);
    }
    execute("COMMIT; PRAGMA writable_schema = RESET; BEGIN");
    for (const std::string& index : released_) execute("DROP INDEX " + index);
    for (const Entry& entry : changed)
      if (entry.type == "table") rebuild_table(entry.name);
    for (const std::string& table : tables) rebuild_table(table);
    for (const Entry& entry : changed)
      if (entry.type == "index") rebuild_index(entry);
    execute("COMMIT");
    return finish();
  }

 private:
  void execute(const std::string& sql) {
    const ImportWork::Statement metered(work_, sql.size());
    if (error_.empty() &&
        sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      error_ = refusal_reason(sqlite3_errmsg(handle_));
  }

  // The columns of a table that hold something, as a list.
  std::string columns_of(const std::string& table) {
    std::string columns;
    const StatementPtr names = prepare_trusted(
        handle_, "SELECT name FROM pragma_table_xinfo(" + quote_text(table) + ") WHERE hidden = 0");
    while (sqlite3_step(names.get()) == SQLITE_ROW)
      columns += (columns.empty() ? "" : ", ") + quote_identifier(column_text(names.get(), 0));
    return columns;
  }

  // Constraints that differ by their collations alone become equal, and SQLite keeps one index for
  // them. The other one becomes an index that can be dropped.
  void release_indexes(const Entry& table) {
    std::vector<Entry> indexes =
        entries(handle_, "type = 'index' AND sql IS NULL AND tbl_name = " + quote_text(table.name) +
                             " COLLATE NOCASE");
    if (indexes.size() < 2) return;
    const std::set<std::string> kept = indexes_made_by(with_binary(table.sql));
    for (const Entry& index : indexes) {
      if (kept.contains(index.name)) continue;
      released_.push_back("sqlenv_released_" + std::to_string(released_.size()));
      execute("UPDATE sqlite_schema SET name = '" + released_.back() + "', sql = " +
              quote_text("CREATE INDEX " + released_.back() + " ON " +
                         quote_identifier(table.name) + "(" + columns_of(table.name) + ")") +
              " WHERE rowid = " + index.rowid);
    }
  }

  // The names of the indexes that come with a table.
  std::set<std::string> indexes_made_by(const std::string& create_table) {
    const MemoryConnection scratch = open_memory();
    std::string error;
    do {
      const int rc = sqlite3_exec(scratch.get(), create_table.c_str(), nullptr, nullptr, nullptr);
      const bool repeats = rc == SQLITE_OK || error == sqlite3_errmsg(scratch.get());
      error = rc == SQLITE_OK ? "" : sqlite3_errmsg(scratch.get());
      if (repeats) break;
    } while (!call_nothing_instead(scratch.get(), error).empty());
    if (!error.empty() && error_.empty()) error_ = error;
    std::set<std::string> names;
    for (const Entry& index : entries(scratch.get(), "type = 'index'")) names.insert(index.name);
    return names;
  }

  // An index that calls an unknown function does not compile. Without it no result changes.
  void rebuild_index(const Entry& index) {
    const std::string name = quote_identifier(index.name);
    const std::string sql = "REINDEX " + name;
    if (!error_.empty() || !done_.insert(index.name).second) return;
    if (index.sql.empty() || prepare_trusted(handle_, sql) != nullptr) {
      execute(sql);
      ++result_.indexes;
    } else {
      execute("DROP INDEX " + name);
      result_.dropped.push_back(index.name);
    }
  }

  void rebuild_table(const std::string& table) {
    if (!tables_.insert(table).second) return;
    const std::string text = quote_text(table);
    for (const Entry& index :
         entries(handle_, "type = 'index' AND tbl_name = " + text + " COLLATE NOCASE"))
      rebuild_index(index);
    if (is_without_rowid(text)) refill(table);
  }

  bool is_without_rowid(const std::string& table) {
    const StatementPtr found = prepare_trusted(
        handle_, "SELECT 1 FROM pragma_table_list(" + table + ") WHERE schema = 'main' AND wr");
    return sqlite3_step(found.get()) == SQLITE_ROW;
  }

  // The rows of a table WITHOUT ROWID lie in the order of its key.
  void refill(const std::string& table) {
    const std::string columns = columns_of(table);
    const std::string name = "main." + quote_identifier(table);
    execute("CREATE TEMP TABLE sqlenv_rows AS SELECT " + columns + " FROM " + name +
            "; DELETE FROM " + name + "; INSERT INTO " + name + " (" + columns +
            ") SELECT * FROM temp.sqlenv_rows; DROP TABLE temp.sqlenv_rows");
  }

  Result<Rebuilt> finish() {
    if (work_.was_stopped()) return fail(ErrorCode::kTimeout, "checking the file was stopped.");
    if (!error_.empty())
      return fail(ErrorCode::kMissingExtension, "it cannot be rebuilt: " + error_ + ".");
    sqlite3_int64 size = 0;
    const unsigned char* data = sqlite3_serialize(handle_, "main", &size, SQLITE_SERIALIZE_NOCOPY);
    if (data == nullptr) return fail(ErrorCode::kTooLarge, "there is no memory to rebuild it.");
    result_.bytes.assign(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    return std::move(result_);
  }

  MemoryConnection memory_;
  sqlite3* handle_;
  ImportWork work_;
  std::string error_;
  std::set<std::string> tables_;       // that were rebuilt
  std::set<std::string> done_;         // indexes
  std::vector<std::string> released_;  // indexes
  Rebuilt result_;
};

}  // namespace

void compare_bytes_instead(sqlite3* handle) {
  sqlite3_collation_needed(handle, nullptr, add_collation);
}

std::string call_nothing_instead(sqlite3* handle, std::string_view message) {
  const auto part = missing_part(message);
  if (!part || part->kind != "function") return "";
  std::string name(part->name);
  sqlite3_create_function(handle, name.c_str(), -1,
                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr, give_null,
                          nullptr, nullptr);
  return name;
}

std::vector<std::string> unknown_collations(sqlite3* handle) {
  std::vector<std::string> names;
  for (const Entry& entry : entries_with_collations(handle))
    for_each_unknown(entry.sql, [&](const SqlToken& token) {
      std::string name = unquoted(token.in(entry.sql));
      const bool is_new = std::none_of(names.begin(), names.end(), [&](const std::string& other) {
        return equal_ignoring_case(other, name);
      });
      if (is_new && names.size() < kMostNames) names.push_back(std::move(name));
    });
  return names;
}

Result<Rebuilt> rebuild_database(std::string bytes, const std::vector<std::string>& tables,
                                 const std::function<bool()>& stopped) {
  MemoryConnection memory = open_memory_copy(std::move(bytes));
  if (memory == nullptr) return fail(ErrorCode::kTooLarge, "there is no memory to rebuild it.");
  return Rebuilding(std::move(memory), stopped).run(tables);
}

}  // namespace sqlenv
