// The errors of refused and stopped queries: a stable code and a message that says what would work.
// Pure; a message holds only SQLite's own words and names of the schema.
#pragma once

#include <optional>
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

// The reason of a view that cannot be planned within the bounds of a query.
inline constexpr std::string_view kTooMuchPlanning = "planning it is too much work";

// A module, collation or function that only the application that made a database has.
struct MissingPart {
  std::string_view kind;  // "module", "collation" or "function"
  std::string_view name;  // a part of the message
};

// What is missing, if SQLite's message says so.
std::optional<MissingPart> missing_part(std::string_view message);

// Says in a few words why SQLite refuses, such as "the module fts5 is not available here".
std::string refusal_reason(std::string_view message);

// Tells an agent who asks for it why something is left out, and what to do instead.
Error why_left_out(const LeftOut& left);

// The error of a statement that SQLite refuses with this message because of what the schema leaves
// out or the application has, and not because of the statement's own words. None for other errors.
std::optional<Error> error_of_file(const Schema& schema, std::string_view sql,
                                   std::string_view message);

// The part of `message` after `prefix`; empty if it does not begin so.
std::string_view rest_after(std::string_view message, std::string_view prefix);

}  // namespace sqlenv
