#include "app/playground/hints.h"

#include <algorithm>
#include <vector>

#include "app/playground/sql_highlight.h"
#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

std::string word_of(const std::string& sql, const Token& token) {
  std::string word = sql.substr(token.begin, token.end - token.begin);
  for (char& c : word)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return word;
}

// Keywords and functions, each once, in their order; of what every query has, nothing.
std::string clauses(const std::string& sql) {
  std::vector<std::string> words;
  for (const Token& token : tokenize_sql(sql)) {
    if (token.kind != TokenKind::kKeyword && token.kind != TokenKind::kFunction) continue;
    std::string word = word_of(sql, token);
    if (token.kind == TokenKind::kFunction) word += "()";
    const bool plain = word == "SELECT" || word == "FROM" || word == "AS" || word == "BY" ||
                       word == "ON" || word == "AND" || word == "ASC" || word == "INNER" ||
                       word == "WHEN" || word == "THEN" || word == "ELSE" || word == "END";
    if (word == "GROUP" || word == "ORDER") word += " BY";
    if (!plain && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return join(words, ", ");
}

std::string outline(const std::string& sql) {
  std::string out;
  bool masked = false;
  for (const Token& token : tokenize_sql(sql)) {
    if (token.kind == TokenKind::kSpace || token.kind == TokenKind::kComment) continue;
    const std::string text = word_of(sql, token);
    const bool shown = token.kind == TokenKind::kKeyword || token.kind == TokenKind::kFunction ||
                       text == "(" || text == ")";
    if (!shown && masked) continue;
    const bool tight = text == "(" || text == ")" || (!out.empty() && out.back() == '(');
    if (!out.empty() && !tight) out += " ";
    out += shown ? text : "…";
    masked = !shown;
  }
  return out;
}

std::string wanted(const std::string& type) {
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
  return "The answer is " + wanted(question.answer_type) + ": " + outline(question.gold_sql);
}

std::int64_t points_of(std::int64_t return_micros, int hints) {
  return std::max<std::int64_t>(0, return_micros / 10'000) * (4 - hints) / 4;
}

}  // namespace sqlenv::ui
