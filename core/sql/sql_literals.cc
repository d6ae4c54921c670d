#include "core/sql/sql_literals.h"

#include <cstdlib>

#include "core/base/text.h"
#include "core/sql/schema.h"

namespace sqlenv {
namespace {

std::optional<Value> read_text(std::string_view inside) {
  std::string text;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\'' && (++i == inside.size() || inside[i] != '\'')) return std::nullopt;
    text += inside[i];
  }
  return Value(std::move(text));
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::optional<Value> read_blob(std::string_view inside) {
  if (inside.size() % 2 != 0) return std::nullopt;
  Blob blob;
  for (std::size_t i = 0; i < inside.size(); i += 2) {
    const std::optional<int> high = hex_digit(inside[i]);
    const std::optional<int> low = hex_digit(inside[i + 1]);
    if (!high || !low) return std::nullopt;
    blob.bytes += static_cast<char>(*high * 16 + *low);
  }
  return Value(std::move(blob));
}

std::optional<Value> read_number(const std::string& text) {
  if (text.find_first_not_of("+-.0123456789eE") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  if (text.find_first_of(".eE") == std::string::npos) {
    const long long whole = std::strtoll(text.c_str(), &end, 10);
    if (end == text.c_str() || *end != '\0') return std::nullopt;
    return Value(static_cast<std::int64_t>(whole));
  }
  const double real = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || *end != '\0') return std::nullopt;
  return Value(real);
}

}  // namespace

std::string quote_text(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

std::string sql_name(std::string_view name) {
  bool plain = !name.empty() && (name[0] < '0' || name[0] > '9');
  for (char c : name)
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_');
  const std::string lower = to_lower(name);
  for (std::string_view keyword :
       {"order",       "group",        "index",        "table",
        "select",      "from",         "where",        "case",
        "by",          "to",           "in",           "is",
        "as",          "on",           "or",           "and",
        "not",         "null",         "values",       "default",
        "check",       "limit",        "primary",      "references",
        "transaction", "set",          "union",        "when",
        "then",        "else",         "end",          "between",
        "like",        "add",          "all",          "alter",
        "create",      "drop",         "delete",       "insert",
        "update",      "join",         "natural",      "left",
        "right",       "full",         "cross",        "inner",
        "outer",       "having",       "distinct",     "exists",
        "into",        "unique",       "using",        "foreign",
        "constraint",  "collate",      "commit",       "escape",
        "isnull",      "notnull",      "returning",    "autoincrement",
        "deferrable",  "current_date", "current_time", "current_timestamp",
        "window",      "over",         "filter",       "except",
        "intersect"})
    plain = plain && lower != keyword;
  return plain ? std::string(name) : quote_identifier(name);
}

std::vector<std::string_view> split_literals(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '\'') quoted = !quoted;
    if (i < text.size() && (quoted || text[i] != separator)) continue;
    pieces.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return pieces;
}

std::optional<Value> read_sql_literal(std::string_view text) {
  if (text == "NULL") return Value(Null{});
  if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'')
    return read_text(text.substr(1, text.size() - 2));
  if (text.size() >= 3 && text.substr(0, 2) == "X'" && text.back() == '\'')
    return read_blob(text.substr(2, text.size() - 3));
  return read_number(std::string(text));
}

}  // namespace sqlenv
