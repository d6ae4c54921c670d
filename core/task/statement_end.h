// Where a statement ends in scripts of SQL Server and Oracle, which can do without ';' and hold
// programs with ';' inside.
//
// SQL Server: at a line GO, at ';', or in front of a line that begins another statement; a
// procedure, function, trigger or view ends at GO alone. Oracle: at ';' or at a line "/"; a program
// ends behind its last END, a package at "/" alone. One object for each statement.
#pragma once

#include <string>
#include <string_view>

#include "core/task/sql_dialect.h"

namespace sqlenv {

class StatementEnd {
 public:
  explicit StatementEnd(SqlDialect dialect) : oracle_(dialect == SqlDialect::kOracle) {}

  // To be asked for each token that is not blank: whether the statement ends in front of it.
  // `line_begins`: the token is the first of its line.
  bool before(std::string_view token, bool line_begins);

 private:
  bool ends_oracle(std::string_view word) const;
  bool ends_server(std::string_view word, bool line_begins);
  void count(std::string_view word);

  bool oracle_;
  std::string first_;  // words in capitals
  std::string last_;
  int tokens_ = 0;
  int depth_ = 0;          // of parentheses
  int blocks_ = 0;         // of BEGIN … END
  bool program_ = false;   // it may hold ';'
  bool whole_ = false;     // it ends at a line GO or / alone
  bool has_body_ = false;  // the statement behind IF has begun
  bool closed_ = false;    // the last token ended the last block
};

}  // namespace sqlenv
