#include "core/task/dump_statement.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/dump_table.h"
#include "core/task/dump_values.h"

namespace sqlenv {
namespace {

constexpr int kHeadTokens = 40;
constexpr std::string_view kObjects =
    "TABLE VIEW INDEX TRIGGER PROCEDURE PROC FUNCTION EVENT DATABASE SCHEMA "
    "SEQUENCE TYPE DOMAIN "
    "EXTENSION ROLE USER LOGIN AGGREGATE RULE POLICY PACKAGE SYNONYM LANGUAGE "
    "OPERATOR CAST "
    "COLLATION SERVER PUBLICATION SUBSCRIPTION TABLESPACE SESSION SYSTEM";
constexpr std::string_view kOtherKinds = "TEMP TEMPORARY VIRTUAL FOREIGN EXTERNAL";
constexpr std::string_view kBeforeName =
    "IF NOT EXISTS ONLY INTO IGNORE LOW_PRIORITY DELAYED HIGH_PRIORITY OR "
    "REPLACE ABORT FAIL FROM "
    "TABLE CONCURRENTLY QUICK";

bool has_object(std::string_view verb) { return one_of(verb, "CREATE DROP ALTER COMMENT"); }

std::string insert_verb(const DumpStatement& statement) {
  std::string verb = statement.tokens[0].word;
  for (std::size_t i = 1; i < statement.name_at; ++i) {
    const std::string& word = statement.tokens[i].word;
    if (word == "IGNORE") verb += " OR IGNORE";
    if (word == "OR" && i + 1 < statement.name_at) verb += " OR " + statement.tokens[i + 1].text;
  }
  return verb + " INTO ";
}

// SET a = 1, b = 2 becomes (a, b) VALUES (1, 2).
std::string set_clause(const DumpTokens& tokens, DumpSpan span) {
  std::string names;
  std::string values;
  for (const DumpSpan& item : items_of(tokens, span)) {
    std::size_t at = item.first;
    while (at < item.second && !is_symbol(tokens, at, '=')) ++at;
    if (at + 1 >= item.second) return joined(tokens, span.first, span.second);
    const std::string comma = names.empty() ? "" : ", ";
    names += comma + joined(tokens, item.first, at);
    values += comma + joined(tokens, at + 1, item.second);
  }
  return "(" + names + ") VALUES (" + values + ")";
}

// Where ON DUPLICATE KEY UPDATE begins; the end if it is not there.
std::size_t find_duplicate(const DumpTokens& tokens, std::size_t from) {
  while (from < tokens.size() &&
         !(tokens[from].word == "ON" && is_word(tokens, from + 1, "DUPLICATE")))
    ++from;
  return from;
}

// ON DUPLICATE KEY UPDATE a = VALUES(a)
std::string duplicate_clause(DumpTokens& tokens, std::size_t at) {
  if (at + 4 > tokens.size()) return "";
  for (std::size_t i = at + 4; i + 3 < tokens.size(); ++i) {
    if (tokens[i].word != "VALUES" || !is_symbol(tokens, i + 1, '(')) continue;
    tokens[i] = {"excluded", ""};
    tokens[i + 1] = {".", ""};
    cut(tokens, i + 3, i + 4);
  }
  return " ON CONFLICT DO UPDATE SET " + joined(tokens, at + 4, tokens.size());
}

// PostgreSQL writes bytes as '\\x0aff'.
void rewrite_bytes(DumpTokens& tokens) {
  for (DumpToken& token : tokens)
    if (token.text.starts_with("'\\x") && token.text.size() % 2 == 0 &&
        hex_blob(std::string_view(token.text).substr(3, token.text.size() - 4)))
      token.text = "X'" + token.text.substr(3);
}

// A row without the cells that are DEFAULT: "(a, c) VALUES (1, 3)".
std::string row_sql(const DumpTokens& tokens, std::size_t open,
                    const std::vector<std::string>& names) {
  std::string columns;
  std::string values;
  const std::vector<DumpSpan> items = group_items(tokens, open);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (is_word(tokens, items[i].first, "DEFAULT")) continue;
    const std::string comma = columns.empty() ? "" : ", ";
    columns += comma + (i < names.size() ? names[i] : "\"\"");
    values += comma + joined(tokens, items[i].first, items[i].second);
  }
  return columns.empty() ? "DEFAULT VALUES" : "(" + columns + ") VALUES (" + values + ")";
}

// A statement for each row, if a value is DEFAULT, which SQLite does not know. `at` is the list of
// columns or VALUES.
std::vector<std::string> rows_with_defaults(const DumpTokens& tokens, std::size_t at,
                                            const std::vector<DumpColumn>* known,
                                            const std::string& head) {
  std::vector<std::string> names;
  if (is_symbol(tokens, at, '(')) {
    for (const DumpSpan& item : group_items(tokens, at))
      names.push_back(joined(tokens, item.first, item.second));
    at = after_group(tokens, at);
  } else if (known != nullptr) {
    for (const DumpColumn& column : *known) names.push_back(quote_identifier(column.name));
  }
  std::vector<std::string> sql;
  for (++at; is_symbol(tokens, at, '('); at += is_symbol(tokens, at, ',') ? 1 : 0) {
    sql.push_back(head + row_sql(tokens, at, names));
    at = after_group(tokens, at);
  }
  return at < tokens.size() ? std::vector<std::string>() : sql;
}

std::vector<std::string> insert_sql(DumpStatement& statement, const DumpNames& names,
                                    SqlDialect dialect, bool& clock) {
  DumpTokens& tokens = statement.tokens;
  const std::vector<DumpColumn>* columns = names.columns_of(statement.name);
  clock = rewrite_values(tokens, dialect, DumpPlace::kRows);
  if (columns != nullptr &&
      std::any_of(columns->begin(), columns->end(),
                  [](const DumpColumn& column) { return column.type == 'y'; }))
    rewrite_bytes(tokens);
  const std::string head = insert_verb(statement) + names.quoted(statement.name) + " ";
  const std::size_t at = statement.at;
  if (is_word(tokens, at, "SET") || dialect == SqlDialect::kMySql) {
    const std::size_t end = find_duplicate(tokens, at);
    const std::string update = end < tokens.size() ? duplicate_clause(tokens, end) : "";
    if (is_word(tokens, at, "SET")) return {head + set_clause(tokens, {at + 1, end}) + update};
    if (!update.empty()) return {head + joined(tokens, at, end) + update};
  }
  const std::size_t values = is_symbol(tokens, at, '(') ? after_group(tokens, at) : at;
  if (is_word(tokens, values, "OVERRIDING")) cut(tokens, values, values + 3);
  if (is_word(tokens, values, "VALUE")) tokens[values].text = tokens[values].word = "VALUES";
  const bool rows = is_word(tokens, values, "VALUES");
  if (rows && values == at + 2 && tokens.size() == values + 3) return {head + "DEFAULT VALUES"};
  if (rows && find_word(tokens, values, "DEFAULT") < tokens.size())
    if (auto sql = rows_with_defaults(tokens, at, columns, head); !sql.empty()) return sql;
  return {head + joined(tokens, at, tokens.size())};
}

// INSERT ALL INTO a VALUES (1) INTO b (x) VALUES (2) SELECT * FROM dual
std::vector<std::string> insert_all(DumpStatement& statement, const DumpNames& names,
                                    SqlDialect dialect, bool& clock) {
  std::vector<std::string> sql;
  DumpTokens& tokens = statement.tokens;
  clock = rewrite_values(tokens, dialect, DumpPlace::kRows);
  for (std::size_t at = find_word(tokens, 0, "INTO"); is_word(tokens, at, "INTO");) {
    const std::string name = names.quoted_at(tokens, ++at);
    const std::size_t values = find_word(tokens, at, "VALUES");
    const std::size_t end = after_group(tokens, std::min(values + 1, tokens.size()));
    sql.push_back("INSERT INTO " + name + " " + joined(tokens, at, end));
    at = end;
  }
  return sql;
}

std::vector<std::string> view_sql(DumpStatement& statement, const DumpNames& names,
                                  SqlDialect dialect) {
  DumpTokens& tokens = statement.tokens;
  std::vector<std::string> sql;
  if (is_word(tokens, 1, "OR") && is_word(tokens, 2, "REPLACE"))
    sql.push_back("DROP VIEW IF EXISTS " + names.quoted(statement.name));
  cut(tokens, 0, statement.at);
  names.strip_spaces(tokens);
  rewrite_values(tokens, dialect, DumpPlace::kView);
  std::size_t end = tokens.size();
  for (std::size_t i = end > 5 ? end - 5 : 0; i < end; ++i)
    if (tokens[i].word == "WITH" &&
        (is_word(tokens, end - 1, "OPTION") || is_word(tokens, end - 1, "DATA")))
      end = i;
  sql.push_back("CREATE VIEW " + names.quoted(statement.name) + " " + joined(tokens, 0, end));
  return sql;
}

// Whether what is added or dropped is no column.
bool is_no_column(const DumpTokens& tokens, std::size_t at, SqlDialect dialect) {
  return is_constraint(tokens, at, dialect) || is_word(tokens, at, "PARTITION") ||
         is_word(tokens, at, "DEFAULT");
}

std::vector<std::string> alter_sql(const DumpStatement& statement, const DumpNames& names,
                                   SqlDialect dialect) {
  std::vector<std::string> sql;
  const DumpTokens& tokens = statement.tokens;
  const std::string head = "ALTER TABLE " + names.quoted(statement.name) + " ";
  for (const DumpSpan& item : items_of(tokens, {statement.at, tokens.size()})) {
    if (item.first >= item.second) continue;
    const std::string& word = tokens[item.first].word;
    if (one_of(word, "RENAME CHANGE") ||
        (word == "DROP" && !is_no_column(tokens, item.first + 1, dialect)))
      sql.push_back(head + joined(tokens, item.first, item.second));
    if (word != "ADD") continue;
    for (auto [at, end] : added_items(tokens, item)) {
      while (at < end && one_of(tokens[at].word, "COLUMN IF NOT EXISTS")) ++at;
      std::vector<std::string> computed;
      if (at < end && !is_no_column(tokens, at, dialect))
        sql.push_back(head + "ADD COLUMN " +
                      table_column(tokens, {at, end}, names, dialect, computed));
    }
  }
  return sql;
}

// A statement for each of several names: DROP TABLE a, b; TRUNCATE a, b.
std::vector<std::string> each_name(const DumpStatement& statement, const DumpNames& names,
                                   const std::string& head) {
  std::vector<std::string> sql;
  for (const DumpSpan& item :
       items_of(statement.tokens, {statement.name_at, statement.tokens.size()})) {
    std::size_t at = item.first;
    if (at < item.second) sql.push_back(head + names.quoted_at(statement.tokens, at));
  }
  return sql;
}

}  // namespace

StatementHead statement_head(std::string_view statement, SqlDialect dialect) {
  StatementHead head;
  std::string verb;
  bool named = false;  // whether the name is next
  std::size_t at = 0;
  for (int count = 0; at < statement.size() && count < kHeadTokens; ++count) {
    const SqlToken token = dialect_token_at(statement, at, dialect);
    at = token.end;
    if (token.is_blank()) continue;
    const std::string word = token.is_word() ? to_upper(token.in(statement)) : "";
    if (verb.empty()) {
      head.kind = verb = word;
      if (!has_object(verb)) break;
    } else if (named && !one_of(word, kBeforeName)) {
      head.name = token.in(statement);
      if (at + 1 < statement.size() && statement[at] == '.')
        head.name += "." + std::string(dialect_token_at(statement, at + 1, dialect).in(statement));
      break;
    } else if (!named && one_of(word, kOtherKinds)) {
      head.kind += " " + word;
    } else if (!named && one_of(word, kObjects)) {
      head.kind += " " + word;
      named = true;
    }
  }
  return head;
}

DumpStatement read_statement(std::string_view text, SqlDialect dialect) {
  DumpStatement statement;
  statement.kind = statement_head(text, dialect).kind;
  statement.tokens = dump_tokens(text, dialect);
  const DumpTokens& tokens = statement.tokens;
  std::size_t& at = statement.name_at;
  if (!tokens.empty() && has_object(tokens[0].word))
    while (at < tokens.size() && !one_of(tokens[at].word, kObjects)) ++at;
  ++at;
  while (at < tokens.size() && one_of(tokens[at].word, kBeforeName)) ++at;
  statement.at = at = std::min(at, tokens.size());
  statement.name = read_name(tokens, statement.at);
  return statement;
}

bool learn_names(const DumpStatement& statement, DumpNames& names, SqlDialect dialect) {
  const DumpTokens& tokens = statement.tokens;
  std::size_t at = statement.at;
  if (statement.kind == "SET") {
    at = find_word(tokens, 0, "SEARCH_PATH") + 2;  // behind = or TO
    if (at >= tokens.size()) return false;
    const std::string home = read_name(tokens, at).table;
    names.add_space(home);
    names.set_home(home);
  } else if (statement.kind.ends_with("SCHEMA")) {
    names.add_space(statement.name.table);
  } else if (is_word(tokens, at, "AS") && is_word(tokens, at + 1, "ENUM")) {
    names.add_type(statement.name.table, "TEXT");
  } else {
    if (is_word(tokens, at, "AS") || is_word(tokens, at, "FROM")) ++at;
    names.add_type(statement.name.table, column_type(tokens, at, tokens.size(), names, dialect));
  }
  return true;
}

TranslatedStatement translate(DumpStatement statement, const DumpNames& names, SqlDialect dialect,
                              const std::vector<std::string>& keys) {
  TranslatedStatement result;
  DumpTokens& tokens = statement.tokens;
  const std::string& kind = statement.kind;
  const bool named = !statement.name.table.empty();
  if (kind == "INSERT" && is_word(tokens, 1, "ALL")) {
    result.sql = insert_all(statement, names, dialect, result.clock);
  } else if (named && (kind == "INSERT" || kind == "REPLACE")) {
    result.sql = insert_sql(statement, names, dialect, result.clock);
  } else if (named && kind == "CREATE TABLE") {
    rewrite_values(tokens, dialect, DumpPlace::kTable);
    DumpTable table = create_table(tokens, statement.name_at, names, dialect, keys, true);
    if (!table.computed.empty())
      result.plain = create_table(tokens, statement.name_at, names, dialect, keys, false).sql;
    result.computed = std::move(table.computed);
    result.columns = std::move(table.columns);
    result.sql = {std::move(table.sql)};
  } else if (named && kind == "CREATE VIEW") {
    result.sql = view_sql(statement, names, dialect);
  } else if (named && kind == "ALTER TABLE") {
    rewrite_values(tokens, dialect, DumpPlace::kTable);
    result.sql = alter_sql(statement, names, dialect);
  } else if (named && (kind == "DROP TABLE" || kind == "DROP VIEW")) {
    result.sql = each_name(statement, names, kind + " IF EXISTS ");
  } else if (named && kind == "TRUNCATE") {
    result.sql = each_name(statement, names, "DELETE FROM ");
  } else if (!one_of(kind, "CREATE DROP") && !kind.ends_with(" INDEX")) {
    names.strip_spaces(tokens);
    result.clock = rewrite_values(tokens, dialect, DumpPlace::kRows);
    result.sql = {joined(tokens, 0, tokens.size())};
  }
  return result;
}

}  // namespace sqlenv
