#include "core/sql/statement_key.h"

#include <vector>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {
namespace {

// Whether two symbols stand together as one operator: "> =" is not ">=", and a bind parameter's
// sign belongs to its name.
bool is_one_token(std::string_view sql, const SqlToken& left, const SqlToken& right) {
  if (left.kind != TokenKind::kSymbol || left.end != right.begin) return false;
  if (right.kind != TokenKind::kSymbol)
    return std::string_view("?:@$#").find(sql[left.begin]) != std::string_view::npos;
  const std::string_view two = sql.substr(left.begin, 2);
  for (const std::string_view one : {"<=", ">=", "<>", "<<", ">>", "==", "!=", "||", "->"})
    if (two == one) return true;
  return false;
}

}  // namespace

std::string statement_key(std::string_view sql) {
  std::vector<SqlToken> tokens = sql_tokens(sql);
  while (!tokens.empty() && sql[tokens.back().begin] == ';') tokens.pop_back();
  std::string key;
  key.reserve(sql.size() + tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const SqlToken& token = tokens[i];
    const std::string_view text = sql.substr(token.begin, token.end - token.begin);
    const bool any_case = token.kind == TokenKind::kWord || token.kind == TokenKind::kNumber;
    if (i > 0 && !is_one_token(sql, tokens[i - 1], token)) key += ' ';
    if (any_case) append_lower(key, text);
    else key += text;
  }
  return key;
}

}  // namespace sqlenv
