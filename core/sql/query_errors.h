// What a refused or stopped query is told: a stable code and a message that says what would have
// worked. Pure; no message holds more than SQLite's own words and names of the schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/sql/schema.h"

namespace sqlenv {

Error not_read_only();
Error too_large(const std::string& what);

// Statements that SQLite found something wrong with. `known` are the tables whose columns may be
// suggested; null for all of the schema. The names of tables are no secret.
using KnownTables = std::vector<const Table*>;
Error no_such_table(const Schema& schema, std::string_view name);
Error no_such_column(const Schema& schema, const KnownTables* known, std::string_view name);

// The rest of `message` after `prefix`, or empty.
std::string_view rest_after(std::string_view message, std::string_view prefix);

}  // namespace sqlenv
