#include "core/sql/database_check.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/import_work.h"
#include "core/sql/memory_connection.h"
#include "core/sql/sql_literals.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

constexpr std::size_t kSmallestFile = 512;
constexpr std::size_t kMaxRemarks = 20;
constexpr std::int64_t kMaxCheckOperations = 5'000'000'000;  // of 2 GB it takes a tenth

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

// The rows of one column, or SQLite's message.
Result<std::vector<std::string>> column_of(sqlite3* handle, const char* sql, ImportWork& work) {
  std::vector<std::string> rows;
  if (const StatementPtr statement = prepare_trusted(handle, sql)) {
    const ImportWork::Statement metered(work, 0);
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(statement.get())) == SQLITE_ROW)
      rows.push_back(valid_utf8(column_text(statement.get(), 0)));
    if (rc == SQLITE_DONE) return rows;
  }
  return no_database(
      "the file is damaged, or it is encrypted: " + valid_utf8(sqlite3_errmsg(handle)) + ".");
}

// Messages about pages begin with stars; other messages are about rows that break a constraint.
bool is_damage(const std::string& message) {
  return message.starts_with("***") || message == "database disk image is malformed";
}

Result<void> check_pages(sqlite3* handle, ImportWork& work, std::vector<std::string>& remarks) {
  const auto found = column_of(handle, "PRAGMA quick_check(20)", work);
  if (!found) return fail(found.error());
  for (const std::string& message : *found) {
    if (is_damage(message))
      return no_database("the file is damaged: " +
                         shorten(collapse_spaces(message.substr(message.find('\n') + 1)), 200));
    if (message != "ok") remarks.push_back(message);
  }
  return {};
}

Result<void> find_virtual_tables(sqlite3* handle, ImportWork& work,
                                 std::vector<std::string>& remarks) {
  const auto names = column_of(handle,
                               "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                               "coalesce(rootpage, 0) = 0 ORDER BY rowid",
                               work);
  if (!names) return fail(names.error());
  for (const std::string& name : *names)
    remarks.push_back("the virtual table " + quote_identifier(name) + " is left out");
  return {};
}

}  // namespace

Result<CheckedDatabase> check_database_file(std::string bytes,
                                            const std::function<bool()>& stopped) {
  if (auto ok = check_header(bytes); !ok) return fail(ok.error());
  bytes[18] = bytes[19] = 1;  // an image has no write-ahead log
  CheckedDatabase checked;
  {
    const MemoryConnection connection = open_memory_image(bytes);
    if (connection == nullptr) return no_database("it could not be opened.");
    sqlite3_db_config(connection.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    ImportWork work(connection.get(), stopped, kMaxCheckOperations);
    Result<void> sound = check_pages(connection.get(), work, checked.remarks);
    if (sound) sound = find_virtual_tables(connection.get(), work, checked.remarks);
    if (work.was_stopped()) return fail(ErrorCode::kTimeout, "checking the file was stopped.");
    if (work.is_spent())
      return fail(ErrorCode::kOperationBudget, "checking the file takes too many operations.");
    if (!sound) return fail(sound.error());
  }
  if (checked.remarks.size() > kMaxRemarks) checked.remarks.resize(kMaxRemarks);
  Result<DatabaseImage> image = DatabaseImage::from_file_bytes(std::move(bytes));
  if (!image) return fail(image.error());
  checked.image = std::move(*image);
  return checked;
}

}  // namespace sqlenv
