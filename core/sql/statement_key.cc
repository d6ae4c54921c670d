#include "core/sql/statement_key.h"

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv {

std::string statement_key(std::string_view sql) {
  const std::string text = without_nuls(to_lower(sql));
  std::string key;
  key.reserve(2 * sql.size());
  std::size_t end = 0;  // of the key without semicolons at its end
  SqlToken token;
  for (std::size_t at = 0; at < text.size(); at = token.end) {
    token = sql_token_at(text, at);
    if (token.is_blank()) continue;
    if (!key.empty()) key += ' ';
    const bool as_written = token.kind == TokenKind::kQuoted || token.kind == TokenKind::kString;
    key += token.in(as_written ? sql : text);
    if (text[at] != ';') end = key.size();
  }
  key.resize(end);
  return key;
}

}  // namespace sqlenv
