// The errors of refused and stopped queries: a stable code and a message that says what would work.
// Pure; a message holds only SQLite's own words and names of the schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/sql/schema.h"

namespace sqlenv {

Error not_read_only();
Error too_large(const std::string& what);

// Errors that SQLite found. `known` are the tables whose columns may be suggested, null for all of
// the schema. The names of tables are no secret.
using KnownTables = std::vector<const Table*>;
Error no_such_table(const Schema& schema, std::string_view name);
Error no_such_column(const Schema& schema, const KnownTables* known, std::string_view name);

// The part of `message` after `prefix`; empty if it does not begin so.
std::string_view rest_after(std::string_view message, std::string_view prefix);

}  // namespace sqlenv
