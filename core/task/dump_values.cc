#include "core/task/dump_values.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/sql/sql_tokens.h"
#include "core/task/dump_dates.h"

namespace sqlenv {
namespace {

constexpr std::string_view kCalls =
    "TO_DATE TO_TIMESTAMP CAST TRY_CAST CONVERT TRY_CONVERT DATE TIME TIMESTAMP DATETIME INTERVAL "
    "CHR NCHAR LAST_INSERT_ID";
constexpr std::string_view kClocks =
    "NOW GETDATE GETUTCDATE SYSDATETIME SYSDATE SYSTIMESTAMP CURRENT_TIMESTAMP CURRENT_DATE "
    "CURRENT_TIME LOCALTIME LOCALTIMESTAMP CURDATE CURTIME UTC_TIMESTAMP";
constexpr std::string_view kTypesOfText =
    "TEXT VARCHAR CHARACTER CHAR BPCHAR NAME REGCLASS UNKNOWN CITEXT";

bool is_literal(const DumpTokens& tokens, std::size_t at) {
  if (at >= tokens.size()) return false;
  const std::string& text = tokens[at].text;
  return is_string(tokens, at) || is_digit(text.front()) || text.starts_with("X'") ||
         tokens[at].word == "NULL";
}

// The position behind a literal with its sign; `at` if there is none.
std::size_t after_literal(const DumpTokens& tokens, std::size_t at) {
  const std::size_t first = is_symbol(tokens, at, '-') ? at + 1 : at;
  return is_literal(tokens, first) ? first + 1 : at;
}

std::size_t after_type(const DumpTokens& tokens, std::size_t at) {
  while (is_name(tokens, at) && is_symbol(tokens, at + 1, '.')) at += 2;
  at += is_name(tokens, at) ? 1 : 0;
  while (at < tokens.size() && one_of(tokens[at].word, "VARYING PRECISION")) ++at;
  if (is_symbol(tokens, at, '(')) at = after_group(tokens, at);
  if (at < tokens.size() && one_of(tokens[at].word, "WITH WITHOUT") &&
      is_word(tokens, at + 1, "TIME"))
    at += 3;
  while (is_symbol(tokens, at, '[') || is_symbol(tokens, at, ']')) ++at;
  return std::min(at, tokens.size());
}

class Rewriter {
 public:
  Rewriter(const DumpTokens& tokens, SqlDialect dialect, DumpPlace place)
      : tokens_(tokens), dialect_(dialect), place_(place) {}

  DumpTokens run() {
    while (at_ < tokens_.size())
      if (!take_cast() && !take_call() && !take_text()) out_.push_back(tokens_[at_++]);
    return std::move(out_);
  }

  bool clock = false;

 private:
  // 'x'::type
  bool take_cast() {
    if (tokens_[at_].text != "::") return false;
    const bool text = at_ + 1 < tokens_.size() && one_of(tokens_[at_ + 1].word, kTypesOfText);
    if (place_ == DumpPlace::kView && !text && (out_.empty() || out_.back().word != "NULL"))
      return false;
    at_ = after_type(tokens_, at_ + 1);
    return true;
  }

  bool take_call() {
    const std::string& word = tokens_[at_].word;
    if (place_ == DumpPlace::kView && dialect_ == SqlDialect::kMySql && take_view_word(word))
      return true;
    if (one_of(word, kClocks)) return place_ == DumpPlace::kRows && take_clock();
    if (!one_of(word, kCalls)) return false;
    if (is_string(tokens_, at_ + 1)) return ++at_, true;  // DATE '…'
    if (!is_symbol(tokens_, at_ + 1, '(')) return false;
    if (word == "CHR" || word == "NCHAR") return rename("char");
    if (word == "LAST_INSERT_ID") return rename("last_insert_rowid");
    if (place_ == DumpPlace::kView) return false;
    if (word.starts_with("TO_")) return take_format();
    if (word.ends_with("CAST")) return take_literal(at_ + 2, "AS");
    if (word.ends_with("CONVERT")) return take_convert();
    return false;
  }

  // NOW(), CURRENT_TIMESTAMP; a column may be called so too.
  bool take_clock() {
    const bool call = is_symbol(tokens_, at_ + 1, '(');
    const char before = at_ > 0 ? tokens_[at_ - 1].text.front() : ' ';
    if (!call && tokens_[at_].word.find('_') == std::string::npos &&
        !tokens_[at_].word.starts_with("SYS"))
      return false;
    if (before == '.' || before == '"') return false;
    out_.push_back({"NULL", "NULL"});
    at_ = call ? after_group(tokens_, at_ + 1) : at_ + 1;
    return clock = true;
  }

  bool rename(const char* name) {
    out_.push_back({name, ""});
    return ++at_, true;
  }

  // N'a' + CHAR(13) of SQL Server, and the empty text of Oracle, which is NULL
  bool take_text() {
    if (dialect_ == SqlDialect::kOracle && tokens_[at_].text == "''" && place_ == DumpPlace::kRows)
      return out_.push_back({"NULL", "NULL"}), ++at_, true;
    if (dialect_ != SqlDialect::kSqlServer || !is_symbol(tokens_, at_, '+')) return false;
    const bool joins = is_string(tokens_, at_ + 1) || is_word(tokens_, at_ + 1, "CHAR") ||
                       is_word(tokens_, at_ + 1, "NCHAR") ||
                       (at_ > 0 && is_string(tokens_, at_ - 1));
    if (joins) return rename("||");
    const bool adds = is_literal(tokens_, at_ + 1) || (at_ > 0 && is_literal(tokens_, at_ - 1));
    // SQLite would add texts as numbers.
    return place_ == DumpPlace::kView && !adds && rename("PLUS_OF_TEXTS_OR_NUMBERS");
  }

  // What MySQL's views call otherwise than SQLite.
  bool take_view_word(const std::string& word) {
    depth_ += is_symbol(tokens_, at_, '(') ? 1 : is_symbol(tokens_, at_, ')') ? -1 : 0;
    while (!joined_.empty() && depth_ < joined_.back()) joined_.pop_back();
    if (!joined_.empty() && depth_ == joined_.back() && is_symbol(tokens_, at_, ','))
      return rename("||");
    if (word == "SEPARATOR" && !ordered_) return rename(",");
    ordered_ = word == "ORDER" || (ordered_ && word != "GROUP_CONCAT");
    if (!is_symbol(tokens_, at_ + 1, '(')) return false;
    if (word == "CONCAT") {  // NULL if a part is NULL
      joined_.push_back(depth_ + 1);
      return ++at_, true;
    }
    const char* name = word == "IF" ? "iif" : word == "UCASE" ? "upper" : "lower";
    return one_of(word, "IF UCASE LCASE") && rename(name);
  }

  // TO_DATE('text', 'format')
  bool take_format() {
    const std::size_t at = at_ + 2;
    if (!is_string(tokens_, at) || !is_symbol(tokens_, at + 1, ',') || !is_string(tokens_, at + 2))
      return false;
    const auto date = date_by_format(unquoted(tokens_[at].text), unquoted(tokens_[at + 2].text));
    return date && put(*date);
  }

  // Puts a text in the place of the call that begins here.
  bool put(const std::string& text) {
    out_.push_back({quote_text(text), ""});
    at_ = after_group(tokens_, at_ + 1);
    return true;
  }

  // CAST(literal AS type)
  bool take_literal(std::size_t first, std::string_view next) {
    const std::size_t end = after_literal(tokens_, first);
    if (end == first || !is_word(tokens_, end, next)) return false;
    return take_typed(first, end, end + 1);
  }

  // A literal with its type.
  bool take_typed(std::size_t first, std::size_t end, std::size_t type_at) {
    const std::string type =
        type_at < tokens_.size() ? to_upper(unquoted(tokens_[type_at].text)) : "";
    const bool date = type.find("DATE") != std::string::npos || type == "TIME";
    if (!date || !tokens_[first].text.starts_with("X'")) return keep(first, end);
    const auto bytes = read_blob_literal(tokens_[first].text);
    const auto text = bytes ? date_of_bytes(bytes->bytes, type) : std::nullopt;
    // SQLite would make a number of the bytes.
    return text ? put(*text) : rename("CAST_OF_BYTES_AS_DATE");
  }

  // CONVERT(type, literal) of SQL Server, CONVERT(literal USING charset) of MySQL
  bool take_convert() {
    if (dialect_ == SqlDialect::kMySql) return take_literal(at_ + 2, "USING");
    const std::size_t comma = after_type(tokens_, at_ + 2);
    const std::size_t end = after_literal(tokens_, comma + 1);
    if (!is_symbol(tokens_, comma, ',') || end == comma + 1) return false;
    return take_typed(comma + 1, end, at_ + 2);
  }

  // Keeps a literal of the call that begins here.
  bool keep(std::size_t first, std::size_t end) {
    for (; first < end; ++first) out_.push_back(tokens_[first]);
    at_ = after_group(tokens_, at_ + 1);
    return true;
  }

  const DumpTokens& tokens_;
  SqlDialect dialect_;
  DumpPlace place_;
  std::size_t at_ = 0;
  int depth_ = 0;            // of parentheses
  std::vector<int> joined_;  // depths at which commas join texts
  bool ordered_ = false;     // since the last GROUP_CONCAT
  DumpTokens out_;
};

}  // namespace

bool rewrite_values(DumpTokens& tokens, SqlDialect dialect, DumpPlace place) {
  const bool texts = dialect >= SqlDialect::kSqlServer;
  const bool needed = place == DumpPlace::kView ||
                      std::any_of(tokens.begin(), tokens.end(), [&](const DumpToken& token) {
                        return (texts && (token.text == "+" || token.text == "''")) ||
                               token.text == "::" ||
                               (token.word.size() > 2 && token.word != "NULL" &&
                                (one_of(token.word, kCalls) || one_of(token.word, kClocks)));
                      });
  if (!needed) return false;
  Rewriter rewriter(tokens, dialect, place);
  DumpTokens rewritten = rewriter.run();
  tokens = std::move(rewritten);
  return rewriter.clock;
}

}  // namespace sqlenv
