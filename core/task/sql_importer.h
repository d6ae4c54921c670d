// Imports SQL scripts: dumps by sqlite3, MySQL, PostgreSQL and SQL Server, or CREATE TABLE and
// INSERT as other programs and people write them.
//
// Statements run one by one on an empty database that can reach nothing else
// (sql/database_builder.h). A statement that makes or fills a table must succeed, or the import
// fails with the line and the reason: half a dump is worse than none. Indexes and views that fail,
// and statements without data (triggers, users, settings, queries), are left out and reported, with
// their number and the first of each kind; transactions, locks and session settings are left out
// silently. Other systems' SQL is translated (task/dump_statement.h).
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv {

// Runs the scripts in this order. Each database that they fill (USE, CREATE TABLE db.t) becomes a
// database of the pack. `database` is the name of a single one; if empty, the pack's.
Result<Import> import_sql(std::vector<NamedBytes> scripts, const ImportOptions& options,
                          const std::string& database = "");

}  // namespace sqlenv
