#include "core/sql/sandbox.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace sqlenv {
namespace {

struct LengthLimit {
  int id;
  int value;
};

constexpr std::array<LengthLimit, 8> kLimits = {{
    {SQLITE_LIMIT_SQL_LENGTH, kMaxSqlBytes},
    {SQLITE_LIMIT_EXPR_DEPTH, 200},
    {SQLITE_LIMIT_COMPOUND_SELECT, 100},
    {SQLITE_LIMIT_VDBE_OP, 250'000},
    {SQLITE_LIMIT_FUNCTION_ARG, 64},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 0},
}};

// Most are not compiled in; the list keeps them out if a build option changes.
constexpr std::array<std::string_view, 14> kDeniedFunctions = {
    "load_extension",
    "fts3_tokenizer",
    "readfile",
    "writefile",
    "edit",
    "random",
    "randomblob",
    "lsmode",
    "sqlite_offset",
    "sqlite_log",
    "sqlite_version",
    "sqlite_source_id",
    "sqlite_compileoption_get",
    "sqlite_compileoption_used",
};

}  // namespace

void harden(sqlite3* handle) {
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  for (const LengthLimit& limit : kLimits) sqlite3_limit(handle, limit.id, limit.value);
}

bool may_call(std::string_view function) {
  return std::none_of(
      kDeniedFunctions.begin(), kDeniedFunctions.end(),
      [function](std::string_view denied) { return equal_ignoring_case(denied, function); });
}

}  // namespace sqlenv
