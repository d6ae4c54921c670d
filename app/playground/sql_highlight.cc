#include "app/playground/sql_highlight.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace sqlenv::ui {
namespace {

constexpr auto kKeywords = std::to_array<std::string_view>(
    {"all",       "and",       "as",     "asc",       "between", "by",       "case",
     "cast",      "collate",   "cross",  "current",   "desc",    "distinct", "else",
     "end",       "escape",    "except", "exists",    "filter",  "first",    "following",
     "from",      "full",      "glob",   "group",     "groups",  "having",   "in",
     "inner",     "intersect", "is",     "isnull",    "join",    "last",     "left",
     "like",      "limit",     "match",  "natural",   "not",     "notnull",  "null",
     "nulls",     "offset",    "on",     "or",        "order",   "outer",    "over",
     "partition", "preceding", "range",  "recursive", "regexp",  "right",    "row",
     "rows",      "select",    "then",   "ties",      "true",    "false",    "unbounded",
     "union",     "using",     "values", "when",      "where",   "window",   "with",
     "no",        "others"});

// A clause that begins a line of its own.
constexpr auto kClauses =
    std::to_array<std::string_view>({"from", "where", "group", "having", "order", "limit", "union",
                                     "intersect", "except", "window", "join", "left", "inner"});

template <class Words>
bool one_of(const Words& words, std::string_view word) {
  const std::string lower = to_lower(word);
  return std::find(words.begin(), words.end(), lower) != words.end();
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || is_digit(c) ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

class Lexer {
 public:
  explicit Lexer(std::string_view sql) : sql_(sql) {}

  std::vector<Token> run() {
    while (at_ < sql_.size()) next();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }

  void next() {
    const char c = peek();
    if (is_space(c)) return take(TokenKind::kSpace, end_while(is_space));
    if (c == '-' && peek(1) == '-') return take(TokenKind::kComment, end_at("\n", 0));
    if (c == '/' && peek(1) == '*') return take(TokenKind::kComment, end_at("*/", 2));
    if (c == '\'') return take(TokenKind::kString, end_quoted(c));
    if (c == '"' || c == '`') return take(TokenKind::kName, end_quoted(c));
    if (c == '[') return take(TokenKind::kName, end_at("]", 1));
    if (is_digit(c) || (c == '.' && is_digit(peek(1))))
      return take(TokenKind::kNumber, end_while([](char d) { return is_word(d) || d == '.'; }));
    if (is_word(c)) return take_word();
    take(TokenKind::kSign, at_ + 1);
  }

  void take_word() {
    const std::size_t end = end_while(is_word);
    const std::string_view word = sql_.substr(at_, end - at_);
    std::size_t after = end;
    while (after < sql_.size() && is_space(sql_[after])) ++after;
    const bool call = after < sql_.size() && sql_[after] == '(';
    if (one_of(kKeywords, word)) return take(TokenKind::kKeyword, end);
    take(call ? TokenKind::kFunction : TokenKind::kName, end);
  }

  template <class Test>
  std::size_t end_while(Test test) const {
    std::size_t end = at_;
    while (end < sql_.size() && test(sql_[end])) ++end;
    return end;
  }

  std::size_t end_at(std::string_view mark, std::size_t included) const {
    const std::size_t found = sql_.find(mark, at_ + 1);
    return found == std::string_view::npos ? sql_.size() : found + included;
  }

  // A doubled quote inside stands for itself.
  std::size_t end_quoted(char quote) const {
    std::size_t end = at_ + 1;
    while (end < sql_.size()) {
      if (sql_[end] != quote) ++end;
      else if (end + 1 < sql_.size() && sql_[end + 1] == quote) end += 2;
      else return end + 1;
    }
    return sql_.size();
  }

  void take(TokenKind kind, std::size_t end) {
    tokens_.push_back({kind, at_, end});
    at_ = end;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

// Builds the lines of laid_out_sql().
class Formatter {
 public:
  explicit Formatter(std::size_t columns) : columns_(columns) {}

  void add(std::string_view word, bool begins_line) {
    if (begins_line) {
      flush();
      if (!line_.empty()) break_line("");
    }
    chunk_ += word;
  }
  void space() { flush(); }
  void end_comment() {
    flush();
    break_line("");
  }
  std::string text() {
    flush();
    return out_ + line_;
  }

 private:
  // What stands without blanks stays together.
  void flush() {
    if (chunk_.empty()) return;
    const bool first = line_.find_first_not_of(' ') == std::string::npos;
    if (!first && line_.size() + 1 + chunk_.size() > columns_) break_line("  ");
    else if (!first) line_ += ' ';
    line_ += chunk_;
    chunk_.clear();
  }

  void break_line(std::string_view indent) {
    out_ += line_ + "\n";
    line_ = indent;
  }

  std::size_t columns_;
  std::string out_;
  std::string line_;
  std::string chunk_;
};

}  // namespace

std::vector<Token> tokenize_sql(std::string_view sql) { return Lexer(sql).run(); }

std::string laid_out_sql(std::string_view sql, std::size_t columns) {
  Formatter layout(columns);
  int depth = 0;
  std::string last_word;
  for (const Token& token : tokenize_sql(sql)) {
    const std::string_view word = sql.substr(token.begin, token.end - token.begin);
    if (token.kind == TokenKind::kSpace) {
      layout.space();
      continue;
    }
    if (word == "(") ++depth;
    if (word == ")") --depth;
    // LEFT JOIN is one clause.
    const bool joined = to_lower(word) == "join" && (last_word == "left" || last_word == "inner");
    const bool clause = token.kind == TokenKind::kKeyword && one_of(kClauses, word);
    layout.add(word, depth == 0 && clause && !joined);
    if (token.kind == TokenKind::kComment && word.substr(0, 2) == "--") layout.end_comment();
    last_word = to_lower(word);
  }
  return layout.text();
}

std::string without_soft_breaks(std::string text) {
  std::replace(text.begin(), text.end(), kSoftBreak, ' ');
  return text;
}

std::string soft_wrapped(std::string text, std::size_t columns) {
  text = without_soft_breaks(std::move(text));
  char* blank = nullptr;
  std::size_t used = 0;
  std::size_t after_blank = 0;
  for (char& c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++used, ++after_blank;
    if (c == ' ' || c == '\n') {
      blank = &c;
      after_blank = 0;
    }
    if (c == '\n') used = 0;
    if (used <= columns || blank == nullptr || *blank != ' ') continue;
    *blank = kSoftBreak;
    used = after_blank;
  }
  return text;
}

std::string broken_text(std::string_view text, std::size_t columns) {
  std::string out;
  std::size_t used = 0;
  for (const char c : text) {
    const bool begins_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (c == '\n') used = 0;
    else if (begins_character && used++ == columns) {
      out += '\n';
      used = 1;
    }
    out += c;
  }
  return out;
}

}  // namespace sqlenv::ui
