#include "core/task/generate/question_sql.h"

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"

namespace sqlenv::generate {

std::string where(const std::vector<std::string>& conditions) {
  return conditions.empty() ? std::string() : " WHERE " + join(conditions, " AND ");
}

std::string sql_skeleton(std::string_view sql) {
  std::string text;
  for (const SqlToken& token : sql_tokens(sql)) {
    if (token.kind == TokenKind::kString || token.kind == TokenKind::kNumber) {
      text += "? ";
    } else if (token.kind == TokenKind::kSymbol) {
      // The order of skeletons decides the split, and with it the bytes of packs made so far.
      for (const char c : token.in(sql)) text += {c, ' '};
    } else {
      text += to_lower(token.in(sql)) + ' ';
    }
  }
  return text;
}

}  // namespace sqlenv::generate
