#include "core/sql/sql_tokens.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sqlite_token.h"

namespace sqlenv {
namespace {

bool is_quoted_name(std::string_view token) {
  return token.front() == '"' || token.front() == '`' || token.front() == '[';
}

TokenKind kind_of_name(std::string_view token) {
  if (is_quoted_name(token)) return TokenKind::kQuoted;
  const bool constant = equal_ignoring_case(token, "true") || equal_ignoring_case(token, "false");
  return constant ? TokenKind::kKeyword : TokenKind::kName;
}

// Words never come here, so an x begins a blob.
TokenKind kind_of_other(std::string_view token) {
  const char c = token.front();
  if (c == '\'' || c == 'x' || c == 'X') return TokenKind::kString;
  if (is_quoted_name(token)) return TokenKind::kQuoted;
  return is_digit(c) || (c == '.' && token.size() > 1) ? TokenKind::kNumber : TokenKind::kSymbol;
}

TokenKind kind_of(SqlenvTokenKind kind, std::string_view token) {
  switch (kind) {
    case SQLENV_TOKEN_BLANK:
      return token.front() == '-' || token.front() == '/' ? TokenKind::kComment : TokenKind::kSpace;
    case SQLENV_TOKEN_NAME: return kind_of_name(token);
    case SQLENV_TOKEN_KEYWORD: return TokenKind::kKeyword;
    case SQLENV_TOKEN_OTHER:
    case SQLENV_TOKEN_ILLEGAL: break;
  }
  return kind_of_other(token);
}

bool is_open(SqlenvTokenKind illegal, TokenKind kind, std::string_view token) {
  if (kind == TokenKind::kComment)
    return token.front() == '/' && (token.size() < 4 || !token.ends_with("*/"));
  if (illegal != SQLENV_TOKEN_ILLEGAL) return false;
  // A closed blob may be illegal by its digits.
  if (kind == TokenKind::kString && token.front() != '\'')
    return token.size() < 3 || token.back() != '\'';
  return kind == TokenKind::kString || kind == TokenKind::kQuoted;
}

class TokenReader {
 public:
  TokenReader(std::string_view sql, bool blanks)
      : sql_(sql), text_(without_nuls(std::string(sql))), blanks_(blanks) {
    tokens_.reserve(sql.size() / 4 + 4);
  }

  std::vector<SqlToken> read() {
    for (std::size_t at = 0; at < text_.size(); at = add(sql_token_at(text_, at))) {
    }
    return std::move(tokens_);
  }

 private:
  std::size_t add(SqlToken token) {
    token.depth = depth_;
    if (token.is_blank()) {
      if (blanks_) tokens_.push_back(token);
      return token.end;
    }
    if (token.kind == TokenKind::kSymbol) read_symbol(token);
    else if (token.kind == TokenKind::kKeyword && stands_for_name(token.in(sql_)))
      token.kind = TokenKind::kName;
    last_ = tokens_.size();
    tokens_.push_back(token);
    return token.end;
  }

  void read_symbol(SqlToken& token) {
    const std::string_view text = token.in(sql_);
    if (text == "(") {
      if (may_be_called()) tokens_[last_].kind = TokenKind::kFunction;
      ++depth_;
    } else if (text == ")") {
      token.depth = --depth_;
    } else if (text == "." && last_is(TokenKind::kKeyword)) {
      tokens_[last_].kind = TokenKind::kName;
    }
  }

  // After a dot or AS; a common table expression may be AS [NOT] MATERIALIZED.
  bool stands_for_name(std::string_view keyword) const {
    if (text_of_last() == ".") return true;
    return last_is(TokenKind::kKeyword) && equal_ignoring_case(text_of_last(), "as") &&
           !equal_ignoring_case(keyword, "not") && !equal_ignoring_case(keyword, "materialized");
  }

  // REPLACE and IF are also keywords of statements.
  bool may_be_called() const {
    return last_is(TokenKind::kName) ||
           (last_is(TokenKind::kKeyword) && (equal_ignoring_case(text_of_last(), "replace") ||
                                             equal_ignoring_case(text_of_last(), "if")));
  }

  bool last_is(TokenKind kind) const {
    return last_ < tokens_.size() && tokens_[last_].kind == kind;
  }

  std::string_view text_of_last() const {
    return last_ < tokens_.size() ? tokens_[last_].in(sql_) : std::string_view();
  }

  std::string_view sql_;
  std::string text_;
  bool blanks_;
  std::vector<SqlToken> tokens_;
  std::size_t last_ = 0;  // the last that is not blank
  int depth_ = 0;
};

}  // namespace

std::vector<SqlToken> all_sql_tokens(std::string_view sql) { return TokenReader(sql, true).read(); }

std::vector<SqlToken> sql_tokens(std::string_view sql) { return TokenReader(sql, false).read(); }

std::string without_nuls(std::string sql) {
  if (sql.find('\0') != std::string::npos) std::replace(sql.begin(), sql.end(), '\0', '\1');
  return sql;
}

SqlToken sql_token_at(const std::string& sql, std::size_t at) {
  const std::string_view rest = std::string_view(sql).substr(at);
  SqlenvTokenKind found = SQLENV_TOKEN_BLANK;
  // SQLite takes a comment that only begins for two operators.
  const std::size_t length =
      rest == "/*" ? 2 : static_cast<std::size_t>(sqlenv_token(rest.data(), &found));
  const std::string_view token = rest.substr(0, std::max<std::size_t>(1, length));
  const TokenKind kind = kind_of(found, token);
  return {kind, at, at + token.size(), 0, is_open(found, kind, token)};
}

bool is_sql_keyword(std::string_view word) {
  return sqlite3_keyword_check(word.data(), static_cast<int>(word.size())) != 0;
}

std::string unquoted(std::string_view token) {
  if (token.empty() || (!is_quoted_name(token) && token.front() != '\'')) return std::string(token);
  const char close = token.front() == '[' ? ']' : token.front();
  std::string name;
  for (std::size_t i = 1; i < token.size(); ++i) {
    if (token[i] == close && (i + 1 == token.size() || close == ']')) break;
    if (token[i] == close) ++i;
    name += token[i];
  }
  return name;
}

}  // namespace sqlenv
