#include "core/task/sql_script.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/task/dump_statement.h"
#include "core/task/statement_end.h"

namespace sqlenv {
namespace {

constexpr std::size_t kHeadBytes = 200;
constexpr std::string_view kPlusLines =
    "REM REMARK PROMPT SPOOL CONN CONNECT WHENEVER DEFINE UNDEFINE EXIT QUIT "
    "SHOW DESC DESCRIBE "
    "COLUMN TTITLE CLEAR PAUSE ACCEPT START HOST SET ECHO / @ @@";

// Whether the tokens so far end with "; END".
class TriggerEnd {
 public:
  void add(std::string_view token) {
    ended_ = after_semicolon_ && equal_ignoring_case(token, "END");
    after_semicolon_ = token == ";";
  }
  bool ended() const { return ended_; }

 private:
  bool after_semicolon_ = false;
  bool ended_ = false;
};

bool is_trigger(std::string_view statement) {
  const char first = statement.empty() ? ' ' : statement.front();
  return (first == 'C' || first == 'c') &&
         statement_head(statement.substr(0, kHeadBytes), SqlDialect::kSqlite)
             .kind.ends_with("TRIGGER");
}

}  // namespace

SqlToken SqlScript::peek() const {
  return dialect_ == SqlDialect::kSqlite ? sql_token_at(text_, at_)
                                         : dialect_token_at(text_, at_, dialect_);
}

void SqlScript::advance(std::size_t to) {
  to = std::min(to, text_.size());
  line_ += std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                      text_.begin() + static_cast<std::ptrdiff_t>(to), '\n');
  at_ = to;
}

void SqlScript::skip_blanks() {
  while (at_ < text_.size()) {
    if (rest().starts_with(delimiter_)) {
      advance(at_ + delimiter_.size());
      continue;
    }
    const SqlToken token = peek();
    if (!token.is_blank() && text_[at_] != ';') return;
    advance(token.end);
  }
}

bool SqlScript::is_command() const {
  const char c = text_[at_];
  if (dialect_ == SqlDialect::kSqlite) return c == '.';
  if (c == '\\') return true;
  const std::string_view word = peek().in(text_);
  if (dialect_ == SqlDialect::kSqlServer) return c == ':' || equal_ignoring_case(word, "GO");
  if (dialect_ == SqlDialect::kOracle)
    return word.size() < 20 && one_of(to_upper(word), kPlusLines);
  return dialect_ == SqlDialect::kMySql &&
         (equal_ignoring_case(word, "DELIMITER") || equal_ignoring_case(word, "SOURCE"));
}

bool SqlScript::take_delimiter(std::string_view line) {
  constexpr std::string_view kWord = "DELIMITER";
  if (!equal_ignoring_case(line.substr(0, kWord.size()), kWord)) return false;
  delimiter_ = trim(line.substr(kWord.size()));
  if (delimiter_.empty()) delimiter_ = ";";
  return true;
}

bool SqlScript::begins_line(std::size_t at) const {
  while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
  return at == 0 || text_[at - 1] == '\n';
}

void SqlScript::take_batch(Statement& statement) {
  StatementEnd end(dialect_);
  for (SqlToken token; at_ < text_.size(); advance(token.end)) {
    token = peek();
    if (!token.is_blank() && end.before(token.in(text_), begins_line(at_))) return;
    statement.complete = statement.complete && !token.open;
  }
}

void SqlScript::take_to_end(Statement& statement) {
  if (dialect_ >= SqlDialect::kSqlServer) return take_batch(statement);
  const bool trigger = dialect_ == SqlDialect::kSqlite && is_trigger(rest());
  const bool semicolon = delimiter_ == ";";
  TriggerEnd end;
  for (SqlToken token; at_ < text_.size(); advance(token.end)) {
    token = peek();
    if (semicolon && text_[at_] == ';' && (!trigger || end.ended())) return;
    if (!semicolon && token.kind >= TokenKind::kName) {
      const std::size_t found = token.in(text_).find(delimiter_);
      if (found == 0 || rest().starts_with(delimiter_)) return;
      if (found != std::string_view::npos && token.kind == TokenKind::kName)
        token.end = token.begin + found;
    }
    if (trigger && !token.is_blank()) end.add(token.in(text_));
    statement.complete = statement.complete && !token.open;
  }
}

void SqlScript::take_rows(Statement& statement) {
  if (!equal_ignoring_case(statement.text.substr(0, 4), "COPY") ||
      to_lower(statement.text).find("from stdin") == std::string::npos)
    return;
  advance(text_.find('\n', at_));
  advance(at_ + 1);
  statement.rows_line = line_;
  std::size_t end = rest().starts_with("\\.") ? at_ : text_.find("\n\\.", at_);
  statement.complete = end != std::string::npos;
  end = std::min(end, text_.size());
  statement.rows = std::string_view(text_).substr(at_, end - at_);
  advance(text_.find('\n', std::min(end + 1, text_.size())));
}

bool SqlScript::next(Statement& statement) {
  while (true) {
    skip_blanks();
    if (at_ >= text_.size()) return false;
    statement = {{}, line_, at_};
    if ((statement.command = is_command())) advance(text_.find('\n', at_));
    else take_to_end(statement);
    statement.text = trim(std::string_view(text_).substr(statement.at, at_ - statement.at));
    if (dialect_ == SqlDialect::kPostgres && !statement.command) take_rows(statement);
    if (!statement.command || !take_delimiter(statement.text)) return true;
  }
}

}  // namespace sqlenv
