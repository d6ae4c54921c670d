#include "core/task/mysql_dialect.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/sql_script.h"

namespace sqlenv {
namespace {

bool is_mysql_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

char unescaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'b': return '\b';
    case 'Z': return '\x1a';
    case '0': return '\0';
    default: return c;
  }
}

// The quoted piece at the front of `rest`: its length with the quotes, 0 if it does not end, and
// the text that it stands for.
std::size_t read_quoted(std::string_view rest, std::string* text) {
  const char quote = rest.front();
  for (std::size_t i = 1; i < rest.size(); ++i) {
    char c = rest[i];
    if (c == quote) {
      if (i + 1 == rest.size() || rest[i + 1] != quote) return i + 1;
      ++i;
    } else if (c == '\\' && quote != '`' && i + 1 < rest.size()) {
      c = unescaped(rest[++i]);
    }
    if (text != nullptr) *text += c;
  }
  return 0;
}

template <class Test>
std::size_t length_while(std::string_view rest, Test test) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), test);
  return static_cast<std::size_t>(end - rest.begin());
}

std::size_t number_length(std::string_view rest) {
  if (rest.starts_with("0x")) return length_while(rest, is_mysql_word);
  std::size_t end = 1;
  for (; end < rest.size(); ++end) {
    const bool exponent = rest[end - 1] == 'e' || rest[end - 1] == 'E';
    const bool sign = exponent && (rest[end] == '-' || rest[end] == '+');
    if (!is_mysql_word(rest[end]) && rest[end] != '.' && !sign) break;
  }
  return end;
}

// The length up to `mark` and with it; 0 if there is none.
std::size_t length_through(std::string_view rest, std::string_view mark, std::size_t from) {
  const std::size_t at = rest.find(mark, from);
  return at == std::string_view::npos ? 0 : at + mark.size();
}

// A piece of a statement in SQLite's spelling. `word` is set for bare words, in capitals.
struct Token {
  std::string text;
  std::string word;
};
using Tokens = std::vector<Token>;
using Span = std::pair<std::size_t, std::size_t>;  // positions [first, second)

// Translates the tokens of a statement.
class Translator {
 public:
  explicit Translator(std::string_view sql) : sql_(sql) {}

  Tokens run() {
    for (std::size_t at = 0; at < sql_.size();) {
      const SqlToken token = mysql_token_at(sql_, at);
      if (!token.is_blank()) take(token);
      at = token.end;
    }
    return std::move(tokens_);
  }

 private:
  void take(const SqlToken& token) {
    const std::string_view text = token.in(sql_);
    if (token.kind == TokenKind::kString) return take_string(plain(text));
    if (token.kind == TokenKind::kQuoted) return add(quote_identifier(plain(text)));
    if (token.kind == TokenKind::kName) tokens_.push_back({std::string(text), to_upper(text)});
    else if (text.size() > 2 && text.starts_with("0x"))
      add("X'" + std::string(text.substr(2)) + "'");
    else add(std::string(text));
  }

  static std::string plain(std::string_view quoted) {
    std::string text;
    read_quoted(quoted, &text);
    return text;
  }

  bool follows(std::string_view word) const {
    return !tokens_.empty() && tokens_.back().word == word;
  }

  void take_string(const std::string& text) {
    const bool bits = follows("B");
    const bool bytes_as_hex = follows("X");
    const bool binary = follows("_BINARY") || bytes_as_hex;
    if (bits || binary) tokens_.pop_back();
    if (bits) add(number_of_bits(text));
    else if (bytes_as_hex) add("X'" + text + "'");
    else if (binary || text.find('\0') != std::string::npos) add(sql_literal(Blob{text}));
    else add(quote_text(text));
  }

  static std::string number_of_bits(std::string_view bits) {
    std::uint64_t value = 0;
    for (const char bit : bits) value = value << 1 | (bit == '1' ? 1 : 0);
    return std::to_string(static_cast<std::int64_t>(value));
  }

  void add(std::string text) { tokens_.push_back({std::move(text), ""}); }

  std::string_view sql_;
  Tokens tokens_;
};

bool is_symbol(const Token& token, char c) { return token.text.size() == 1 && token.text[0] == c; }

// The position after the ')' that closes the '(' at `open`.
std::size_t after_group(const Tokens& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (is_symbol(tokens[i], '(')) ++depth;
    if (is_symbol(tokens[i], ')') && --depth == 0) return i + 1;
  }
  return tokens.size();
}

// The pieces of a group between its own commas; those of inner groups do not count.
std::vector<Span> items_of(const Tokens& tokens, Span group) {
  std::vector<Span> items;
  std::size_t begin = group.first;
  for (std::size_t i = group.first; i < group.second; ++i) {
    if (is_symbol(tokens[i], '(')) {
      i = std::max(i, after_group(tokens, i) - 1);
    } else if (is_symbol(tokens[i], ',')) {
      items.push_back({begin, i});
      begin = i + 1;
    }
  }
  items.push_back({begin, group.second});
  return items;
}

std::string joined(const Tokens& tokens, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    // "`a`.`b`", "-5" and "<=" must not fall apart; a blank elsewhere does no harm.
    const bool glued = i == begin || is_symbol(tokens[i], '.') || is_symbol(tokens[i - 1], '.') ||
                       is_symbol(tokens[i - 1], '-') || is_symbol(tokens[i - 1], '+') ||
                       ((is_symbol(tokens[i], '=') || is_symbol(tokens[i], '>')) &&
                        tokens[i - 1].text.find_first_of("<>!=") != std::string::npos);
    text += (glued ? "" : " ") + tokens[i].text;
  }
  return text;
}

// The columns of a key without prefix lengths and directions: (a(10), b DESC) gives (a, b).
std::string key_columns(const Tokens& tokens, std::size_t open) {
  const std::size_t end = after_group(tokens, open);
  std::string columns = "(";
  for (const Span& item : items_of(tokens, {open + 1, end - 1}))
    columns += (columns.size() > 1 ? ", " : "") + tokens[item.first].text;
  return columns + ")";
}

std::size_t find_open(const Tokens& tokens, std::size_t from, std::size_t end) {
  while (from < end && !is_symbol(tokens[from], '(')) ++from;
  return from;
}

bool is_plain_value(const Token& token) {
  const char c = token.text.front();
  return token.word == "NULL" || c == '\'' || (c >= '0' && c <= '9') || c == '-';
}

// The attributes of a column that SQLite has too, with a blank before each.
std::string attributes(const Tokens& tokens, std::size_t i, std::size_t end) {
  std::string kept;
  for (; i < end; ++i) {
    const std::string& word = tokens[i].word;
    const auto next_is = [&](const char* next) {
      return i + 1 < end && tokens[i + 1].word == next;
    };
    if (word == "NOT" && next_is("NULL")) kept += " NOT NULL", ++i;
    else if (word == "PRIMARY" && next_is("KEY")) kept += " PRIMARY KEY", ++i;
    else if (word == "UNIQUE") kept += " UNIQUE";
    else if (word == "COMMENT" || word == "COLLATE" || word == "CHARSET") ++i;
    else if (word == "CHARACTER" && next_is("SET")) i += 2;
    else if (word == "DEFAULT" && i + 1 < end && is_plain_value(tokens[i + 1])) {
      const bool negative = is_symbol(tokens[i + 1], '-') && i + 2 < end;
      kept += " DEFAULT " + joined(tokens, i + 1, i + (negative ? 3 : 2));
      i += negative ? 2 : 1;
    } else if (word == "REFERENCES" || word == "GENERATED" || word == "AS") {
      return kept + " " + joined(tokens, i, end);
    } else if (is_symbol(tokens[i], '(')) {
      i = after_group(tokens, i) - 1;  // of a check or an expression
    }
  }
  return kept;
}

std::string column(const Tokens& tokens, Span item) {
  std::size_t i = item.first + 1;
  std::string text = tokens[item.first].text;
  if (!tokens[item.first].word.empty()) text = quote_identifier(text);
  if (i >= item.second) return text;
  const std::string& type = tokens[i].word;
  const bool has_width = i + 1 < item.second && is_symbol(tokens[i + 1], '(');
  const std::size_t end = has_width ? after_group(tokens, i + 1) : i + 1;
  const bool is_list = type == "ENUM" || type == "SET";
  const bool is_whole = type.ends_with("INT");
  text += " " + (is_list ? "TEXT" : tokens[i].text);
  if (has_width && !is_list && !is_whole)
    for (std::size_t k = i + 1; k < end; ++k) text += tokens[k].text;
  return text + attributes(tokens, end, item.second);
}

// A column or a constraint; empty for an item that SQLite's table does without.
std::string table_item(const Tokens& tokens, Span item) {
  if (item.first >= item.second) return "";
  std::size_t i = item.first;
  if (tokens[i].word == "CONSTRAINT") {
    ++i;
    const auto is_kind = [&](const std::string& word) {
      return word == "PRIMARY" || word == "UNIQUE" || word == "FOREIGN" || word == "CHECK";
    };
    if (i < item.second && !is_kind(tokens[i].word)) ++i;
    if (i >= item.second) return "";
  }
  const std::string& word = tokens[i].word;
  const std::size_t open = find_open(tokens, i, item.second);
  if (word == "KEY" || word == "INDEX" || word == "FULLTEXT" || word == "SPATIAL" ||
      word == "CHECK")
    return "";
  if (word == "PRIMARY" && open < item.second) return "PRIMARY KEY " + key_columns(tokens, open);
  if (word == "UNIQUE" && open < item.second) return "UNIQUE " + key_columns(tokens, open);
  if (word != "FOREIGN" || open >= item.second) return column(tokens, item);
  return "FOREIGN KEY " + joined(tokens, open, item.second);
}

std::string create_table(const Tokens& tokens) {
  const std::size_t open = find_open(tokens, 0, tokens.size());
  const std::size_t end = after_group(tokens, open);
  if (open == tokens.size()) return joined(tokens, 0, tokens.size());
  std::string body;
  for (const Span& item : items_of(tokens, {open + 1, end - 1})) {
    const std::string text = table_item(tokens, item);
    if (!text.empty()) body += (body.empty() ? "" : ", ") + text;
  }
  return joined(tokens, 0, open) + " (" + body + ")";
}

}  // namespace

SqlToken mysql_token_at(std::string_view sql, std::size_t at) {
  const std::string_view rest = sql.substr(at);
  const char c = rest.front();
  const auto token = [&](TokenKind kind, std::size_t length, bool open = false) {
    const std::size_t end = length == 0 ? sql.size() : at + length;
    return SqlToken{kind, at, end, 0, open && length == 0};
  };
  const auto is_blank = [](char b) { return b == ' ' || (b >= '\t' && b <= '\r'); };
  if (is_blank(c)) return token(TokenKind::kSpace, length_while(rest, is_blank));
  if (c == '#' || rest.starts_with("--"))
    return token(TokenKind::kComment, length_through(rest, "\n", 1));
  if (rest.starts_with("/*"))
    return token(TokenKind::kComment, length_through(rest, "*/", 2), true);
  if (c == '\'' || c == '"') return token(TokenKind::kString, read_quoted(rest, nullptr), true);
  if (c == '`') return token(TokenKind::kQuoted, read_quoted(rest, nullptr), true);
  if (is_digit(c)) return token(TokenKind::kNumber, number_length(rest));
  if (is_mysql_word(c)) return token(TokenKind::kName, length_while(rest, is_mysql_word));
  return token(TokenKind::kSymbol, 1);
}

std::string from_mysql(std::string_view statement) {
  Tokens tokens = Translator(statement).run();
  const std::string words = leading_words(statement, 2);
  if (words == "CREATE TABLE") return create_table(tokens);
  if (words == "INSERT IGNORE") tokens[1].text = "OR IGNORE";
  return joined(tokens, 0, tokens.size());
}

}  // namespace sqlenv
