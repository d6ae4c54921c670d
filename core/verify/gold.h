// Gold: what a question's gold query gives, run once and kept outside any agent's limits.
#pragma once

#include "core/base/result.h"
#include "core/sql/database.h"
#include "core/sql/value.h"

namespace sqlenv {

struct Gold {
  ResultTable table;
  bool ordered = false;  // the outermost statement has ORDER BY, so the order of rows is judged
};

// Any error of the sandbox; the caller reports it as GOLD_ERROR, since no agent caused it.
Result<Gold> compute_gold(Database& database, const std::string& gold_sql);

// Whether ORDER BY stands in the outermost statement: not in a subquery, a window, a string, a
// quoted name or a comment.
bool has_outer_order_by(std::string_view sql);

}  // namespace sqlenv
