// What becomes of each kind of statement in a script. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/task/sql_dialect.h"

namespace sqlenv {

enum class Fate {
  kMustRun,  // it makes or fills a table
  kMayRun,   // its failure is a remark
  kSilent,   // left out without a remark
  kSkip,     // left out with a remark
  kUse,      // it names the database of the statements behind it
  kRefuse    // the script cannot be trusted any more
};

// `kind` is the statement's (task/dump_statement.h).
Fate fate_of(const std::string& kind, std::string_view statement, SqlDialect dialect);

// Whether `kind` stands between bars in `list`.
bool listed(std::string_view kind, std::string_view list);

// Whether a word of the statement is INSERT.
bool holds_insert(std::string_view statement, SqlDialect dialect);

// The position of the statement behind IF whose condition holds on an empty database (IF NOT EXISTS
// (…) CREATE TABLE …); the length of `text` if there is none.
std::size_t body_of_if(std::string_view text, SqlDialect dialect);

}  // namespace sqlenv
