// Reads the Schema of a connection that has no sandbox yet. For core/sql alone.
#pragma once

#include "core/base/result.h"
#include "core/sql/schema.h"

struct sqlite3;

namespace sqlenv {

// NOT_A_DATABASE with SQLite's reason if a table cannot be read. Views, virtual tables and computed
// columns that cannot be read are left out. The connection has the limits of queries afterwards.
Result<Schema> read_schema(sqlite3* handle);

}  // namespace sqlenv
