// What an import leaves out of SQL scripts, with the number and the first statement of each kind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/task/dump_statement.h"
#include "core/task/import.h"

namespace sqlenv {

class ScriptReport {
 public:
  explicit ScriptReport(Import& import) : import_(import) {}

  // `kind` and `why` decide what is counted together; `what` names the statement.
  void skip(const std::string& kind, const std::string& what, const std::string& why);

  // Adds all to the import's list.
  void finish();

 private:
  struct Entry {
    std::string kind;
    ImportRemark first;
    std::int64_t count = 1;
  };

  Import& import_;
  std::vector<Entry> entries_;
};

// A statement for messages: what it makes, or its first three words.
std::string shown_statement(std::string_view statement, const StatementHead& head);

}  // namespace sqlenv
