#include "core/task/sql_importer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"
#include "core/sql/database_builder.h"
#include "core/sql/sql_literals.h"
#include "core/task/dump_databases.h"
#include "core/task/dump_statement.h"
#include "core/task/dump_table.h"
#include "core/task/postgres_copy.h"
#include "core/task/script_format.h"
#include "core/task/script_report.h"
#include "core/task/sql_script.h"
#include "core/task/text_encoding.h"

namespace sqlenv {
namespace {

// How a statement is treated.
enum class Fate {
  kMustRun,  // it makes or fills a table
  kMayRun,   // its failure is a remark
  kSilent,   // left out without a remark
  kSkip,     // left out with a remark
  kUse,      // it names the database of the statements behind it
  kRefuse    // the script cannot be trusted any more
};

constexpr std::string_view kMustRun =
    "|INSERT|REPLACE|UPDATE|DELETE|MERGE|TRUNCATE|CREATE TABLE|COPY|LOAD|BULK|";
constexpr std::string_view kMayRun =
    "|CREATE INDEX|CREATE VIEW|DROP TABLE|DROP VIEW|DROP INDEX|ALTER TABLE|";
constexpr std::string_view kSilent =
    "|BEGIN|COMMIT|END|START|SAVEPOINT|RELEASE|PRAGMA|ANALYZE|VACUUM|REINDEX|SET|LOCK|UNLOCK|"
    "FLUSH|CREATE DATABASE|CREATE SCHEMA|DROP DATABASE|DROP SCHEMA|REFRESH|PRINT||";
constexpr std::string_view kShellFiles = "|.read|source|\\.|\\i|\\ir|";
constexpr std::string_view kServerDatabases = "mysql sys information_schema performance_schema";

// The programs whose notes tell what is left out of each CREATE TABLE.
constexpr std::array<const char*, 5> kSystems = {"", "MySQL", "PostgreSQL", "SQL Server", "Oracle"};

bool listed(std::string_view kind, std::string_view list) {
  const std::size_t at = list.find(kind);
  return at != std::string_view::npos && list.find('|' + std::string(kind) + '|') != list.npos;
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

Fate fate_of(const std::string& kind, std::string_view statement, SqlDialect dialect) {
  if (dialect == SqlDialect::kSqlite && writes_sqlite_table(statement))
    return to_lower(statement.substr(0, 40)).find("sqlite_sequence") == std::string::npos
               ? Fate::kSkip  // sqlite3 dumps virtual tables by writing to the schema
               : Fate::kSilent;
  if (listed(kind, kMustRun)) return Fate::kMustRun;
  if (listed(kind, kMayRun)) return Fate::kMayRun;
  if (kind == "ROLLBACK") return Fate::kRefuse;
  if (kind == "USE") return Fate::kUse;
  return listed(kind, kSilent) ? Fate::kSilent : Fate::kSkip;
}

Result<void> check_dialect(SqlDialect dialect) {
  const char* advice =
      " dump, whose SQL differs too much. Export its tables as CSV and import those with \"sqlenv "
      "pack import csv\".";
  if (dialect == SqlDialect::kSqlServer)
    return fail(ErrorCode::kNotADatabase, std::string("this is an SQL Server") + advice);
  return {};
}

class ScriptImporter {
 public:
  ScriptImporter(std::vector<NamedBytes> scripts, const ImportOptions& options, Import& import)
      : scripts_(std::move(scripts)),
        options_(options),
        import_(import),
        report_(import),
        databases_(options.stopped) {
    taken_.resize(scripts_.size());
  }

  Result<void> run() {
    for (std::size_t i = 0; i < scripts_.size(); ++i)
      if (auto ok = run_script(i); !ok) return ok;
    report_.finish();
    return {};
  }

  Result<void> finish(const std::string& database) {
    if (auto ok = databases_.finish(database, import_); !ok) return ok;
    if (import_.databases.size() > 1)
      import_.notes.push_back(
          {scripts_.front().name, "it fills several databases, which keep their own names"});
    return {};
  }

 private:
  using Statement = SqlScript::Statement;

  Result<void> run_script(std::size_t index) {
    if (taken_[index]) return {};
    taken_[index] = true;
    const std::string name = scripts_[index].name;
    if (auto ok = check_script_format(scripts_[index]); !ok) return ok;
    Result<DecodedText> decoded = decode_text(std::move(scripts_[index].bytes));
    if (!decoded) return fail(decoded.error().code, name + ": " + decoded.error().message);
    if (decoded->encoding != "UTF-8")
      import_.notes.push_back({name, "read as " + decoded->encoding});
    SqlDialect dialect = guess_dialect(decoded->text);
    if (dialect == SqlDialect::kSqlite) dialect = dialect_;  // rows for the script before
    if (auto ok = check_dialect(dialect); !ok) return ok;
    dialect_ = dialect;
    if (dialect != SqlDialect::kSqlite)
      import_.notes.push_back({name, std::string("read as ") + kSystems[static_cast<int>(dialect)] +
                                         "'s SQL; plain indexes, checks and comments are left out, "
                                         "and views are computed by SQLite's rules"});
    return run_text(name, decoded->text, dialect);
  }

  Result<void> run_text(const std::string& name, const std::string& text, SqlDialect dialect) {
    const DumpKeys keys(text, dialect);
    SqlScript script(text, dialect);
    for (Statement statement; script.next(statement);) {
      if (options_.stopped && options_.stopped())
        return fail(ErrorCode::kTimeout, "the import was stopped.");
      const std::string outer =
          std::exchange(place_, name + ", line " + std::to_string(statement.line));
      auto ok = take(statement, dialect, keys);
      if (!ok) return ok;
      place_ = outer;
      dialect_ = dialect;
    }
    return {};
  }

  tl::unexpected<Error> failure(ErrorCode code, const std::string& what) const {
    return fail(code, place_ + what);
  }

  void skip(const std::string& kind, const std::string& shown, const std::string& why) {
    report_.skip(kind, place_ + " (" + shown + ")", why);
  }

  Result<void> take(const Statement& statement, SqlDialect dialect, const DumpKeys& keys) {
    if (!statement.complete)
      return failure(ErrorCode::kSyntax,
                     ": the file ends inside a string, a name or a comment; it "
                     "is cut short.");
    if (statement.command) return dialect_ = dialect, take_command(statement.text);
    const StatementHead head = statement_head(statement.text, dialect);
    const std::string shown = shown_statement(statement.text, head);
    if (dialect != SqlDialect::kMySql && learn(head.kind, statement.text, dialect)) return {};
    switch (fate_of(head.kind, statement.text, dialect)) {
      case Fate::kSilent: return {};
      case Fate::kSkip:
        return skip(head.kind, shown, "such statements are not taken"), Result<void>();
      case Fate::kUse: return use(statement.text, dialect), Result<void>();
      case Fate::kRefuse:
        return failure(ErrorCode::kNotADatabase,
                       ": the script takes back what it did (ROLLBACK), as dumps of damaged "
                       "databases do.");
      case Fate::kMustRun: break;
      case Fate::kMayRun: {
        const Result<void> done = execute(statement, head, dialect, keys);
        if (done || is_fatal(done.error().code)) return done;
        return skip(head.kind, shown, done.error().message), Result<void>();
      }
    }
    const Result<void> done = execute(statement, head, dialect, keys);
    if (done) return {};
    return failure(done.error().code, " (" + shown + "): " + done.error().message);
  }

  // Takes in schemas and types; false if the statement makes none.
  bool learn(const std::string& kind, std::string_view text, SqlDialect dialect) {
    return one_of(kind, "SET") || kind.ends_with("SCHEMA") || kind == "CREATE TYPE" ||
                   kind == "CREATE DOMAIN"
               ? learn_names(read_statement(text, dialect), databases_.current().names, dialect)
               : false;
  }

  // SQLite's own statements run as they are. Others, and those that fail so, are translated.
  Result<void> execute(const Statement& statement, const StatementHead& head, SqlDialect dialect,
                       const DumpKeys& keys) {
    if (dialect != SqlDialect::kSqlite || (head.kind == "CREATE TABLE" && !keys.empty()))
      return run_translated(statement, dialect, keys);
    DumpDatabase& database = databases_.current();
    Result<void> done = database.builder.run(statement.text);
    if (done) return made(database, head.kind, head.name), Result<void>();
    if (done.error().code != ErrorCode::kSyntax || head.kind.ends_with("INDEX")) return done;
    if (run_translated(statement, dialect, keys)) return {};
    return done;
  }

  Result<void> run_translated(const Statement& statement, SqlDialect dialect,
                              const DumpKeys& keys) {
    DumpStatement read = read_statement(statement.text, dialect);
    const std::string space = dialect == SqlDialect::kMySql ? read.name.space : "";
    if (is_server_database(space.empty() ? ignored_ : space))
      return skip("", read.kind + " " + read.name.table,
                  "tables of the server itself are not taken"),
             Result<void>();
    DumpDatabase& database = space.empty() ? databases_.current() : databases_.named(space);
    database.names.add_space(read.name.space);
    if (read.kind == "COPY") return copy(database, statement, read);
    if (read.kind == "CREATE TABLE")
      return make_table(database, statement, std::move(read), dialect, keys);
    const std::string kind = read.kind;
    const std::string name = database.names.quoted(read.name);
    const TranslatedStatement translated = translate(std::move(read), database.names, dialect, {});
    if (translated.clock)
      skip("CLOCK", kind, "the current time, such as NOW(), is not known and becomes NULL");
    for (const std::string& sql : translated.sql)
      if (Result<void> done = database.builder.run(sql); !done) return done;
    return made(database, kind, name), Result<void>();
  }

  Result<void> make_table(DumpDatabase& database, const Statement& statement, DumpStatement read,
                          SqlDialect dialect, const DumpKeys& keys) {
    const DumpName name = read.name;
    DumpName parent = partition_parent(read.tokens, read.name_at, dialect);
    if (parent.table.empty()) parent = keys.parent_of(name, statement.at);
    if (!parent.table.empty()) {
      database.names.add_alias(name, parent);
      return skip("PARTITION", "CREATE TABLE " + name.table,
                  "a partition: its rows go into its table"),
             Result<void>();
    }
    database.names.add_table(name);
    if (const std::string own = database.names.quoted(name); own != quote_identifier(name.table))
      import_.notes.push_back(
          {place_, "the table is called " + own + ", since another schema has one of its name"});
    TranslatedStatement table = translate(std::move(read), database.names, dialect,
                                          keys.of(name, statement.at, database.names));
    for (const std::string& sql : table.sql) {
      Result<void> done = database.builder.run(sql);
      if (done) continue;
      if (table.computed.empty() || is_fatal(done.error().code)) return done;
      if (!database.builder.run(table.plain)) return done;
      skip("", "column " + join(table.computed, ", "), done.error().message);
    }
    database.names.set_columns(name, std::move(table.columns));
    return made(database, "CREATE TABLE", ""), Result<void>();
  }

  Result<void> copy(DumpDatabase& database, const Statement& statement, const DumpStatement& read) {
    if (statement.rows_line == 0)
      return fail(
          ErrorCode::kSyntax,
          "the rows are in another file. Dump the database with \"pg_dump --format=plain\".");
    std::int64_t line = -1;
    Result<void> done = copy_rows(read, statement.rows, database.names, database.builder, line);
    if (!done && line >= 0)
      return fail(done.error().code, "line " + std::to_string(statement.rows_line + line) + ": " +
                                         done.error().message);
    return done;
  }

  static void made(DumpDatabase& database, const std::string& kind, const std::string& name) {
    if (kind == "CREATE TABLE") database.used = true;
    if (kind == "CREATE VIEW") database.views.push_back(name);
  }

  void use(std::string_view statement, SqlDialect dialect) {
    std::size_t at = 1;
    switch_to(read_name(dump_tokens(statement, dialect), at).table, dialect);
  }

  void switch_to(const std::string& name, SqlDialect dialect) {
    if (dialect == SqlDialect::kSqlServer && equal_ignoring_case(name, "master")) return;
    ignored_ = dialect == SqlDialect::kMySql && is_server_database(name) ? name : "";
    if (ignored_.empty()) databases_.use(name);
  }

  static bool is_server_database(const std::string& name) {
    return one_of(to_lower(name), kServerDatabases);
  }

  // A line for the client program.
  Result<void> take_command(std::string_view line) {
    std::string_view word = line.substr(0, line.find_first_of(" \t"));
    const std::string rest(trim(line.substr(word.size())));
    if (one_of(word, "\\c \\connect"))
      return switch_to(unquoted(rest.substr(0, rest.find_first_of(" ;"))), dialect_),
             Result<void>();
    if (one_of(word, "\\restrict \\unrestrict")) return {};
    if (listed(to_lower(word), kShellFiles)) return run_file(rest.substr(0, rest.find(';')), line);
    skip(std::string(word), std::string(word), "lines for another program are not taken");
    return {};
  }

  Result<void> run_file(std::string file, std::string_view line) {
    file = std::string(trim(file));
    file = file.substr(file.find_last_of("/\\") + 1);
    std::erase_if(file, [](char c) { return c == '\'' || c == '"'; });
    for (std::size_t i = 0; i < scripts_.size(); ++i)
      if (scripts_[i].name == file) return run_script(i);
    return failure(ErrorCode::kNotFound, ": \"" + shorten(line, 80) +
                                             "\" reads another file. Import both together, this "
                                             "one first.");
  }

  std::vector<NamedBytes> scripts_;
  std::vector<bool> taken_;
  const ImportOptions& options_;
  Import& import_;
  ScriptReport report_;
  DumpDatabases databases_;
  std::string ignored_;  // the server's own database that is in use
  SqlDialect dialect_ = SqlDialect::kSqlite;
  std::string place_;  // of the current statement
};

}  // namespace

Result<Import> import_sql(std::vector<NamedBytes> scripts, const ImportOptions& options,
                          const std::string& database) {
  if (scripts.empty()) return fail(ErrorCode::kNotFound, "there is no SQL script to import.");
  if (auto ok = check_total_size(scripts, "the scripts together"); !ok) return fail(ok.error());
  Import import;
  import.name = options.name.empty() ? plain_name(scripts.front().name) : options.name;
  import.title = import.name;
  ScriptImporter importer(std::move(scripts), options, import);
  if (auto ok = importer.run(); !ok) return fail(ok.error());
  if (auto ok = importer.finish(database.empty() ? import.name : database); !ok)
    return fail(ok.error());
  return import;
}

}  // namespace sqlenv
