#include "core/task/sql_importer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"
#include "core/sql/database_builder.h"
#include "core/sql/sql_literals.h"
#include "core/task/dump_statement.h"
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
  if (dialect == SqlDialect::kPostgres)
    return fail(ErrorCode::kNotADatabase, std::string("this is a PostgreSQL") + advice);
  if (dialect == SqlDialect::kSqlServer)
    return fail(ErrorCode::kNotADatabase, std::string("this is an SQL Server") + advice);
  return {};
}

bool is_fatal(ErrorCode code) {
  return code == ErrorCode::kTimeout || code == ErrorCode::kTooLarge ||
         code == ErrorCode::kOperationBudget;
}

// A database that the scripts fill.
struct Target {
  std::string name;  // empty until the script gives it one
  DatabaseBuilder builder;
  DumpNames names;
  std::vector<std::string> views;  // quoted
  bool used = false;
};

class ScriptImporter {
 public:
  ScriptImporter(std::vector<NamedBytes> scripts, const ImportOptions& options, Import& import)
      : scripts_(std::move(scripts)), options_(options), import_(import), report_(import) {
    taken_.resize(scripts_.size());
    add_target("");
  }

  Result<void> run() {
    for (std::size_t i = 0; i < scripts_.size(); ++i)
      if (auto ok = run_script(i); !ok) return ok;
    report_.finish();
    return {};
  }

  Result<void> finish(const std::string& database) {
    std::set<std::string> names;
    const auto used = std::count_if(targets_.begin(), targets_.end(),
                                    [](const Target& target) { return target.used; });
    for (Target& target : targets_) {
      if (!target.used) continue;
      if (auto ok = check_views(target); !ok) return ok;
      Result<DatabaseImage> image = target.builder.finish();
      if (!image) continue;
      const std::string name = used == 1 ? database : unused_name(plain_name(target.name), names);
      import_.databases.push_back({name, name, "", std::move(*image)});
    }
    if (import_.databases.empty())
      return fail(ErrorCode::kNotADatabase, "the script makes no table that can be read.");
    if (import_.databases.size() > 1)
      import_.notes.push_back({scripts_.front().name,
                               "it fills several databases, which keep "
                               "their own names"});
    return {};
  }

 private:
  using Statement = SqlScript::Statement;

  Result<void> run_script(std::size_t index) {
    if (taken_[index]) return {};
    taken_[index] = true;
    const std::string name = scripts_[index].name;
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
    if (statement.command) return take_command(statement.text);
    const StatementHead head = statement_head(statement.text, dialect);
    const std::string shown = shown_statement(statement.text, head);
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

  // SQLite's own statements run as they are. Others, and those that fail so, are translated.
  Result<void> execute(const Statement& statement, const StatementHead& head, SqlDialect dialect,
                       const DumpKeys& keys) {
    if (dialect != SqlDialect::kSqlite) return run_translated(statement, dialect, keys);
    Target& target = targets_[current_];
    if (head.kind != "CREATE TABLE" || keys.empty()) {
      Result<void> done = target.builder.run(statement.text);
      if (done) return made(target, head.kind, head.name), Result<void>();
      if (done.error().code != ErrorCode::kSyntax || head.kind.ends_with("INDEX")) return done;
      if (run_translated(statement, dialect, keys)) return {};
      return done;
    }
    return run_translated(statement, dialect, keys);
  }

  Result<void> run_translated(const Statement& statement, SqlDialect dialect,
                              const DumpKeys& keys) {
    DumpStatement read = read_statement(statement.text, dialect);
    const std::string space = dialect == SqlDialect::kMySql ? read.name.space : "";
    if (is_server_database(space.empty() ? ignored_ : space))
      return skip("", read.kind + " " + read.name.table,
                  "tables of the server itself are not taken"),
             Result<void>();
    Target& target = space.empty() ? targets_[current_] : named_target(space);
    return run_in(target, statement, std::move(read), dialect, keys);
  }

  Result<void> run_in(Target& target, const Statement& statement, DumpStatement read,
                      SqlDialect dialect, const DumpKeys& keys) {
    const std::string kind = read.kind;
    const DumpName name = read.name;
    target.names.add_space(name.space);
    std::vector<std::string> added;
    if (kind == "CREATE TABLE") {
      target.names.add_table(name);
      added = keys.of(name, statement.at, target.names);
    }
    TranslatedStatement translated = translate(std::move(read), target.names, dialect, added);
    for (const std::string& sql : translated.sql) {
      Result<void> done = target.builder.run(sql);
      if (!done && !translated.computed.empty() && !is_fatal(done.error().code)) {
        if (!target.builder.run(translated.plain)) return done;
        skip("", "column " + join(translated.computed, ", "), done.error().message);
      } else if (!done) {
        return done;
      }
    }
    return made(target, kind, target.names.quoted(name)), Result<void>();
  }

  static void made(Target& target, const std::string& kind, const std::string& name) {
    if (kind == "CREATE TABLE") target.used = true;
    if (kind == "CREATE VIEW") target.views.push_back(name);
  }

  // Drops the views that cannot be read.
  Result<void> check_views(Target& target) {
    for (const std::string& view : target.views) {
      const Result<void> done = target.builder.run("SELECT 1 FROM " + view + " LIMIT 0");
      if (done || done.error().message == "no such table: " + unquoted(view)) continue;
      if (is_fatal(done.error().code)) return done;
      import_.skipped.push_back({"view " + unquoted(view), done.error().message});
      if (auto ok = target.builder.run("DROP VIEW IF EXISTS " + view); !ok) return ok;
    }
    return {};
  }

  Target& add_target(const std::string& name) {
    targets_.push_back({name, DatabaseBuilder(options_.stopped), {}, {}, false});
    return targets_.back();
  }

  Target* find_target(const std::string& name) {
    for (Target& target : targets_)
      if (equal_ignoring_case(target.name, name)) return &target;
    return nullptr;
  }

  Target& named_target(const std::string& name) {
    if (Target* found = find_target(name)) return *found;
    if (!targets_[current_].name.empty()) return add_target(name);
    targets_[current_].name = name;
    return targets_[current_];
  }

  void use(std::string_view statement, SqlDialect dialect) {
    std::size_t at = 1;
    switch_to(read_name(dump_tokens(statement, dialect), at).table, dialect);
  }

  void switch_to(const std::string& name, SqlDialect dialect) {
    ignored_ = dialect == SqlDialect::kMySql && is_server_database(name) ? name : "";
    if (name.empty() || !ignored_.empty()) return;
    Target* found = find_target(name);
    if (found == nullptr && !targets_[current_].used) {
      targets_[current_].name = name;
      found = &targets_[current_];
    }
    if (found == nullptr) found = &add_target(name);
    found->names.add_space(name);
    current_ = static_cast<std::size_t>(found - targets_.data());
  }

  static bool is_server_database(const std::string& name) {
    return one_of(to_lower(name), kServerDatabases);
  }

  // A line for the client program.
  Result<void> take_command(std::string_view line) {
    std::string_view word = line.substr(0, line.find_first_of(" \t"));
    const std::string rest(trim(line.substr(word.size())));
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
  std::vector<Target> targets_;
  std::size_t current_ = 0;
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
