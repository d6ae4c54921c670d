#include "core/verify/gold.h"

#include <vector>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// The position after the quoted piece that opens at `i`. Doubled quotes stand for themselves.
std::size_t skip_quoted(std::string_view sql, std::size_t i) {
  const char close = sql[i] == '[' ? ']' : sql[i];
  for (++i; i < sql.size(); ++i) {
    if (sql[i] != close) continue;
    if (i + 1 < sql.size() && sql[i + 1] == close && close != ']') ++i;
    else return i + 1;
  }
  return i;
}

std::size_t skip_comment(std::string_view sql, std::size_t i) {
  const bool line = sql[i] == '-';
  const std::size_t end = sql.find(line ? "\n" : "*/", i + 2);
  if (end == std::string_view::npos) return sql.size();
  return end + (line ? 1 : 2);
}

bool starts_comment(std::string_view sql, std::size_t i) {
  const std::string_view two = sql.substr(i, 2);
  return two == "--" || two == "/*";
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// The words at parenthesis depth zero, in lower case; anything else between them is "".
std::vector<std::string> outer_words(std::string_view sql) {
  std::vector<std::string> words;
  int depth = 0;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    if (starts_comment(sql, i)) {
      i = skip_comment(sql, i);
    } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
      i = skip_quoted(sql, i);
      if (depth == 0) words.emplace_back();
    } else if (is_word(c)) {
      const std::size_t start = i;
      while (i < sql.size() && is_word(sql[i])) ++i;
      if (depth == 0) words.push_back(to_lower(sql.substr(start, i - start)));
    } else {
      if (c == '(') ++depth;
      if (c == ')') --depth;
      if (!trim(sql.substr(i, 1)).empty() && depth == 0) words.emplace_back();
      ++i;
    }
  }
  return words;
}

}  // namespace

bool has_outer_order_by(std::string_view sql) {
  const std::vector<std::string> words = outer_words(sql);
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == "order" && words[i + 1] == "by") return true;
  return false;
}

Result<Gold> compute_gold(Database& database, const std::string& gold_sql) {
  QueryLimits limits;
  limits.max_operations = 2'000'000'000;
  Result<ResultTable> table = database.query(gold_sql, limits);
  if (!table) return fail(table.error());
  return Gold{std::move(*table), has_outer_order_by(gold_sql)};
}

}  // namespace sqlenv
