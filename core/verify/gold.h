// Gold: what a question's gold query gives, run once and kept outside any agent's limits.
//
// Beside the rows it holds what the query leaves open: which rows tie in its ORDER BY and so may
// swap, and which rows a LIMIT cut off although they tie with ones it kept. Both come from running
// the query again with its sort keys, so that SQLite's own collations decide what ties.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/sql/database.h"
#include "core/sql/value.h"

namespace sqlenv {

using Row = std::vector<Value>;

// Consecutive rows of the gold table whose order among each other is open.
struct TieGroup {
  std::size_t rows = 0;
  std::vector<Row> others;  // cut off by LIMIT or OFFSET, and as legal in this group as its rows
};

struct Gold {
  ResultTable table;
  bool ordered = false;            // the outermost statement has ORDER BY: row order is judged
  bool mentions_order_by = false;  // the text "order by" is anywhere in it: mode `spider` asks that

  // The groups cover all rows, in order. Empty: each row its own group if ordered, else one group.
  std::vector<TieGroup> groups;
  // False if the query has an ORDER BY or LIMIT whose ties could not be computed; then `groups` is
  // empty and an answer that differs in nothing but order, or only by a LIMIT, is UNDECIDED.
  bool ties_known = true;
  bool limited = false;  // the outermost statement has LIMIT

  // The result on the mirror, if that is another one than ties explain. The query then does not
  // determine its result (a tie in a subquery's LIMIT, a bare column beside GROUP BY …).
  std::optional<ResultTable> alternative;

  std::string answer_type;  // of the question: mode `sqlenv` compares by it
};

// The limits under which gold queries run: generous, yet bounded.
QueryLimits gold_limits();

// Whether `gold_sql` has anything that could make its result depend on the order of scanning, so
// that a run on the mirror (sql/mirror.h) is worth it. A cheap look at the text.
bool may_depend_on_scan_order(std::string_view gold_sql);

// Any error of the sandbox; the caller reports it as GOLD_ERROR, since no agent caused it. `mirror`
// is a connection to the mirror of the database, or null if it is not wanted.
Result<Gold> compute_gold(Database& database, const std::string& gold_sql,
                          const std::string& answer_type = "", Database* mirror = nullptr);

}  // namespace sqlenv
