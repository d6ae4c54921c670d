// SqlScript: the statements of an SQL dump, one by one, without copying the text.
//
// A statement ends with ';' outside of strings, quoted names and comments, or with what MySQL's
// DELIMITER names; a CREATE TRIGGER of SQLite ends with "; END;". SQL Server's and Oracle's ends
// are in statement_end.h. A line for the client program (".mode" of sqlite3, "source" of mysql,
// "\connect" of psql, GO) is a statement of its own, except DELIMITER. The rows behind PostgreSQL's
// COPY … FROM stdin belong to it. Any bytes but NUL may be given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/task/sql_dialect.h"

namespace sqlenv {

class SqlScript {
 public:
  struct Statement {
    std::string_view text;  // without comments in front and without the ';'
    std::int64_t line = 0;  // where it begins, from 1
    std::size_t at = 0;     // the same in bytes
    bool complete = true;   // false: the text ends inside a string, a name or a comment
    bool command = false;   // a line for the client program
    std::string_view rows;  // the lines behind COPY, up to the line "\\."
    std::int64_t rows_line = 0;
  };

  // `text` must outlive the script and its statements.
  SqlScript(const std::string& text, SqlDialect dialect) : text_(text), dialect_(dialect) {}

  // False at the end.
  bool next(Statement& statement);

 private:
  SqlToken peek() const;
  std::string_view rest() const { return std::string_view(text_).substr(at_); }
  void advance(std::size_t to);
  void skip_blanks();
  bool is_command() const;
  bool take_delimiter(std::string_view line);
  bool begins_line(std::size_t at) const;
  void take_to_end(Statement& statement);
  void take_batch(Statement& statement);
  void take_rows(Statement& statement);

  const std::string& text_;
  SqlDialect dialect_;
  std::string delimiter_ = ";";
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
};

}  // namespace sqlenv
