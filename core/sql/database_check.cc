#include "core/sql/database_check.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/import_work.h"
#include "core/sql/memory_connection.h"
#include "core/sql/sql_literals.h"
#include "core/sql/stand_ins.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

constexpr std::size_t kSmallestFile = 512;
constexpr std::size_t kMostMessages = 20;
constexpr std::int64_t kMaxIndexOperations = 10'000'000;
constexpr std::int64_t kMaxCheckOperations = 5'000'000'000;  // of 2 GB it takes a tenth

using Stopped = std::function<bool()>;

std::uint64_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

tl::unexpected<Error> no_database(const std::string& why) {
  return fail(ErrorCode::kNotADatabase, why);
}

// Section 1.3 of the file format: byte 16 holds the page size, byte 28 the number of pages, which
// is valid if the change counters at 24 and 92 agree.
Result<void> check_header(std::string_view bytes) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  if (bytes.empty()) return no_database("the file is empty.");
  if (!bytes.starts_with(kMagic))
    return no_database("it is not an SQLite database, or it is encrypted.");
  if (bytes.size() < kSmallestFile) return no_database("the file is cut short.");
  std::uint64_t page = big_endian(bytes, 16, 2);
  if (page == 1) page = 65536;
  if (page < 512 || (page & (page - 1)) != 0)
    return no_database("its header is damaged, or it is encrypted.");
  const std::uint64_t pages = big_endian(bytes, 28, 4);
  const bool counted = pages > 0 && big_endian(bytes, 24, 4) == big_endian(bytes, 92, 4);
  if (counted && pages * page > bytes.size())
    return no_database("the file is cut short: " + std::to_string(pages * page) +
                       " bytes were written, " + std::to_string(bytes.size()) + " are there.");
  return {};
}

// The messages of quick_check, or SQLite's own if it does not run.
tl::expected<std::vector<std::string>, std::string> quick_check(sqlite3* handle, ImportWork& work) {
  std::vector<std::string> rows;
  if (const StatementPtr statement =
          prepare_trusted(handle, "PRAGMA quick_check(" + std::to_string(kMostMessages) + ")")) {
    const ImportWork::Statement metered(work, 0);
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(statement.get())) == SQLITE_ROW)
      rows.push_back(valid_utf8(column_text(statement.get(), 0)));
    if (rc == SQLITE_DONE) return rows;
  }
  return tl::unexpected(valid_utf8(sqlite3_errmsg(handle)));
}

// Messages about pages begin with stars; other messages are about rows that break a constraint.
bool is_damage(const std::string& message) {
  return message.starts_with("***") || message == "database disk image is malformed";
}

// Functions of the application that the file's checks and computed columns call.
class UnknownFunctions {
 public:
  // Whether the message names one that was not met before; it gives NULL from now on.
  bool meet(sqlite3* handle, const std::string& message) {
    if (names_.size() == kMostFunctions) return false;
    const std::string name = call_nothing_instead(handle, message);
    if (name.empty() || std::find(names_.begin(), names_.end(), name) != names_.end()) return false;
    names_.push_back(name);
    return true;
  }

  // Whether the table's CREATE statement may call one, so that what quick_check says about its rows
  // means nothing.
  bool may_concern(sqlite3* handle, const std::string& table) const {
    if (names_.empty()) return false;
    const StatementPtr found =
        prepare_trusted(handle, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = " +
                                    quote_text(table));
    if (sqlite3_step(found.get()) != SQLITE_ROW) return false;
    const std::string sql = to_lower(column_text(found.get(), 0));
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
      return sql.find(to_lower(name)) != std::string::npos;
    });
  }

  void report(std::vector<std::string>& remarks) const {
    for (const std::string& name : names_)
      remarks.push_back("the function " + name +
                        "() is not available here; checks that call it were not made");
  }

 private:
  static constexpr std::size_t kMostFunctions = 200;

  std::vector<std::string> names_;
};

// The table that a message about a row is about; empty if it is about something else.
std::string table_of(const std::string& message) {
  constexpr std::string_view kCheck = "CHECK constraint failed in ";
  if (message.starts_with(kCheck)) return message.substr(kCheck.size());
  const std::size_t in = message.find(" value in ");
  if (in == std::string::npos) return "";
  const std::size_t begin = in + std::string_view(" value in ").size();
  return message.substr(begin, message.rfind('.') - begin);
}

// Fails if the work was ended.
Result<void> check_end(const ImportWork& work) {
  if (work.was_stopped()) return fail(ErrorCode::kTimeout, "checking the file was stopped.");
  if (work.is_spent())
    return fail(ErrorCode::kOperationBudget, "checking the file takes too many operations.");
  return {};
}

Result<void> check_pages(sqlite3* handle, const Stopped& stopped,
                         std::vector<std::string>& remarks) {
  ImportWork work(handle, stopped, kMaxCheckOperations);
  compare_bytes_instead(handle);
  UnknownFunctions functions;
  auto found = quick_check(handle, work);
  while (!found && functions.meet(handle, found.error())) found = quick_check(handle, work);
  if (auto ended = check_end(work); !ended) return ended;
  if (!found && found.error().find("wrong number of arguments to function") != std::string::npos)
    return fail(
        ErrorCode::kMissingExtension,
        "its schema calls a function that only its application has: " + found.error() + ".");
  if (!found) return no_database("the file is damaged, or it is encrypted: " + found.error() + ".");
  functions.report(remarks);
  for (const std::string& message : *found) {
    if (is_damage(message))
      return no_database("the file is damaged: " +
                         shorten(collapse_spaces(message.substr(message.find('\n') + 1)), 200));
    if (message != "ok" && !functions.may_concern(handle, table_of(message)))
      remarks.push_back(message);
  }
  if (found->size() == kMostMessages) remarks.push_back("perhaps more of these");
  return {};
}

bool is_index_fault(const std::string& message) {
  const auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
  return says(" missing from index ") || says(" values differ from index ") ||
         says("wrong # of entries in index ") || says("row not in PRIMARY KEY order ");
}

// One column of text, as far as SQLite goes.
std::vector<std::string> column_of(sqlite3* handle, const std::string& sql, ImportWork& work) {
  std::vector<std::string> values;
  const StatementPtr rows = prepare_trusted(handle, sql);
  const ImportWork::Statement metered(work, 0);
  while (sqlite3_step(rows.get()) == SQLITE_ROW) values.push_back(column_text(rows.get(), 0));
  return values;
}

// The tables whose indexes hold something else than they do, or in another order than SQLite's
// collations give: a forger's, or those of an application that has a NOCASE of its own. Looks at
// the first half million entries or so, and says if there are more. Tables that need unknown
// functions or collations are left out, since their check does not compile.
std::vector<std::string> tables_with_wrong_indexes(const std::string& bytes, const Stopped& stopped,
                                                   std::vector<std::string>& remarks) {
  const MemoryConnection connection = open_memory_image(bytes);
  std::vector<std::string> wrong;
  if (connection == nullptr) return wrong;
  sqlite3* handle = connection.get();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  ImportWork work(handle, stopped, kMaxIndexOperations);
  const std::vector<std::string> tables = column_of(
      handle,
      "SELECT name FROM sqlite_schema AS t WHERE type = 'table' AND rootpage > 0 AND (EXISTS "
      "(SELECT 1 FROM sqlite_schema WHERE type = 'index' AND tbl_name = t.name COLLATE NOCASE) OR "
      "sql LIKE '%without%rowid%')",
      work);
  for (const std::string& table : tables) {
    if (work.was_stopped() || work.is_spent()) break;
    const std::vector<std::string> found =
        column_of(handle, "PRAGMA integrity_check(" + quote_identifier(table) + ")", work);
    if (std::any_of(found.begin(), found.end(), is_index_fault)) wrong.push_back(table);
  }
  if (work.is_spent())
    remarks.push_back("not every index was compared with its table: there are too many entries");
  return wrong;
}

Result<std::string> rebuild(std::string bytes, const std::vector<std::string>& collations,
                            const std::vector<std::string>& tables, const Stopped& stopped,
                            std::vector<std::string>& remarks) {
  Result<Rebuilt> done = rebuild_database(std::move(bytes), tables, stopped);
  if (!done) return fail(done.error());
  if (!collations.empty()) {
    const bool one = collations.size() == 1;
    std::string remark = (one ? "the collation " : "the collations ") + join(collations, ", ") +
                         (one ? " is" : " are") +
                         " not available here: text is compared byte by byte (BINARY) instead";
    if (done->indexes > 0) remark += "; indexes rebuilt: " + std::to_string(done->indexes);
    remarks.push_back(std::move(remark));
  }
  for (const std::string& table : tables)
    remarks.push_back("the indexes of " + quote_identifier(table) +
                      " did not agree with it and were rebuilt");
  for (const std::string& index : done->dropped)
    remarks.push_back("the index " + quote_identifier(index) +
                      " could not be rebuilt and is left out");
  return std::move(done->bytes);
}

// Checks the pages and makes the file one whose indexes SQLite can trust.
Result<void> check_contents(std::string& bytes, const Stopped& stopped,
                            std::vector<std::string>& remarks) {
  std::vector<std::string> collations;
  {
    const MemoryConnection connection = open_memory_image(bytes);
    if (connection == nullptr) return no_database("it could not be opened.");
    sqlite3_db_config(connection.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (auto sound = check_pages(connection.get(), stopped, remarks); !sound) return sound;
    collations = unknown_collations(connection.get());
  }
  const std::vector<std::string> tables = tables_with_wrong_indexes(bytes, stopped, remarks);
  if (collations.empty() && tables.empty()) return {};
  Result<std::string> done = rebuild(std::move(bytes), collations, tables, stopped, remarks);
  if (!done) return fail(done.error());
  bytes = std::move(*done);
  return {};
}

}  // namespace

Result<CheckedDatabase> check_database_file(std::string bytes,
                                            const std::function<bool()>& stopped) {
  if (auto ok = check_header(bytes); !ok) return fail(ok.error());
  bytes[18] = bytes[19] = 1;  // an image has no write-ahead log
  CheckedDatabase checked;
  if (auto sound = check_contents(bytes, stopped, checked.remarks); !sound)
    return fail(sound.error());
  Result<DatabaseImage> image = DatabaseImage::from_file_bytes(std::move(bytes));
  if (!image) return fail(image.error());
  checked.image = std::move(*image);
  return checked;
}

}  // namespace sqlenv
