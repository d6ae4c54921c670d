// The one lexer of SQL text: SQLite's own tokenizer, which highlighting, completion, scripts, the
// shape of a SELECT and the keys of statements share.
//
// Pure and linear. Any bytes may be given. A quoted piece or a comment that never ends reaches to
// the end of the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

enum class TokenKind {
  kSpace,
  kComment,
  kKeyword,   // of SQLite's grammar, or TRUE or FALSE; some may be names where they stand
  kFunction,  // an unquoted name before a '('
  kName,      // any other unquoted name
  kQuoted,    // a name in "…", `…` or […]; "…" is a string where no such name exists
  kString,    // '…' or x'…'
  kNumber,
  kSymbol  // an operator, a bind parameter or a character that SQL does not know
};

struct SqlToken {
  TokenKind kind = TokenKind::kSpace;
  std::size_t begin = 0;  // bytes [begin, end) of the text
  std::size_t end = 0;
  int depth = 0;      // of parentheses around it; a parenthesis itself counts as outside
  bool open = false;  // its closing quote or the end of its comment is missing

  std::string_view in(std::string_view sql) const { return sql.substr(begin, end - begin); }
  bool is_word() const { return kind >= TokenKind::kKeyword && kind <= TokenKind::kName; }
  bool is_blank() const { return kind <= TokenKind::kComment; }
};

// Tokens that cover every byte of `sql`, in order.
std::vector<SqlToken> all_sql_tokens(std::string_view sql);

// The same tokens without white space and comments.
std::vector<SqlToken> sql_tokens(std::string_view sql);

// The token at `at`, read by itself: functions are names, and the depth is 0.
// REQUIRES: at < sql.size(), and no byte of `sql` is NUL, as in without_nuls().
SqlToken sql_token_at(const std::string& sql, std::size_t at);

// Replaces each NUL by another byte that SQL does not know.
std::string without_nuls(std::string sql);

// Whether SQLite's grammar has this word, in any case.
bool is_sql_keyword(std::string_view word);

// The name that a word or kQuoted token stands for, or the text of a '…' string, without quotes.
std::string unquoted(std::string_view token);

}  // namespace sqlenv
