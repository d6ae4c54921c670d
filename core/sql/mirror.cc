#include "core/sql/mirror.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/memory_connection.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"
#include "core/sql/stand_ins.h"
#include "core/sql/statement.h"

namespace sqlenv {
namespace {

constexpr std::string_view kRowids[] = {"rowid", "oid", "_rowid_"};
constexpr int kCopyPeriod = 10'000;
constexpr std::int64_t kMaxCopyOperations = 5'000'000'000;

using Names = std::vector<std::string>;

bool contains(const Names& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& n) { return equal_ignoring_case(n, name); });
}

class Copier {
 public:
  explicit Copier(const DatabaseImage& image, const TextCollation* collation = nullptr)
      : image_(image), collation_(collation) {}

  Result<DatabaseImage> copy() {
    if (image_.bytes().size() > kMaxMirroredBytes) return failed(ErrorCode::kTooLarge);
    if (!open()) return failed(ErrorCode::kInternal);
    for (const Table& table : image_.schema().tables)
      if (!table.is_view) copy_table(quote_identifier(table.name), table.name);
    if (collation_ != nullptr && !collated_)
      return fail(ErrorCode::kNotFound, "no column holds texts of this kind.");
    copy_views();
    // A copy that was stopped or ran out of memory has been rolled back.
    if (operations_ > kMaxCopyOperations) return failed(ErrorCode::kOperationBudget);
    if (sqlite3_get_autocommit(handle_) != 0 || !run("COMMIT")) return failed(ErrorCode::kTooLarge);
    return image_of_main();
  }

 private:
  static tl::unexpected<Error> failed(ErrorCode code) {
    return fail(code, code == ErrorCode::kTooLarge
                          ? "the database is too large to be copied in another order."
                          : "the database cannot be copied in another order.");
  }

  // Opens an empty database "main" with the image attached as "old".
  bool open() {
    connection_ = open_empty_memory();
    if (connection_ == nullptr) return false;
    handle_ = connection_.get();
    compare_bytes_instead(handle_);
    sqlite3_progress_handler(handle_, kCopyPeriod, count, this);
    // Databases of one connection have one encoding, which byte 59 of the header names.
    const char encoding = image_.bytes()[59];
    if (encoding > 1)
      run(encoding == 2 ? "PRAGMA encoding = 'UTF-16le'" : "PRAGMA encoding = 'UTF-16be'");
    if (!run("PRAGMA journal_mode = MEMORY") || !run("ATTACH ':memory:' AS old")) return false;
    const std::string& bytes = image_.bytes();
    auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    return sqlite3_deserialize(handle_, "old", data, size, size, SQLITE_DESERIALIZE_READONLY) ==
               SQLITE_OK &&
           run("BEGIN");
  }

  static int count(void* self) {
    auto* copier = static_cast<Copier*>(self);
    copier->operations_ += kCopyPeriod;
    return copier->operations_ > kMaxCopyOperations ? 1 : 0;
  }

  // Runs one statement; what a forged schema has behind it is left alone.
  bool run(const std::string& sql) {
    const StatementPtr statement = prepare_trusted(handle_, sql);
    if (statement == nullptr) return false;
    int rc = SQLITE_ROW;
    while (rc == SQLITE_ROW) rc = sqlite3_step(statement.get());
    return rc == SQLITE_DONE;
  }

  bool compiles(const std::string& sql) { return prepare_trusted(handle_, sql) != nullptr; }

  // One column of the rows of a statement.
  Names column(const std::string& sql, int column) {
    Names values;
    const StatementPtr statement = prepare_trusted(handle_, sql);
    while (sqlite3_step(statement.get()) == SQLITE_ROW)
      values.push_back(column_text(statement.get(), column));
    return values;
  }

  // The columns that can be read, in quotes.
  Names readable_columns(const std::string& table, const Names& names) {
    Names columns;
    for (const std::string& name : names) columns.push_back(quote_identifier(name));
    if (compiles("SELECT " + join(columns, ", ") + " FROM old." + table)) return columns;
    std::erase_if(columns, [&](const std::string& column) {
      return !compiles("SELECT " + column + " FROM old." + table);
    });
    return columns;
  }

  // The columns with types that have the affinities of the image's columns: SQLite derives them,
  // since the type ANY means one affinity in a STRICT table and another elsewhere. Empty if it
  // fails.
  Names declarations(const std::string& table, const std::string& name, Names columns) {
    run("CREATE TEMP TABLE sqlenv_types AS SELECT " + join(columns, ", ") + " FROM old." + table +
        " LIMIT 0");
    const Names types = column("PRAGMA temp.table_info(sqlenv_types)", 2);
    const Names names = column("PRAGMA temp.table_info(sqlenv_types)", 1);
    run("DROP TABLE IF EXISTS temp.sqlenv_types");
    if (types.size() != columns.size()) return {};
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (collation_ != nullptr && fits("SELECT " + columns[i] + " FROM old." + table)) {
        collated_ = true;
        columns[i] += std::string(" TEXT COLLATE ") + collation_->name;
        continue;
      }
      const char* collation = nullptr;
      sqlite3_table_column_metadata(handle_, "old", name.c_str(), names[i].c_str(), nullptr,
                                    &collation, nullptr, nullptr, nullptr);
      columns[i] += " " + types[i] + " COLLATE " +
                    quote_identifier(collation == nullptr ? "BINARY" : collation);
    }
    return columns;
  }

  // Whether the collation is for the values that `sql` gives.
  bool fits(const std::string& sql) {
    std::int64_t texts = 0;
    std::int64_t fitting = 0;
    const StatementPtr statement = prepare_trusted(handle_, sql);
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
      const int type = sqlite3_column_type(statement.get(), 0);
      if (type == SQLITE_NULL) continue;
      const TextCollation::Fit fit = type == SQLITE_TEXT
                                         ? collation_->fit(column_text(statement.get(), 0))
                                         : TextCollation::Fit::kMisfit;
      if (fit == TextCollation::Fit::kMisfit) return false;
      ++texts;
      fitting += fit == TextCollation::Fit::kFits ? 1 : 0;
    }
    return fitting >= 2 && fitting * 2 >= texts;
  }

  void copy_table(const std::string& table, const std::string& name) {
    const Names names = column(
        "SELECT name FROM pragma_table_xinfo(" + quote_text(name) + ", 'old') WHERE hidden <> 1",
        0);
    const Names columns = readable_columns(table, names);
    const Names declared = columns.empty() ? Names() : declarations(table, name, columns);
    if (declared.empty() || !run("CREATE TABLE main." + table + " (" + join(declared, ", ") + ")"))
      return;
    if (!copy_rows(table, names, join(columns, ", "))) run("DROP TABLE main." + table);
  }

  bool copy_rows(const std::string& table, const Names& names, const std::string& columns) {
    for (const std::string_view visible : kRowids) {
      const std::string rowid(visible);
      if (contains(names, rowid) || !compiles("SELECT " + rowid + " FROM old." + table)) continue;
      return run("INSERT INTO main." + table + " (" + rowid + ", " + columns + ") SELECT ~" +
                 rowid + ", " + columns + " FROM old." + table + " ORDER BY " + rowid + " DESC");
    }
    return run("INSERT INTO main." + table + " (" + columns + ") SELECT " + columns +
               " FROM (SELECT " + columns + ", row_number() OVER () AS sqlenv_place FROM old." +
               table + " NOT INDEXED) ORDER BY sqlenv_place DESC");
  }

  void copy_views() {
    for (const std::string& view :
         column("SELECT sql FROM old.sqlite_schema WHERE type = 'view' ORDER BY rowid", 0))
      if (const auto sql = mirrored_sql(image_.schema(), view)) run(*sql);
  }

  Result<DatabaseImage> image_of_main() {
    sqlite3_int64 size = 0;
    const unsigned char* data = sqlite3_serialize(handle_, "main", &size, SQLITE_SERIALIZE_NOCOPY);
    if (data == nullptr || size == 0) return failed(ErrorCode::kInternal);
    std::string bytes(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    connection_.reset();
    Result<DatabaseImage> image = DatabaseImage::from_file_bytes(std::move(bytes));
    return image ? std::move(image) : failed(ErrorCode::kInternal);
  }

  const DatabaseImage& image_;
  const TextCollation* const collation_;
  bool collated_ = false;
  MemoryConnection connection_;
  sqlite3* handle_ = nullptr;
  std::int64_t operations_ = 0;
};

// Whether `sql` names a table that has such a column, which then is no rowid.
bool is_column(const Schema& schema, const Names& named, std::string_view column) {
  return std::any_of(schema.tables.begin(), schema.tables.end(), [&](const Table& table) {
    return contains(named, table.name) &&
           std::any_of(table.columns.begin(), table.columns.end(),
                       [&](const Column& c) { return equal_ignoring_case(c.name, column); });
  });
}

}  // namespace

Result<DatabaseImage> mirror_image(const DatabaseImage& image) { return Copier(image).copy(); }

Result<Database> collated_mirror(const DatabaseImage& image, const TextCollation& collation) {
  const Result<DatabaseImage> copy = Copier(image, &collation).copy();
  Result<Database> database = copy ? Database::open(*copy) : fail(copy.error());
  if (database) database->define_collation(collation.name, collation.compare);
  return database;
}

std::optional<std::string> mirrored_sql(const Schema& schema, const std::string& sql) {
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  const auto is_name = [](const SqlToken& token) {
    return token.is_word() || token.kind == TokenKind::kQuoted;
  };
  Names names;
  for (const SqlToken& token : tokens)
    names.push_back(is_name(token) ? to_lower(unquoted(token.in(sql))) : std::string());
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (names[i].starts_with("sqlite_")) return std::nullopt;
    if (std::find(std::begin(kRowids), std::end(kRowids), names[i]) == std::end(kRowids) ||
        is_column(schema, names, names[i]))
      continue;
    std::size_t first = i;
    while (first >= 2 && tokens[first - 1].in(sql) == ".") first -= 2;
    out += sql.substr(copied, tokens[first].begin - copied) + "(~";
    copied = tokens[i].end;
    out += sql.substr(tokens[first].begin, copied - tokens[first].begin) + ")";
  }
  return out + sql.substr(copied);
}

}  // namespace sqlenv
