#include "app/playground/hints.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv::ui {
namespace {

using Tokens = std::vector<SqlToken>;

// A keyword is not shown if the query also uses it as a name.
bool is_shown(const std::string& sql, const Tokens& tokens, const SqlToken& token) {
  if (token.kind != TokenKind::kKeyword) return token.kind == TokenKind::kFunction;
  return std::none_of(tokens.begin(), tokens.end(), [&](const SqlToken& other) {
    return other.kind == TokenKind::kName && equal_ignoring_case(other.in(sql), token.in(sql));
  });
}

// Keywords and functions, each once and in order, without those that nearly every query has.
std::string clauses(const std::string& sql) {
  constexpr std::array<std::string_view, 12> kPlain = {
      "SELECT", "FROM", "AS", "BY", "ON", "AND", "ASC", "INNER", "WHEN", "THEN", "ELSE", "END"};
  const Tokens tokens = sql_tokens(sql);
  std::vector<std::string> words;
  for (const SqlToken& token : tokens) {
    if (!is_shown(sql, tokens, token)) continue;
    std::string word = to_upper(token.in(sql));
    if (std::find(kPlain.begin(), kPlain.end(), word) != kPlain.end()) continue;
    if (token.kind == TokenKind::kFunction) word += "()";
    if (word == "GROUP" || word == "ORDER") word += " BY";
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return join(words, ", ");
}

std::string outline(const std::string& sql) {
  const Tokens tokens = sql_tokens(sql);
  std::string out;
  bool masked = false;
  for (const SqlToken& token : tokens) {
    const std::string text = to_upper(token.in(sql));
    const bool parenthesis = text == "(" || text == ")";
    const bool shown = is_shown(sql, tokens, token) || parenthesis;
    if (!shown && masked) continue;
    const bool tight = parenthesis || (!out.empty() && out.back() == '(');
    if (!out.empty() && !tight) out += " ";
    out += shown ? text : "…";
    masked = !shown;
  }
  return out;
}

std::string answer_kind(const std::string& type) {
  if (type == "integer") return "a whole number";
  if (type == "float") return "a number";
  if (type == "string") return "one text";
  if (type == "list") return "a list";
  return "rows of several columns";
}

}  // namespace

std::string hint_text(const Question& question, int level) {
  if (level == 1)
    return (question.tables_involved.size() == 1 ? "It needs one table: " : "It needs: ") +
           join(question.tables_involved, ", ") + ".";
  if (level == 2) {
    const std::string words = clauses(question.gold_sql);
    return words.empty() ? "A plain SELECT of one table is enough."
                         : "It can be done with " + words + ".";
  }
  return "The answer is " + answer_kind(question.answer_type) + ": " + outline(question.gold_sql);
}

std::int64_t points_of(std::int64_t return_micros, int hints) {
  return std::max<std::int64_t>(0, return_micros / 10'000) * (4 - hints) / 4;
}

}  // namespace sqlenv::ui
