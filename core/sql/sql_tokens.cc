#include "core/sql/sql_tokens.h"

#include "core/base/text.h"

namespace sqlenv {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool is_word(char c) { return is_word_start(c) || is_digit(c) || c == '$'; }

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<SqlToken> scan() {
    tokens_.reserve(sql_.size() / 4 + 4);
    while (skip_blanks(), at_ < sql_.size()) take();
    return std::move(tokens_);
  }

 private:
  char at(std::size_t i) const { return i < sql_.size() ? sql_[i] : '\0'; }

  void skip_blanks() {
    while (at_ < sql_.size()) {
      const std::string_view two = sql_.substr(at_, 2);
      if (is_blank(sql_[at_])) ++at_;
      else if (two == "--") at_ = after("\n", at_ + 2);
      else if (two == "/*") at_ = after("*/", at_ + 2);
      else return;
    }
  }

  std::size_t after(std::string_view mark, std::size_t from) const {
    const std::size_t found = sql_.find(mark, from);
    return found == std::string_view::npos ? sql_.size() : found + mark.size();
  }

  // Doubled quotes stand for themselves, except that nothing does inside […].
  std::size_t after_quoted(std::size_t from) const {
    const char close = sql_[from] == '[' ? ']' : sql_[from];
    for (std::size_t i = from + 1; i < sql_.size(); ++i) {
      if (sql_[i] != close) continue;
      if (close == ']' || at(i + 1) != close) return i + 1;
      ++i;
    }
    return sql_.size();
  }

  std::size_t after_word(std::size_t i) const {
    while (i < sql_.size() && is_word(sql_[i])) ++i;
    return i;
  }

  std::size_t after_number(std::size_t i) const {
    if (at(i) == '0' && (at(i + 1) == 'x' || at(i + 1) == 'X')) return after_word(i);
    while (is_digit(at(i)) || at(i) == '.' || at(i) == '_') ++i;
    if (at(i) == 'e' || at(i) == 'E') {
      const std::size_t sign = at(i + 1) == '+' || at(i + 1) == '-' ? 1 : 0;
      if (is_digit(at(i + 1 + sign))) i += 1 + sign;
    }
    return after_word(i);
  }

  void add(TokenKind kind, std::size_t end) {
    tokens_.push_back({kind, at_, end, depth_});
    at_ = end;
  }

  void take() {
    const char c = sql_[at_];
    const bool bytes = (c == 'x' || c == 'X') && at(at_ + 1) == '\'';
    if (bytes) add(TokenKind::kString, after_quoted(at_ + 1));
    else if (c == '\'') add(TokenKind::kString, after_quoted(at_));
    else if (c == '"' || c == '`' || c == '[') add(TokenKind::kQuoted, after_quoted(at_));
    else if (is_word_start(c)) add(TokenKind::kWord, after_word(at_));
    else if (is_digit(c) || (c == '.' && is_digit(at(at_ + 1))))
      add(TokenKind::kNumber, after_number(at_));
    else take_symbol(c);
  }

  void take_symbol(char c) {
    if (c == ')') --depth_;
    add(TokenKind::kSymbol, at_ + 1);
    if (c == '(') ++depth_;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::vector<SqlToken> tokens_;
};

}  // namespace

std::vector<SqlToken> sql_tokens(std::string_view sql) { return Scanner(sql).scan(); }

std::string unquoted(std::string_view token) {
  if (token.empty()) return "";
  const char open = token.front();
  if (open != '"' && open != '`' && open != '[' && open != '\'') return std::string(token);
  const char close = open == '[' ? ']' : open;
  std::string name;
  for (std::size_t i = 1; i < token.size(); ++i) {
    if (token[i] == close && (i + 1 == token.size() || close == ']')) break;
    if (token[i] == close) ++i;
    name += token[i];
  }
  return name;
}

}  // namespace sqlenv
