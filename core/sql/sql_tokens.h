// SQL text as a row of tokens, in SQLite's dialect, without judging its grammar.
//
// Comments and blanks are left out. A quoted piece that never ends reaches to the end of the text.
// Pure; any bytes may be given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

enum class TokenKind {
  kWord,    // a keyword or an unquoted name
  kQuoted,  // a name in "…", `…` or […]; "…" is a string where no such name exists
  kString,  // '…' or x'…'
  kNumber,
  kSymbol  // one other character; a bind parameter is '?', ':', '@' or '$' before a word
};

struct SqlToken {
  TokenKind kind;
  std::size_t begin;  // bytes [begin, end) of the text
  std::size_t end;
  int depth;  // of parentheses around it; a parenthesis itself counts as outside
};

std::vector<SqlToken> sql_tokens(std::string_view sql);

// The name that a kWord or kQuoted token stands for, or the text of a kString, without quotes.
std::string unquoted(std::string_view token);

}  // namespace sqlenv
