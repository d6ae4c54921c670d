#include "core/task/sql_importer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/database_builder.h"
#include "core/task/mysql_dialect.h"
#include "core/task/sql_script.h"
#include "core/task/text_encoding.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMaxSkipped = 1000;

// How a statement is treated.
enum class Fate {
  kMustRun,  // it makes or fills a table
  kMayRun,   // its failure is a remark
  kSilent,   // left out without a remark
  kSkip,     // left out with a remark
  kRefuse    // the script cannot be trusted any more
};

bool starts_with_any(const std::string& words, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) {
    return words.starts_with(start) && (words.size() == start.size() || words[start.size()] == ' ');
  });
}

// Whether it writes to a table that SQLite fills by itself.
bool writes_sqlite_table(std::string_view statement) {
  const std::string head = to_lower(statement.substr(0, 60));
  const std::size_t at = head.find("sqlite_");
  if (at == std::string::npos) return false;
  const std::string before = head.substr(0, at);
  return before.find('(') == std::string::npos && before.find('\'') == std::string::npos &&
         (before.find("into") != std::string::npos || before.find("from") != std::string::npos ||
          before.find("update") != std::string::npos);
}

Fate fate_of(std::string_view statement) {
  const std::string words = leading_words(statement, 3);
  // sqlite3 dumps virtual tables by writing to the schema.
  if (starts_with_any(words, {"INSERT INTO SQLITE_SCHEMA", "INSERT INTO SQLITE_MASTER"}))
    return Fate::kSkip;
  if (starts_with_any(words, {"INSERT", "REPLACE", "UPDATE", "DELETE"}))
    return writes_sqlite_table(statement) ? Fate::kSilent : Fate::kMustRun;
  if (starts_with_any(words, {"CREATE TABLE"})) return Fate::kMustRun;
  if (starts_with_any(words, {"CREATE INDEX", "CREATE UNIQUE INDEX", "CREATE VIEW", "DROP TABLE",
                              "DROP VIEW", "DROP INDEX", "ALTER TABLE"}))
    return Fate::kMayRun;
  if (starts_with_any(words, {"ROLLBACK"})) return Fate::kRefuse;
  const bool silent = starts_with_any(
      words, {"BEGIN", "COMMIT", "END", "START TRANSACTION", "SAVEPOINT", "RELEASE", "PRAGMA",
              "ANALYZE", "VACUUM", "REINDEX", "SET", "LOCK", "UNLOCK", "USE", "FLUSH",
              "CREATE DATABASE", "CREATE SCHEMA", "DROP DATABASE", "DROP SCHEMA"});
  return silent ? Fate::kSilent : Fate::kSkip;
}

// The statement's first three words, for messages.
std::string shown(std::string_view statement) {
  const std::string text = collapse_spaces(statement.substr(0, 200));
  std::size_t end = 0;
  for (int words = 0; words < 3 && end < text.size(); ++words)
    end = std::min(text.find_first_of(" (", end + 1), text.size());
  return shorten(text.substr(0, end), 60);
}

Result<void> check_dialect(SqlDialect dialect) {
  const char* advice =
      " dump, whose SQL differs too much. Export its tables as CSV and import those with \"sqlenv "
      "pack import csv\".";
  if (dialect == SqlDialect::kPostgres)
    return fail(ErrorCode::kNotADatabase, std::string("this is a PostgreSQL") + advice);
  if (dialect == SqlDialect::kSqlServer)
    return fail(ErrorCode::kNotADatabase, std::string("this is an SQL Server") + advice);
  return {};
}

class ScriptRunner {
 public:
  ScriptRunner(std::string name, DatabaseBuilder& builder, Import& import)
      : name_(std::move(name)), builder_(builder), import_(import) {}

  Result<void> run(const std::string& text, const std::function<bool()>& stopped) {
    const SqlDialect dialect = guess_dialect(text);
    if (auto ok = check_dialect(dialect); !ok) return ok;
    if (dialect == SqlDialect::kMySql)
      import_.notes.push_back({name_,
                               "read as MySQL's SQL; plain indexes, checks and comments "
                               "are left out"});
    SqlScript script(text, dialect);
    for (SqlScript::Statement statement; script.next(statement);) {
      if (stopped && stopped()) return fail(ErrorCode::kTimeout, "the import was stopped.");
      if (auto ok = take(statement, dialect); !ok) return ok;
    }
    return {};
  }

 private:
  std::string place(const SqlScript::Statement& statement) const {
    return name_ + ", line " + std::to_string(statement.line);
  }

  void skip(const SqlScript::Statement& statement, const std::string& why) {
    if (import_.skipped.size() == kMaxSkipped)
      import_.skipped.push_back({name_, "and more statements after these"});
    if (import_.skipped.size() < kMaxSkipped)
      import_.skipped.push_back({place(statement) + " (" + shown(statement.text) + ")", why});
  }

  Result<void> take(const SqlScript::Statement& statement, SqlDialect dialect) {
    if (!statement.complete)
      return fail(ErrorCode::kSyntax, place(statement) +
                                          ": the file ends inside a string, a name or a comment; "
                                          "it is cut short.");
    const Fate fate = fate_of(statement.text);
    if (fate == Fate::kSilent) return {};
    if (fate == Fate::kRefuse)
      return fail(ErrorCode::kNotADatabase, place(statement) +
                                                ": the script takes back what it did "
                                                "(ROLLBACK), as dumps of damaged databases do.");
    if (fate == Fate::kSkip)
      return skip(statement, "such statements are not taken"), Result<void>();
    const Result<void> done = dialect == SqlDialect::kMySql
                                  ? builder_.run(from_mysql(statement.text))
                                  : builder_.run(statement.text);
    if (done) return {};
    const ErrorCode code = done.error().code;
    const bool fatal = code == ErrorCode::kTimeout || code == ErrorCode::kTooLarge ||
                       code == ErrorCode::kOperationBudget;
    if (fate == Fate::kMayRun && !fatal)
      return skip(statement, done.error().message), Result<void>();
    return fail(code,
                place(statement) + " (" + shown(statement.text) + "): " + done.error().message);
  }

  std::string name_;
  DatabaseBuilder& builder_;
  Import& import_;
};

}  // namespace

Result<Import> import_sql(std::vector<NamedBytes> scripts, const ImportOptions& options,
                          const std::string& database) {
  if (scripts.empty()) return fail(ErrorCode::kNotFound, "there is no SQL script to import.");
  if (auto ok = check_total_size(scripts, "the scripts together"); !ok) return fail(ok.error());
  Import import;
  import.name = options.name.empty() ? plain_name(scripts.front().name) : options.name;
  import.title = import.name;
  DatabaseBuilder builder(options.stopped);
  for (NamedBytes& script : scripts) {
    Result<DecodedText> decoded = decode_text(std::move(script.bytes));
    if (!decoded) return fail(decoded.error().code, script.name + ": " + decoded.error().message);
    if (decoded->encoding != "UTF-8")
      import.notes.push_back({script.name, "read as " + decoded->encoding});
    ScriptRunner runner(script.name, builder, import);
    if (auto ok = runner.run(decoded->text, options.stopped); !ok) return fail(ok.error());
  }
  Result<DatabaseImage> image = builder.finish();
  if (!image) return fail(image.error().code, "the script makes no table that can be read.");
  const std::string name = database.empty() ? import.name : database;
  import.databases.push_back({name, name, "", std::move(*image)});
  return import;
}

}  // namespace sqlenv
