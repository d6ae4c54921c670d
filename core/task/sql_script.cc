#include "core/task/sql_script.h"

#include <algorithm>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kDialectBytes = 1 << 20;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool contains_any(std::string_view text, std::initializer_list<std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

// What a trigger's statement ends with: the words before this ';' are "; END".
class TriggerEnd {
 public:
  void word(std::string_view word) {
    ended_ = after_semicolon_ && equal_ignoring_case(word, "END");
    after_semicolon_ = false;
  }
  void symbol(char c) {
    after_semicolon_ = c == ';';
    ended_ = false;
  }
  bool ended() const { return ended_; }

 private:
  bool after_semicolon_ = false;
  bool ended_ = false;
};

bool is_trigger(std::string_view statement) {
  const std::string words = leading_words(statement, 3);
  return words.rfind("CREATE TRIGGER", 0) == 0 || words == "CREATE TEMP TRIGGER" ||
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
  std::string words;
  std::size_t at = 0;
  for (int i = 0; i < count; ++i) {
    while (at < statement.size() && is_blank(statement[at])) ++at;
    const std::size_t begin = at;
    while (at < statement.size() && is_word(statement[at])) ++at;
    if (at == begin) break;
    if (i > 0) words += ' ';
    for (const char c : statement.substr(begin, at - begin))
      words += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return words;
}

void SqlScript::advance(std::size_t to) {
  to = std::min(to, text_.size());
  line_ += std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                      text_.begin() + static_cast<std::ptrdiff_t>(to), '\n');
  at_ = to;
}

bool SqlScript::skip_comment() {
  const std::string_view two = text_.substr(at_, 2);
  const bool line = two == "--" || (dialect_ == SqlDialect::kMySql && text_[at_] == '#');
  if (!line && two != "/*") return false;
  const std::size_t end = text_.find(line ? "\n" : "*/", at_ + (line ? 1 : 2));
  if (end == std::string_view::npos) {
    complete_ = complete_ && line;
    advance(text_.size());
  } else {
    advance(end + (line ? 1 : 2));
  }
  return true;
}

// A doubled quote needs no care: it ends one piece and begins the next.
bool SqlScript::skip_quoted() {
  const char open = text_[at_];
  const bool bracket = open == '[' && dialect_ == SqlDialect::kSqlite;
  if (open != '\'' && open != '"' && open != '`' && !bracket) return false;
  const char close = bracket ? ']' : open;
  const bool escapes = dialect_ == SqlDialect::kMySql && open != '`';
  std::size_t end = at_ + 1;
  while (end < text_.size() && text_[end] != close) end += escapes && text_[end] == '\\' ? 2 : 1;
  complete_ = complete_ && end < text_.size();
  advance(end + 1);
  return true;
}

void SqlScript::skip_blanks() {
  while (at_ < text_.size()) {
    if (is_blank(text_[at_]) || text_[at_] == ';') advance(at_ + 1);
    else if (!skip_comment()) return;
  }
}

std::string_view SqlScript::take_to_line_end() {
  const std::size_t begin = at_;
  advance(text_.find('\n', at_));
  return trim(text_.substr(begin, at_ - begin));
}

std::string_view SqlScript::take_delimited() {
  const std::size_t begin = at_;
  std::size_t end = text_.find("\nDELIMITER ;", at_);
  end = end == std::string_view::npos ? text_.size() : text_.find('\n', end + 1);
  advance(end);
  return text_.substr(begin, at_ - begin);
}

bool SqlScript::next(Statement& statement) {
  complete_ = true;
  skip_blanks();
  if (at_ >= text_.size()) return false;
  statement = {{}, line_, true};
  if (text_[at_] == '.') return statement.text = take_to_line_end(), true;
  const std::size_t begin = at_;
  if (leading_words(text_.substr(at_, 20), 1) == "DELIMITER")
    return statement.text = take_delimited(), true;
  const bool trigger = is_trigger(text_.substr(begin, 200));
  TriggerEnd end;
  while (at_ < text_.size()) {
    if (skip_comment()) continue;
    if (text_[at_] == ';') {
      if (!trigger || end.ended()) break;
      end.symbol(';');
      ++at_;
    } else if (is_word(text_[at_])) {
      const std::size_t word = at_;
      while (at_ < text_.size() && is_word(text_[at_])) ++at_;
      end.word(text_.substr(word, at_ - word));
    } else {
      if (!is_blank(text_[at_])) end.symbol(text_[at_]);
      if (!skip_quoted()) advance(at_ + 1);
    }
  }
  statement.text = trim(text_.substr(begin, at_ - begin));
  statement.complete = complete_;
  return true;
}

}  // namespace sqlenv
