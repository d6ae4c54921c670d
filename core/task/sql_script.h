// SqlScript: the statements of an SQL dump, one by one, without copying the text.
//
// Statements end with ';' outside of strings, quoted names and comments; a CREATE TRIGGER ends with
// "; END;". A line that starts with '.' is a command of the sqlite3 shell and a statement of its
// own, as is everything from MySQL's DELIMITER to the DELIMITER that ends it. Any bytes may be
// given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlenv {

enum class SqlDialect { kSqlite, kMySql, kPostgres, kSqlServer };

// By the marks that the dump programs of each system leave near the top.
SqlDialect guess_dialect(std::string_view script);

class SqlScript {
 public:
  struct Statement {
    std::string_view text;  // without comments in front and without the ';'
    std::int64_t line = 0;  // where it begins, from 1
    bool complete = true;   // false: the text ends inside a string, a name or a comment
  };

  // The text must outlive the script and its statements.
  SqlScript(std::string_view text, SqlDialect dialect) : text_(text), dialect_(dialect) {}

  // False at the end.
  bool next(Statement& statement);

 private:
  bool skip_comment();
  bool skip_quoted();
  void skip_blanks();
  void advance(std::size_t to);
  std::string_view take_to_line_end();
  std::string_view take_delimited();

  std::string_view text_;
  SqlDialect dialect_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool complete_ = true;
};

// The first words of a statement in upper case, with single blanks: at most `count`.
std::string leading_words(std::string_view statement, int count);

}  // namespace sqlenv
