#include "core/task/sql_script.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/task/mysql_dialect.h"

namespace sqlenv {
namespace {

constexpr std::size_t kDialectBytes = 1 << 20;
constexpr std::size_t kLeadingBytes = 200;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

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
  const std::string words = leading_words(statement, 3);
  return words.starts_with("CREATE TRIGGER") || words == "CREATE TEMP TRIGGER" ||
         words == "CREATE TEMPORARY TRIGGER";
}

}  // namespace

SqlDialect guess_dialect(std::string_view script) {
  const std::string_view top = script.substr(0, kDialectBytes);
  if (contains_any(top, {"PostgreSQL database dump", "pg_catalog.", " FROM stdin;"}))
    return SqlDialect::kPostgres;
  if (contains_any(top, {"SET ANSI_NULLS", "[dbo].", "\nGO\r\n", "\nGO\n"}))
    return SqlDialect::kSqlServer;
  if (contains_any(top, {"-- MySQL dump", "-- MariaDB dump", "-- phpMyAdmin", "ENGINE=", "/*!40",
                         "AUTO_INCREMENT", "auto_increment", "LOCK TABLES `"}))
    return SqlDialect::kMySql;
  return SqlDialect::kSqlite;
}

std::string leading_words(std::string_view statement, int count) {
  const std::string head(statement.substr(0, kLeadingBytes));
  std::string words;
  for (std::size_t at = 0; at < head.size() && count > 0;) {
    const SqlToken token = sql_token_at(head, at);
    at = token.end;
    if (token.is_blank()) continue;
    if (!token.is_word()) break;
    words += (words.empty() ? "" : " ") + to_upper(token.in(head));
    --count;
  }
  return words;
}

SqlToken SqlScript::peek() const {
  return dialect_ == SqlDialect::kMySql ? mysql_token_at(text_, at_) : sql_token_at(text_, at_);
}

void SqlScript::advance(std::size_t to) {
  to = std::min(to, text_.size());
  line_ += std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                      text_.begin() + static_cast<std::ptrdiff_t>(to), '\n');
  at_ = to;
}

void SqlScript::skip_blanks() {
  while (at_ < text_.size()) {
    const SqlToken token = peek();
    if (!token.is_blank() && text_[at_] != ';') return;
    advance(token.end);
  }
}

bool SqlScript::take_special_line() {
  if (text_[at_] == '.') return advance(text_.find('\n', at_)), true;
  const std::string_view rest = std::string_view(text_).substr(at_);
  if (!equal_ignoring_case(peek().in(text_), "DELIMITER")) return false;
  const std::size_t last = rest.find("\nDELIMITER ;");
  advance(last == std::string_view::npos ? last : text_.find('\n', at_ + last + 1));
  return true;
}

void SqlScript::take_to_semicolon(Statement& statement) {
  const bool trigger = is_trigger(std::string_view(text_).substr(at_, kLeadingBytes));
  TriggerEnd end;
  for (SqlToken token; at_ < text_.size(); advance(token.end)) {
    token = peek();
    if (text_[at_] == ';' && (!trigger || end.ended())) return;
    if (!token.is_blank()) end.add(token.in(text_));
    statement.complete = statement.complete && !token.open;
  }
}

bool SqlScript::next(Statement& statement) {
  skip_blanks();
  if (at_ >= text_.size()) return false;
  statement = {{}, line_, true};
  const std::size_t begin = at_;
  if (!take_special_line()) take_to_semicolon(statement);
  statement.text = trim(std::string_view(text_).substr(begin, at_ - begin));
  return true;
}

}  // namespace sqlenv
