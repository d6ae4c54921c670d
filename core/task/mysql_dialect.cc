#include "core/task/mysql_dialect.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/sql/schema.h"
#include "core/task/sql_script.h"

namespace sqlenv {
namespace {

// A piece of a statement, already in SQLite's spelling. `word` is set for bare words, in capitals.
struct Token {
  std::string text;
  std::string word;
};
using Tokens = std::vector<Token>;
using Span = std::pair<std::size_t, std::size_t>;  // positions [first, second)

bool is_mysql_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string out = "X'";
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out + "'";
}

std::string literal(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
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

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  Tokens scan() {
    while (at_ < sql_.size()) take();
    return std::move(tokens_);
  }

 private:
  // What stands in the quotes that open here; doubled quotes and, in strings, backslashes are read.
  std::string quoted() {
    const char quote = sql_[at_];
    std::string text;
    for (++at_; at_ < sql_.size(); ++at_) {
      char c = sql_[at_];
      if (c == quote) {
        ++at_;
        if (at_ >= sql_.size() || sql_[at_] != quote) return text;
      } else if (c == '\\' && quote != '`' && at_ + 1 < sql_.size()) {
        c = unescaped(sql_[++at_]);
      }
      text += c;
    }
    return text;
  }

  bool follows(std::string_view word) const {
    return !tokens_.empty() && tokens_.back().word == word;
  }

  void take_string() {
    const std::string text = quoted();
    const bool bits = follows("B");
    const bool binary = follows("_BINARY") || follows("X");
    const bool bytes_as_hex = follows("X");
    if (bits || binary) tokens_.pop_back();
    if (bits) add(number_of_bits(text));
    else if (bytes_as_hex) add("X'" + text + "'");
    else if (binary || text.find('\0') != std::string::npos) add(hex(text));
    else add(literal(text));
  }

  static std::string number_of_bits(std::string_view bits) {
    std::uint64_t value = 0;
    for (const char bit : bits) value = value << 1 | (bit == '1' ? 1 : 0);
    return std::to_string(static_cast<std::int64_t>(value));
  }

  void take_word() {
    const std::size_t begin = at_;
    while (at_ < sql_.size() && is_mysql_word(sql_[at_])) ++at_;
    const std::string_view word = sql_.substr(begin, at_ - begin);
    const bool blob = word.size() > 2 && word[0] == '0' && word[1] == 'x';
    if (blob) add("X'" + std::string(word.substr(2)) + "'");
    else tokens_.push_back({std::string(word), upper(word)});
  }

  void take_number() {
    const std::size_t begin = at_;
    while (at_ < sql_.size()) {
      const char last = sql_[at_ == begin ? begin : at_ - 1];
      const bool sign = (sql_[at_] == '-' || sql_[at_] == '+') && (last == 'e' || last == 'E');
      if (!is_mysql_word(sql_[at_]) && sql_[at_] != '.' && !sign) break;
      ++at_;
    }
    add(std::string(sql_.substr(begin, at_ - begin)));
  }

  void skip_comment() {
    const bool line = sql_[at_] != '/';
    const std::size_t end = sql_.find(line ? "\n" : "*/", at_ + 1);
    at_ = end == std::string_view::npos ? sql_.size() : end + (line ? 1 : 2);
  }

  void take() {
    const char c = sql_[at_];
    const std::string_view two = sql_.substr(at_, 2);
    if (trim(sql_.substr(at_, 1)).empty()) ++at_;
    else if (two == "--" || two == "/*" || c == '#') skip_comment();
    else if (c == '\'' || c == '"') take_string();
    else if (c == '`') add(quote_identifier(quoted()));
    else if (c >= '0' && c <= '9' && sql_.substr(at_, 2) != "0x") take_number();
    else if (is_mysql_word(c)) take_word();
    else add(std::string(1, c)), ++at_;
  }

  void add(std::string text) { tokens_.push_back({std::move(text), ""}); }

  std::string_view sql_;
  std::size_t at_ = 0;
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

// The pieces between the commas of a group, without those inside inner groups.
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
    // "`a`.`b`", "-5" and "<=" must not fall apart; a blank more elsewhere does no harm.
    const bool glued = i == begin || is_symbol(tokens[i], '.') || is_symbol(tokens[i - 1], '.') ||
                       is_symbol(tokens[i - 1], '-') || is_symbol(tokens[i - 1], '+') ||
                       ((is_symbol(tokens[i], '=') || is_symbol(tokens[i], '>')) &&
                        tokens[i - 1].text.find_first_of("<>!=") != std::string::npos);
    text += (glued ? "" : " ") + tokens[i].text;
  }
  return text;
}

// Columns of a key, without lengths of prefixes and directions: (a(10), b DESC) is (a, b).
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
  if (tokens[item.first].word.empty() == false) text = quote_identifier(text);
  if (i >= item.second) return text;
  const std::string& type = tokens[i].word;
  const bool has_width = i + 1 < item.second && is_symbol(tokens[i + 1], '(');
  const std::size_t end = has_width ? after_group(tokens, i + 1) : i + 1;
  const bool is_list = type == "ENUM" || type == "SET";
  const bool is_whole = type.size() >= 3 && type.compare(type.size() - 3, 3, "INT") == 0;
  text += " " + (is_list ? "TEXT" : tokens[i].text);
  if (has_width && !is_list && !is_whole)
    for (std::size_t k = i + 1; k < end; ++k) text += tokens[k].text;
  return text + attributes(tokens, end, item.second);
}

// A column or a constraint; empty for what SQLite does without.
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

std::string from_mysql(std::string_view statement) {
  Tokens tokens = Scanner(statement).scan();
  const std::string words = leading_words(statement, 2);
  if (words == "CREATE TABLE") return create_table(tokens);
  if (words == "INSERT IGNORE") tokens[1].text = "OR IGNORE";
  return joined(tokens, 0, tokens.size());
}

}  // namespace sqlenv
