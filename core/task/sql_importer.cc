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
#include "core/task/script_fate.h"
#include "core/task/script_format.h"
#include "core/task/script_report.h"
#include "core/task/sql_script.h"
#include "core/task/text_encoding.h"

namespace sqlenv {
namespace {

constexpr std::string_view kShellFiles = "|.read|source|\\.|\\i|\\ir|:r|start|@|@@|";
constexpr std::string_view kShellSilent =
    "|go|/"
    "|rem|remark|prompt|set|spool|whenever|define|exit|quit|column|ttitle|"
    "clear|pause|show|"
    "\\restrict|\\unrestrict|";
constexpr int kDeepest = 8;
constexpr std::size_t kMostDatabases = 500;
constexpr int kMostTables = 20'000;  // of another system
constexpr std::string_view kServerDatabases = "mysql sys information_schema performance_schema";

// The systems whose notes tell what is left out of each CREATE TABLE.
constexpr std::array<const char*, 5> kSystems = {"", "MySQL", "PostgreSQL", "SQL Server", "Oracle"};

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
    // Files of rows wait for the script that names them.
    for (std::size_t i = 0; i < scripts_.size(); ++i)
      if (scripts_.size() == 1 || !scripts_[i].name.ends_with(".dat"))
        if (auto ok = run_script(i); !ok) return ok;
    for (std::size_t i = 0; i < scripts_.size(); ++i)
      if (!taken_[i]) import_.skipped.push_back({scripts_[i].name, "no script reads it"});
    report_.finish();
    return {};
  }

  Result<void> finish(const std::string& database) {
    if (auto ok = databases_.finish(database, import_); !ok) return ok;
    for (const PackDatabase& made : import_.databases)
      note_left_out(scripts_.front().name, made.image.schema(), import_.notes);
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
    for (const std::string& why : decoded->notes) import_.notes.push_back({name, why});
    SqlDialect dialect = guess_dialect(decoded->text);
    if (dialect == SqlDialect::kSqlite) dialect = dialect_;  // rows for the script before
    dialect_ = dialect;
    if (dialect != SqlDialect::kSqlite)
      import_.notes.push_back({name, std::string("read as ") + kSystems[static_cast<int>(dialect)] +
                                         "'s SQL; plain indexes, checks and comments are left out, "
                                         "and views are computed by SQLite's rules"});
    return run_text(name, decoded->text, dialect);
  }

  Result<void> run_text(const std::string& name, const std::string& text, SqlDialect dialect) {
    const DumpKeys keys(text, dialect);
    return run_statements(name, text, dialect, keys, {});
  }

  // Runs a script, or a part of one that begins at `from`.
  Result<void> run_statements(const std::string& name, const std::string& text, SqlDialect dialect,
                              const DumpKeys& keys, const Statement& from) {
    SqlScript script(text, dialect);
    for (Statement statement; script.next(statement);) {
      if (options_.stopped && options_.stopped())
        return fail(ErrorCode::kTimeout, "the import was stopped.");
      statement.line += from.line;
      statement.at += from.at;
      name_ = &name;
      line_ = statement.line;
      dialect_ = dialect;
      if (auto ok = take(statement, dialect, keys); !ok) return ok;
      name_ = &name;  // another script may have run within
      if (databases_.size() > kMostDatabases)
        return failure(ErrorCode::kTooLarge, ": the script fills more than 500 databases.");
    }
    return {};
  }

  // Where the current statement stands.
  std::string place() const { return *name_ + ", line " + std::to_string(line_); }

  tl::unexpected<Error> failure(ErrorCode code, const std::string& what) const {
    return fail(code, place() + what);
  }

  void skip(const std::string& kind, const std::string& shown, const std::string& why) {
    report_.skip(kind, place() + " (" + shown + ")", why);
  }

  Result<void> take(const Statement& statement, SqlDialect dialect, const DumpKeys& keys) {
    if (!statement.complete)
      return failure(ErrorCode::kSyntax,
                     ": the file ends inside a string, a name or a comment; it is cut short.");
    if (statement.command) return take_command(statement.text);
    const StatementHead head = statement_head(statement.text, dialect);
    const bool program =
        head.kind == "BEGIN" && fate_of(head.kind, statement.text, dialect) == Fate::kSkip;
    if ((program || head.kind == "IF") && depth_ < kDeepest) {
      const std::size_t body = program ? head.kind.size() : body_of_if(statement.text, dialect);
      if (body < statement.text.size()) return run_body(statement, body, dialect, keys);
    }
    if (dialect != SqlDialect::kMySql && learn(head.kind, statement.text, dialect)) return {};
    return treat(statement, head, dialect, keys);
  }

  // Runs what stands behind the condition of IF, or behind BEGIN.
  Result<void> run_body(const Statement& statement, std::size_t body, SqlDialect dialect,
                        const DumpKeys& keys) {
    const std::string_view before = statement.text.substr(0, body);
    Statement from;
    from.line = statement.line - 1 + std::count(before.begin(), before.end(), '\n');
    from.at = statement.at + body;
    ++depth_;
    auto ok = run_statements(*name_, std::string(statement.text.substr(body)), dialect, keys, from);
    --depth_;
    return ok;
  }

  Result<void> treat(const Statement& statement, const StatementHead& head, SqlDialect dialect,
                     const DumpKeys& keys) {
    const Fate fate = fate_of(head.kind, statement.text, dialect);
    if (fate == Fate::kSilent) return {};
    if (fate == Fate::kUse) return use(statement.text, dialect), Result<void>();
    if (fate == Fate::kRefuse)
      return failure(ErrorCode::kNotADatabase,
                     ": the script takes back what it did (ROLLBACK), as dumps of damaged "
                     "databases do.");
    if (fate == Fate::kSkip && dialect == SqlDialect::kSqlite && head.kind == "INSERT")
      return skip_virtual_table(statement.text), Result<void>();
    if (fate == Fate::kSkip && one_of(head.kind, "BEGIN DECLARE IF WHILE FOR LOOP DO WITH") &&
        holds_insert(statement.text, dialect))
      return failure(ErrorCode::kSyntax,
                     ": a program that adds rows is not run. Write its rows as "
                     "INSERT statements.");
    if (fate == Fate::kSkip)
      return skip(head.kind, shown_statement(statement.text, head),
                  "such statements are not taken"),
             Result<void>();
    const Result<void> done = execute(statement, head, dialect, keys);
    if (done) return {};
    const std::string shown = shown_statement(statement.text, head);
    if (fate == Fate::kMayRun && !is_fatal(done.error().code))
      return skip(head.kind, shown, done.error().message), Result<void>();
    return failure(done.error().code, " (" + shown + "): " + done.error().message);
  }

  // INSERT INTO sqlite_schema VALUES('table','docs','docs',0,'CREATE VIRTUAL TABLE …')
  void skip_virtual_table(std::string_view text) {
    const DumpTokens tokens = dump_tokens(text, SqlDialect::kSqlite);
    std::size_t at = 0;
    for (int strings = 0; at < tokens.size() && strings < 2; ++at)
      strings += is_string(tokens, at) ? 1 : 0;
    const std::string name = at == 0 ? "" : unquoted(tokens[at - 1].text);
    skip("", "virtual table " + name, "virtual tables and the tables of their index are not taken");
    databases_.current().virtual_tables.push_back(name);
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
    if (++tables_ > kMostTables)
      return fail(ErrorCode::kTooLarge, "the script makes more than 20,000 tables.");
    database.names.add_table(name);
    if (const std::string own = database.names.quoted(name); own != quote_identifier(name.table))
      import_.notes.push_back(
          {place(), "the table is called " + own + ", since another schema has one of its name"});
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
    if (statement.rows_line == 0) return copy_file(database, read);
    return add_rows(database, read, statement.rows, statement.rows_line);
  }

  // COPY … FROM '…/3057.dat', as a dump in the tar format has it beside its files.
  Result<void> copy_file(DumpDatabase& database, const DumpStatement& read) {
    std::size_t at = read.at;
    while (at < read.tokens.size() && !is_string(read.tokens, at)) ++at;
    const std::size_t index =
        at < read.tokens.size() ? find_script(unquoted(read.tokens[at].text)) : scripts_.size();
    if (index == scripts_.size())
      return fail(
          ErrorCode::kNotFound,
          "its rows are in another file. Import that file together with the script, or dump "
          "the database with \"pg_dump --format=plain\".");
    taken_[index] = true;
    Result<DecodedText> rows = decode_text(scripts_[index].bytes);
    if (!rows) return fail(rows.error());
    const std::string_view text = rows->text;
    const std::size_t end = text.starts_with("\\.") ? 0 : text.find("\n\\.");
    return add_rows(database, read, text.substr(0, end), 1);
  }

  static Result<void> add_rows(DumpDatabase& database, const DumpStatement& read,
                               std::string_view rows, std::int64_t first_line) {
    std::int64_t line = -1;
    Result<void> done = copy_rows(read, rows, database.names, database.builder, line);
    if (!done && line >= 0)
      return fail(done.error().code,
                  "line " + std::to_string(first_line + line) + ": " + done.error().message);
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
    const std::string command = to_lower(word.substr(0, word.find(';')));
    if (listed(command, kShellSilent)) return {};
    if (listed(command, kShellFiles))
      return run_file(std::string_view(rest).substr(0, rest.find(';')), line);
    skip(std::string(word), std::string(word), "lines for another program are not taken");
    return {};
  }

  // The script of that name, whatever folder the path names; the number of scripts if it is not
  // there.
  std::size_t find_script(std::string_view path) const {
    const std::string_view name = path.substr(path.find_last_of("/\\") + 1);
    std::size_t index = 0;
    while (index < scripts_.size() && scripts_[index].name != name) ++index;
    return index;
  }

  Result<void> run_file(std::string_view file, std::string_view line) {
    file = trim(file);
    while (file.starts_with('\'') || file.starts_with('"')) file.remove_prefix(1);
    while (file.ends_with('\'') || file.ends_with('"')) file.remove_suffix(1);
    if (const std::size_t index = find_script(file); index < scripts_.size())
      return run_script(index);
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
  int tables_ = 0;
  int depth_ = 0;                      // of IF and BEGIN
  const std::string* name_ = nullptr;  // of the current script
  std::int64_t line_ = 0;              // of the current statement
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
