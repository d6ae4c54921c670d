// The rows behind PostgreSQL's "COPY t (a, b) FROM stdin;", as pg_dump writes them.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/result.h"
#include "core/sql/database_builder.h"
#include "core/task/dump_names.h"
#include "core/task/dump_statement.h"

namespace sqlenv {

// Adds the rows to the table of `statement`: a line each, cells between tabs, \N for NULL, escapes
// after backslashes. Truth values become 1 and 0, bytea bytes. After a failure `line` is the number
// of the row from 0.
Result<void> copy_rows(const DumpStatement& statement, std::string_view rows,
                       const DumpNames& names, DatabaseBuilder& builder, std::int64_t& line);

}  // namespace sqlenv
