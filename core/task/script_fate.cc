#include "core/task/script_fate.h"

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::string_view kMustRun =
    "|INSERT|REPLACE|UPDATE|DELETE|MERGE|TRUNCATE|CREATE TABLE|COPY|LOAD|BULK|";
constexpr std::string_view kMayRun =
    "|CREATE INDEX|CREATE VIEW|DROP TABLE|DROP VIEW|DROP INDEX|ALTER TABLE|";
constexpr std::string_view kSilent =
    "|BEGIN|COMMIT|END|START|SAVEPOINT|RELEASE|PRAGMA|ANALYZE|VACUUM|REINDEX|"
    "SET|LOCK|UNLOCK|"
    "FLUSH|CREATE DATABASE|CREATE SCHEMA|DROP DATABASE|DROP "
    "SCHEMA|REFRESH|PRINT||";
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

}  // namespace

bool listed(std::string_view kind, std::string_view list) {
  const std::size_t at = list.find(kind);
  return at != std::string_view::npos && list.find('|' + std::string(kind) + '|') != list.npos;
}

Fate fate_of(const std::string& kind, std::string_view statement, SqlDialect dialect) {
  if (dialect == SqlDialect::kSqlite && writes_sqlite_table(statement))
    return to_lower(statement.substr(0, 40)).find("sqlite_sequence") == std::string::npos
               ? Fate::kSkip  // sqlite3 dumps virtual tables by writing to the
                              // schema
               : Fate::kSilent;
  if (listed(kind, kMustRun)) return Fate::kMustRun;
  if (listed(kind, kMayRun)) return Fate::kMayRun;
  // BEGIN … END of SQL Server and Oracle is a program.
  if (kind == "BEGIN" && dialect >= SqlDialect::kSqlServer && statement.size() > 24)
    return Fate::kSkip;
  if (kind == "ROLLBACK") return Fate::kRefuse;
  if (kind == "USE") return Fate::kUse;
  return listed(kind, kSilent) ? Fate::kSilent : Fate::kSkip;
}

bool holds_insert(std::string_view statement, SqlDialect dialect) {
  for (std::size_t at = 0; at < statement.size();) {
    const SqlToken token = dialect_token_at(statement, at, dialect);
    if (token.is_word() && equal_ignoring_case(token.in(statement), "INSERT")) return true;
    at = token.end;
  }
  return false;
}

std::size_t body_of_if(std::string_view text, SqlDialect dialect) {
  bool holds = false;
  std::string last;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const SqlToken token = dialect_token_at(text, at, dialect);
    at = token.end;
    if (token.is_blank()) continue;
    const std::string word = token.end - token.begin > 20 ? "" : to_upper(token.in(text));
    depth += word == "(" ? 1 : word == ")" ? -1 : 0;
    holds = holds || (last == "IF" && word == "NOT") || (last == "IS" && word == "NULL");
    if (depth == 0 && word == "CREATE") return holds ? token.begin : text.size();
    last = word;
  }
  return text.size();
}

}  // namespace sqlenv
