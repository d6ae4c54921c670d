// SqlScript: the statements of an SQL dump, one by one, without copying the text.
//
// A statement ends with ';' outside of strings, quoted names and comments; a CREATE TRIGGER ends
// with "; END;". Two kinds of lines are statements of their own: a command of the sqlite3 shell,
// which starts with '.', and everything from MySQL's DELIMITER to the DELIMITER that ends it. Any
// bytes but NUL may be given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/sql/sql_tokens.h"

namespace sqlenv {

enum class SqlDialect { kSqlite, kMySql, kPostgres, kSqlServer };

// Decides by the marks that each system's dump program leaves near the top.
SqlDialect guess_dialect(std::string_view script);

class SqlScript {
 public:
  struct Statement {
    std::string_view text;  // without comments in front and without the ';'
    std::int64_t line = 0;  // where it begins, from 1
    bool complete = true;   // false: the text ends inside a string, a name or a comment
  };

  // `text` must outlive the script and its statements. Every dialect but MySQL's is read by
  // SQLite's rules.
  SqlScript(const std::string& text, SqlDialect dialect) : text_(text), dialect_(dialect) {}

  // False at the end.
  bool next(Statement& statement);

 private:
  SqlToken peek() const;
  void advance(std::size_t to);
  void skip_blanks();
  bool take_special_line();
  void take_to_semicolon(Statement& statement);

  const std::string& text_;
  SqlDialect dialect_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
};

// The first words of a statement in upper case, with single blanks: at most `count`, and only those
// that nothing else interrupts.
std::string leading_words(std::string_view statement, int count);

}  // namespace sqlenv
