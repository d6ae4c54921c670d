#include "core/task/generate/question_sql.h"

#include <algorithm>
#include <array>
#include <variant>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/sql/schema.h"

namespace sqlenv::generate {
namespace {

// SQLite's keywords (lang_keywords.html). Quoting one that could stand bare does no harm.
constexpr std::array<std::string_view, 147> kKeywords = {"abort",
                                                         "action",
                                                         "add",
                                                         "after",
                                                         "all",
                                                         "alter",
                                                         "always",
                                                         "analyze",
                                                         "and",
                                                         "as",
                                                         "asc",
                                                         "attach",
                                                         "autoincrement",
                                                         "before",
                                                         "begin",
                                                         "between",
                                                         "by",
                                                         "cascade",
                                                         "case",
                                                         "cast",
                                                         "check",
                                                         "collate",
                                                         "column",
                                                         "commit",
                                                         "conflict",
                                                         "constraint",
                                                         "create",
                                                         "cross",
                                                         "current",
                                                         "current_date",
                                                         "current_time",
                                                         "current_timestamp",
                                                         "database",
                                                         "default",
                                                         "deferrable",
                                                         "deferred",
                                                         "delete",
                                                         "desc",
                                                         "detach",
                                                         "distinct",
                                                         "do",
                                                         "drop",
                                                         "each",
                                                         "else",
                                                         "end",
                                                         "escape",
                                                         "except",
                                                         "exclude",
                                                         "exclusive",
                                                         "exists",
                                                         "explain",
                                                         "fail",
                                                         "filter",
                                                         "first",
                                                         "following",
                                                         "for",
                                                         "foreign",
                                                         "from",
                                                         "full",
                                                         "generated",
                                                         "glob",
                                                         "group",
                                                         "groups",
                                                         "having",
                                                         "if",
                                                         "ignore",
                                                         "immediate",
                                                         "in",
                                                         "index",
                                                         "indexed",
                                                         "initially",
                                                         "inner",
                                                         "insert",
                                                         "instead",
                                                         "intersect",
                                                         "into",
                                                         "is",
                                                         "isnull",
                                                         "join",
                                                         "key",
                                                         "last",
                                                         "left",
                                                         "like",
                                                         "limit",
                                                         "match",
                                                         "materialized",
                                                         "natural",
                                                         "no",
                                                         "not",
                                                         "nothing",
                                                         "notnull",
                                                         "null",
                                                         "nulls",
                                                         "of",
                                                         "offset",
                                                         "on",
                                                         "or",
                                                         "order",
                                                         "others",
                                                         "outer",
                                                         "over",
                                                         "partition",
                                                         "plan",
                                                         "pragma",
                                                         "preceding",
                                                         "primary",
                                                         "query",
                                                         "raise",
                                                         "range",
                                                         "recursive",
                                                         "references",
                                                         "regexp",
                                                         "reindex",
                                                         "release",
                                                         "rename",
                                                         "replace",
                                                         "restrict",
                                                         "returning",
                                                         "right",
                                                         "rollback",
                                                         "row",
                                                         "rows",
                                                         "savepoint",
                                                         "select",
                                                         "set",
                                                         "table",
                                                         "temp",
                                                         "temporary",
                                                         "then",
                                                         "ties",
                                                         "to",
                                                         "transaction",
                                                         "trigger",
                                                         "unbounded",
                                                         "union",
                                                         "unique",
                                                         "update",
                                                         "using",
                                                         "vacuum",
                                                         "values",
                                                         "view",
                                                         "virtual",
                                                         "when",
                                                         "where",
                                                         "window",
                                                         "with",
                                                         "without"};

bool is_word_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) {
  return is_word_start(c) || is_digit(c) || static_cast<unsigned char>(c) > 127;
}

// The end of the quoted text or the run of like characters that begins at `at`.
std::size_t piece_end(std::string_view sql, std::size_t at) {
  const char c = sql[at];
  std::size_t end = at + 1;
  if (c == '\'' || c == '"') {
    while (end < sql.size() && (sql[end] != c || (end + 1 < sql.size() && sql[end + 1] == c)))
      end += sql[end] == c ? 2 : 1;
    return std::min(end + 1, sql.size());
  }
  if (!is_word(c)) return end;
  while (end < sql.size() && (is_word(sql[end]) || (is_digit(c) && sql[end] == '.'))) ++end;
  return end;
}

template <class Visit>
void for_each_piece(std::string_view sql, Visit visit) {
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = piece_end(sql, at);
    if (sql[at] != ' ') visit(sql.substr(at, end - at));
    at = end;
  }
}

}  // namespace

std::string identifier(std::string_view name) {
  const bool plain =
      !name.empty() && is_word_start(name.front()) &&
      std::all_of(name.begin(), name.end(), [](char c) { return is_word_start(c) || is_digit(c); });
  const std::string low = to_lower(name);
  const bool reserved = std::find(kKeywords.begin(), kKeywords.end(), low) != kKeywords.end();
  return plain && !reserved ? std::string(name) : quote_identifier(name);
}

std::string text_literal(std::string_view text) {
  std::string sql = "'";
  for (const char c : text) {
    if (c == '\'') sql += '\'';
    sql += c;
  }
  return sql + "'";
}

std::string literal(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text_literal(*text);
  SQLENV_CHECK(std::holds_alternative<std::int64_t>(value) ||
               std::holds_alternative<double>(value));
  return display_text(value);
}

std::string where(const std::vector<std::string>& conditions) {
  return conditions.empty() ? std::string() : " WHERE " + join(conditions, " AND ");
}

std::string normalised_sql(std::string_view sql) {
  std::string text;
  for_each_piece(sql, [&](std::string_view piece) {
    text += piece.front() == '\'' ? std::string(piece) : to_lower(piece);
    text += ' ';
  });
  return text;
}

std::string sql_skeleton(std::string_view sql) {
  std::string text;
  for_each_piece(sql, [&](std::string_view piece) {
    text += piece.front() == '\'' || is_digit(piece.front()) ? "?" : to_lower(piece);
    text += ' ';
  });
  return text;
}

}  // namespace sqlenv::generate
