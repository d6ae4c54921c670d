#include "core/sql/statement_key.h"

#include <vector>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {

std::string statement_key(std::string_view sql) {
  std::vector<SqlToken> tokens = sql_tokens(sql);
  while (!tokens.empty() && tokens.back().in(sql) == ";") tokens.pop_back();
  std::string key;
  key.reserve(sql.size() + tokens.size());
  for (const SqlToken& token : tokens) {
    if (!key.empty()) key += ' ';
    const bool as_written = token.kind == TokenKind::kQuoted || token.kind == TokenKind::kString;
    if (as_written) key += token.in(sql);
    else append_lower(key, token.in(sql));
  }
  return key;
}

}  // namespace sqlenv
