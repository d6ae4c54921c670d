#include "core/task/sql_dialect.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/base/unicode.h"

namespace sqlenv {
namespace {

constexpr std::size_t kDialectBytes = 1 << 18;
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kPrefixes = "nNeExXbBqQ";

// A mark weighs 1; the first dialect with the most marks is the script's.
struct Marks {
  SqlDialect dialect;
  std::string_view marks;  // with a bar behind each
};
constexpr std::array<Marks, 5> kMarks = {{
    {SqlDialect::kSqlite,
     "PRAGMA |PRAGMA FOREIGN_KEYS=OFF|BEGIN TRANSACTION;|AUTOINCREMENT|SQLITE|"},
    {SqlDialect::kMySql,
     "MYSQL|MARIADB|PHPMYADMIN|ENGINE=|ENGINE =|AUTO_INCREMENT|/*!|LOCK TABLES `|\nUSE `|"
     "TYPE=MYISAM|UNSIGNED|_UTF8MB4|INSERT IGNORE|\nDELIMITER |ON DUPLICATE KEY|"},
    {SqlDialect::kPostgres,
     "POSTGRES|PG_CATALOG.|FROM STDIN|NEXTVAL(|OWNER TO|::|STANDARD_CONFORMING_STRINGS|"
     "SEARCH_PATH|\n\\C|SERIAL|$$|CREATE EXTENSION|BYTEA|JSONB|TIMESTAMPTZ| TIME ZONE|"},
    {SqlDialect::kSqlServer,
     "SQL SERVER|SQLSERVER|[DBO].|\"DBO\".|DBO.|\nGO\n|\nGO\r|SET ANSI_NULLS|QUOTED_IDENTIFIER|"
     "IDENTITY(|IDENTITY (|IDENTITY_INSERT|CLUSTERED|(MAX)|"},
    {SqlDialect::kOracle,
     "ORACLE|VARCHAR2|NUMBER(|TO_DATE(|TO_TIMESTAMP(|\n/\n|INSERT ALL|\nREM |SYSDATE|FROM DUAL|"
     "SET DEFINE|"},
}};

// `script` in capitals, without what stands in '…'.
std::string outside_strings(std::string_view script) {
  std::string text;
  for (std::size_t at = 0; at < script.size();) {
    const std::string_view rest = script.substr(at);
    std::size_t end = 1;
    if (rest.starts_with("--")) end = rest.find('\n');
    else if (rest.starts_with("/*")) end = rest.find("*/");
    else if (rest.front() == '\'') end = rest.find('\'', 1);
    end = std::min(end, rest.size());
    if (rest.front() != '\'') text += rest.substr(0, end);
    at += std::max<std::size_t>(end, 1) + (rest.front() == '\'' ? 1 : 0);
  }
  return to_upper(text);
}

std::size_t count_marks(std::string_view text, std::string_view marks) {
  std::size_t count = 0;
  for (std::size_t end; (end = marks.find('|')) != kNone; marks.remove_prefix(end + 1))
    count += text.find(marks.substr(0, end)) != kNone ? 1 : 0;
  return count;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

template <class Test>
std::size_t length_while(std::string_view rest, Test test) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), test);
  return static_cast<std::size_t>(end - rest.begin());
}

// The length up to `mark` and with it; 0 if there is none.
std::size_t length_through(std::string_view rest, std::string_view mark, std::size_t from) {
  const std::size_t at = rest.find(mark, from);
  return at == kNone ? 0 : at + mark.size();
}

// The quoted piece at the front of `rest`: its length with the quotes, 0 if it does not end, and
// the text that it stands for.
std::size_t read_quoted(std::string_view rest, bool escapes, SqlDialect dialect,
                        std::string* text) {
  const char quote = rest.front() == '[' ? ']' : rest.front();
  std::size_t run = 1;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] != quote && (rest[i] != '\\' || !escapes)) continue;
    if (text != nullptr) text->append(rest, run, i - run);
    if (rest[i] == quote) {
      if (i + 1 == rest.size() || rest[i + 1] != quote) return i + 1;
      run = ++i;
    } else if (i + 1 < rest.size()) {
      i += text != nullptr ? append_escape(rest.substr(i + 1), dialect, *text) : 1;
      run = i + 1;
    }
  }
  return 0;
}

// The length of $tag$ at the front; 0 if there is none.
std::size_t dollar_tag(std::string_view rest) {
  if (rest.front() != '$') return 0;
  const std::size_t end = rest.find('$', 1);
  if (end == kNone || is_digit(rest[1]) || length_while(rest, is_word_char) <= end) return 0;
  return end + 1;
}

// Where the quote of a string stands that begins here, behind its prefix; kNone if none does.
std::size_t string_quote(std::string_view rest, SqlDialect dialect) {
  const bool mysql = dialect == SqlDialect::kMySql;
  if (rest.front() == '\'' || (mysql && rest.front() == '"')) return 0;
  if (rest.size() < 2) return kNone;
  if (rest[1] == '\'' && kPrefixes.substr(0, mysql ? 2 : 10).find(rest.front()) != kNone) return 1;
  if (mysql && rest[1] == '\'' && kPrefixes.substr(4, 4).find(rest.front()) != kNone) return 1;
  const bool unicode = rest.starts_with("U&'") || rest.starts_with("u&'");
  return unicode ? 2 : kNone;
}

bool has_escapes(std::string_view token, SqlDialect dialect) {
  return dialect == SqlDialect::kMySql ? token.front() != '`'
                                       : token.front() == 'E' || token.front() == 'e';
}

// q'[…]' of Oracle: the length and, in `text`, the contents.
std::size_t read_q_quoted(std::string_view rest, std::string* text) {
  constexpr std::string_view kOpen = "[{(<";
  constexpr std::string_view kClose = "]})>";
  if (rest.size() < 3) return 0;
  const std::size_t kind = kOpen.find(rest[2]);
  const std::string end = {kind == kNone ? rest[2] : kClose[kind], '\''};
  const std::size_t at = rest.find(end, 3);
  if (at == kNone) return 0;
  if (text != nullptr) *text = rest.substr(3, at - 3);
  return at + 2;
}

std::size_t number_length(std::string_view rest) {
  if (rest.starts_with("0x")) return length_while(rest, is_word_char);
  std::size_t end = 1;
  for (; end < rest.size(); ++end) {
    const bool exponent = rest[end - 1] == 'e' || rest[end - 1] == 'E';
    const bool sign = exponent && (rest[end] == '-' || rest[end] == '+');
    if (!is_word_char(rest[end]) && rest[end] != '.' && !sign) break;
  }
  return end;
}

// The length of the mark that opens a comment for some versions only; 0 if there is none. Version
// 999999 and the like are for no server.
std::size_t version_mark(std::string_view rest) {
  const std::size_t begin = rest.starts_with("/*!") ? 3 : rest.starts_with("/*M!") ? 4 : 0;
  if (begin == 0) return 0;
  const std::size_t digits = length_while(rest.substr(begin, 6), is_digit);
  return rest.substr(begin, digits) >= "99" ? 0 : begin + digits;
}

std::size_t comment_length(std::string_view rest, SqlDialect dialect) {
  int depth = 0;
  for (std::size_t at = 0; at + 1 < rest.size(); ++at) {
    const bool nests = dialect == SqlDialect::kPostgres || dialect == SqlDialect::kSqlServer;
    if (rest[at] == '/' && rest[at + 1] == '*' && (nests || depth == 0)) ++depth, ++at;
    else if (rest[at] == '*' && rest[at + 1] == '/' && --depth == 0) return at + 2;
    else if (rest[at] == '*' && rest[at + 1] == '/') ++at;
  }
  return 0;
}

bool is_line_comment(std::string_view rest, SqlDialect dialect) {
  if (dialect != SqlDialect::kMySql) return rest.starts_with("--");
  return rest.front() == '#' || (rest.starts_with("--") &&
                                 (rest.size() == 2 || static_cast<unsigned char>(rest[2]) <= ' '));
}

// A token's kind and length; a length of 0 reaches to the end.
struct Piece {
  TokenKind kind;
  std::size_t length;
  bool must_end = false;
};

Piece read_mark(std::string_view rest, SqlDialect dialect) {
  const bool mysql = dialect == SqlDialect::kMySql;
  if (is_line_comment(rest, dialect)) return {TokenKind::kComment, length_through(rest, "\n", 1)};
  if (mysql && rest.starts_with("*/")) return {TokenKind::kComment, 2};
  if (const std::size_t mark = mysql ? version_mark(rest) : 0; mark > 0)
    return {TokenKind::kComment, mark};
  if (rest.starts_with("/*")) return {TokenKind::kComment, comment_length(rest, dialect), true};
  const bool bracket = rest.front() == '[' && !mysql && dialect != SqlDialect::kPostgres;
  if (bracket || rest.front() == '"' || rest.front() == '`')
    return {TokenKind::kQuoted, read_quoted(rest, false, dialect, nullptr), true};
  return {TokenKind::kSymbol, rest.starts_with("::") ? 2u : 1u};
}

Piece read_piece(std::string_view rest, SqlDialect dialect) {
  const char c = rest.front();
  if (is_blank(c)) return {TokenKind::kSpace, length_while(rest, is_blank)};
  if (is_digit(c)) return {TokenKind::kNumber, number_length(rest)};
  if (const std::size_t quote = string_quote(rest, dialect); quote != kNone) {
    const bool q = c == 'q' || c == 'Q';
    const std::size_t length =
        q ? read_q_quoted(rest, nullptr)
          : read_quoted(rest.substr(quote), has_escapes(rest, dialect), dialect, nullptr);
    return {TokenKind::kString, length == 0 || q ? length : quote + length, true};
  }
  if (dialect == SqlDialect::kPostgres)
    if (const std::size_t tag = dollar_tag(rest); tag > 0)
      return {TokenKind::kString, length_through(rest, rest.substr(0, tag), tag), true};
  if (is_word_char(c)) return {TokenKind::kName, length_while(rest, is_word_char)};
  return read_mark(rest, dialect);
}

std::size_t append_code(std::string_view rest, std::size_t digits, std::string& out) {
  std::uint32_t code = 0;
  for (std::size_t i = 1; i <= digits; ++i) {
    const std::optional<unsigned> digit = i < rest.size() ? hex_digit(rest[i]) : std::nullopt;
    if (!digit) return out += rest.front(), 1;
    code = code << 4 | *digit;
  }
  append_utf8(out, code);
  return digits + 1;
}

// \101 or \x41: a byte.
std::size_t append_byte(std::string_view rest, std::string& out) {
  const bool hex = rest.front() == 'x';
  unsigned value = 0;
  std::size_t at = hex ? 1 : 0;
  for (; at < std::min<std::size_t>(3, rest.size()); ++at) {
    const std::optional<unsigned> digit = hex_digit(rest[at]);
    if (!digit || (!hex && *digit > 7)) break;
    value = value * (hex ? 16 : 8) + *digit;
  }
  if (hex && at == 1) return out += 'x', 1;
  out += static_cast<char>(value);
  return at;
}

}  // namespace

bool one_of(std::string_view word, std::string_view list) {
  for (std::size_t at = 0; !word.empty() && (at = list.find(word, at)) != kNone; ++at) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

SqlDialect guess_dialect(std::string_view script) {
  const std::string text = "\n" + outside_strings(script.substr(0, kDialectBytes));
  SqlDialect best = SqlDialect::kSqlite;
  std::size_t most = 0;
  for (const Marks& marks : kMarks) {
    const std::size_t count = count_marks(text, marks.marks);
    if (count > most) best = marks.dialect, most = count;
  }
  return best;
}

SqlToken dialect_token_at(std::string_view sql, std::size_t at, SqlDialect dialect) {
  const Piece piece = read_piece(sql.substr(at), dialect);
  const std::size_t end = piece.length == 0 ? sql.size() : at + piece.length;
  return {piece.kind, at, end, 0, piece.must_end && piece.length == 0};
}

std::string dialect_text(std::string_view token, SqlDialect dialect) {
  std::string text;
  const std::size_t quote = string_quote(token, dialect);
  if (const std::size_t tag = dollar_tag(token); tag > 0 && token.size() >= 2 * tag)
    return std::string(token.substr(tag, token.size() - 2 * tag));
  if (token.front() == 'q' || token.front() == 'Q') read_q_quoted(token, &text);
  else
    read_quoted(token.substr(quote == kNone ? 0 : quote), has_escapes(token, dialect), dialect,
                &text);
  return text;
}

std::size_t append_escape(std::string_view rest, SqlDialect dialect, std::string& out) {
  constexpr std::string_view kLetters = "nrtb0Zfv";
  constexpr std::string_view kMeaning("\n\r\t\b\0\x1a\f\v", 8);
  const bool mysql = dialect == SqlDialect::kMySql;
  const char c = rest.front();
  if (!mysql && (c == 'x' || (c >= '0' && c <= '7'))) return append_byte(rest, out);
  if (!mysql && (c == 'u' || c == 'U')) return append_code(rest, c == 'u' ? 4 : 8, out);
  if (mysql && (c == '%' || c == '_')) out += '\\';
  const std::size_t at = kLetters.find(c);
  out += at == kNone || (mysql ? at > 5 : c == 'Z') ? c : kMeaning[at];
  return 1;
}

}  // namespace sqlenv
