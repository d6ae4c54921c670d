// Literals and calls in the rows of a dump that SQLite writes in another way.
#pragma once

#include "core/task/dump_tokens.h"

namespace sqlenv {

enum class DumpPlace { kRows, kTable, kView };

// Takes off casts of values (CAST(N'x' AS datetime), 'x'::date, CONVERT(date, 'x')), which SQLite
// would apply differently, and the words before dates (DATE '2020-01-31'). TO_DATE('…', '…') and
// dates written as bytes become text such as 2020-01-31 00:00:00. In a view only casts to text are
// taken off. What is not understood stays, so that SQLite refuses it. In rows NULL stands
// for the current time, which equal imports cannot have; true if there was such a value.
bool rewrite_values(DumpTokens& tokens, SqlDialect dialect, DumpPlace place);

}  // namespace sqlenv
