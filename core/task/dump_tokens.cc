#include "core/task/dump_tokens.h"

#include <algorithm>
#include <cstdint>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

std::string number_of_bits(std::string_view bits) {
  std::uint64_t value = 0;
  for (const char bit : bits) value = value << 1 | (bit == '1' ? 1 : 0);
  return std::to_string(static_cast<std::int64_t>(value));
}

class Speller {
 public:
  Speller(std::string_view sql, SqlDialect dialect) : sql_(sql), dialect_(dialect) {}

  DumpTokens run() {
    for (std::size_t at = 0; at < sql_.size();) {
      const SqlToken token = dialect_token_at(sql_, at, dialect_);
      if (!token.is_blank()) take(token.kind, token.in(sql_));
      at = token.end;
    }
    return std::move(tokens_);
  }

 private:
  void take(TokenKind kind, std::string_view text) {
    const bool money = dialect_ == SqlDialect::kSqlServer && text.size() > 1 &&
                       text.front() == '$' && is_digit(text[1]);
    if (money) add(std::string(text.substr(1)));
    else if (kind == TokenKind::kString) take_string(text);
    else if (kind == TokenKind::kQuoted) add(quote_identifier(dialect_text(text, dialect_)));
    else if (kind == TokenKind::kName) tokens_.push_back({std::string(text), to_upper(text)});
    else if (text.size() > 1 && (text.starts_with("0x") || text.starts_with("0X")))
      add(as_bytes(text.substr(2)));
    else add(std::string(text));
  }

  static std::string as_bytes(std::string_view digits) {
    std::string text = digits.size() % 2 == 1 ? "X'0" : "X'";
    return text.append(digits) += '\'';
  }

  // MySQL writes a word for the character set in front of a string.
  bool takes_charset(std::string_view mark) {
    if (tokens_.empty() || dialect_ != SqlDialect::kMySql) return false;
    const std::string& word = tokens_.back().word;
    const bool found = mark.empty() ? word.starts_with('_') : word == mark;
    if (found) tokens_.pop_back();
    return found;
  }

  void take_string(std::string_view token) {
    const char prefix = token.front() == '\'' || token.front() == '"' ? '\0' : token.front();
    const bool escapes = token.find('\\') != std::string_view::npos;
    const bool binary = takes_charset("_BINARY");
    if (!binary) takes_charset("");
    if (token.front() == '\'' && !binary && (!escapes || dialect_ != SqlDialect::kMySql))
      return add(std::string(token));
    std::string text = dialect_text(token, dialect_);
    if (prefix == 'x' || prefix == 'X') add(as_bytes(text));
    else if ((prefix == 'b' || prefix == 'B') && dialect_ == SqlDialect::kMySql)
      add(number_of_bits(text));
    else if (binary || text.find('\0') != std::string::npos)
      add(sql_literal(Blob{std::move(text)}));
    else if (prefix == 'U' || prefix == 'u') add("unistr(" + quote_text(text) + ")");
    else add(quote_text(text));
  }

  void add(std::string text) { tokens_.push_back({std::move(text), ""}); }

  std::string_view sql_;
  SqlDialect dialect_;
  DumpTokens tokens_;
};

bool is(const DumpToken& token, char c) { return token.text.size() == 1 && token.text[0] == c; }

}  // namespace

DumpTokens dump_tokens(std::string_view statement, SqlDialect dialect) {
  return Speller(statement, dialect).run();
}

bool is_symbol(const DumpTokens& tokens, std::size_t at, char c) {
  return at < tokens.size() && is(tokens[at], c);
}

bool is_word(const DumpTokens& tokens, std::size_t at, std::string_view word) {
  return at < tokens.size() && tokens[at].word == word;
}

bool is_name(const DumpTokens& tokens, std::size_t at) {
  return at < tokens.size() && (!tokens[at].word.empty() || tokens[at].text.front() == '"');
}

bool is_string(const DumpTokens& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].text.front() == '\'';
}

std::size_t after_group(const DumpTokens& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (is(tokens[i], '(')) ++depth;
    if (is(tokens[i], ')') && --depth == 0) return i + 1;
  }
  return tokens.size();
}

std::size_t find_open(const DumpTokens& tokens, std::size_t from, std::size_t end) {
  while (from < end && !is(tokens[from], '(')) ++from;
  return std::min(from, end);
}

std::size_t find_word(const DumpTokens& tokens, std::size_t from, std::string_view word) {
  while (from < tokens.size() && tokens[from].word != word) ++from;
  return from;
}

std::vector<DumpSpan> items_of(const DumpTokens& tokens, DumpSpan group) {
  std::vector<DumpSpan> items;
  std::size_t begin = group.first;
  for (std::size_t i = group.first; i < group.second; ++i) {
    if (is(tokens[i], '(')) {
      i = std::max(i, after_group(tokens, i) - 1);
    } else if (is(tokens[i], ',')) {
      items.push_back({begin, i});
      begin = i + 1;
    }
  }
  items.push_back({begin, group.second});
  return items;
}

std::vector<DumpSpan> group_items(const DumpTokens& tokens, std::size_t open) {
  const std::size_t end = after_group(tokens, open);
  return open + 1 < end ? items_of(tokens, {open + 1, end - 1}) : std::vector<DumpSpan>();
}

std::vector<DumpSpan> added_items(const DumpTokens& tokens, DumpSpan item) {
  const std::size_t at = item.first + 1;
  if (is_symbol(tokens, at, '(')) return group_items(tokens, at);
  return {{std::min(at, item.second), item.second}};
}

std::string joined(const DumpTokens& tokens, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    // "`a`.`b`", "-5" and "<=" must not fall apart; a blank elsewhere does no harm.
    const bool glued =
        i == begin || is(tokens[i], '.') || is(tokens[i - 1], '.') || is(tokens[i - 1], '@') ||
        ((is(tokens[i - 1], '-') || is(tokens[i - 1], '+')) && !is(tokens[i], '-')) ||
        (is(tokens[i], '|') && is(tokens[i - 1], '|')) ||
        ((is(tokens[i], '=') || is(tokens[i], '>')) &&
         tokens[i - 1].text.find_first_of("<>!=") != std::string::npos);
    if (!glued) text += ' ';
    text += tokens[i].text;
  }
  return text;
}

void cut(DumpTokens& tokens, std::size_t begin, std::size_t end) {
  const auto at = [&](std::size_t i) {
    return tokens.begin() + static_cast<std::ptrdiff_t>(std::min(i, tokens.size()));
  };
  tokens.erase(at(begin), at(std::max(begin, end)));
}

}  // namespace sqlenv
