// Gold: the result of a question's gold query, run once, outside any agent's limits.
//
// Beside the rows it holds the choices that the query leaves open: rows that tie in its ORDER BY
// and so may swap, and rows that a LIMIT cut off although they tie with rows that it kept. Both
// come from running the query again with its sort keys, so that SQLite's own collations decide what
// ties.
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

// Consecutive rows of the gold table that may stand in any order.
struct TieGroup {
  std::size_t rows = 0;
  std::vector<Row> others;  // cut off by LIMIT or OFFSET, and just as right in this group
};

struct Gold {
  ResultTable table;
  bool ordered = false;  // the outermost statement has ORDER BY: row order is judged
  bool mentions_order_by =
      false;  // the text has "order by" anywhere, by which mode `spider` judges

  // The groups cover all rows, in order. If empty, each row is a group if ordered, else all are
  // one.
  std::vector<TieGroup> groups;
  // False if the query has an ORDER BY or LIMIT whose ties could not be computed; then `groups` is
  // empty and an answer that differs in nothing but order, or only by a LIMIT, is UNDECIDED.
  bool ties_known = true;
  bool limited = false;  // the outermost statement has LIMIT

  // The result on the mirror, if it differs by more than ties. The query then does not determine
  // its result (a tie in a subquery's LIMIT, a bare column beside GROUP BY …).
  std::optional<ResultTable> alternative;

  // Why the search for an alternative could not run, as a sentence, though the result may depend on
  // the order of scanning. Not empty: an answer that differs is UNDECIDED in mode `strict`.
  std::string unsearched;

  std::string answer_type;  // the question's, by which mode `sqlenv` compares
};

// The limits under which gold queries run: generous, yet bounded.
QueryLimits gold_limits();

// Whether the result of `gold_sql` could depend on the order of scanning, judged by its text, so
// that two runs on the mirror (sql/mirror.h) are worth the time.
bool may_depend_on_scan_order(std::string_view gold_sql);

// Runs the gold query. The caller reports an error of the sandbox as GOLD_ERROR, since no agent
// caused it. `mirror` is a connection to the mirror of the database, null if none is wanted, or the
// error for which there is none.
Result<Gold> compute_gold(Database& database, const std::string& gold_sql,
                          const std::string& answer_type = "",
                          const Result<Database*>& mirror = nullptr);

// The result of `gold_sql` on the mirror; `backwards` scans it in the image's order of rows again,
// but still without its indexes. The error says why there is none. REQUIRES: `mirror` is not null.
Result<ResultTable> mirrored_result(const Schema& schema, const std::string& gold_sql,
                                    const Result<Database*>& mirror, bool backwards = false);

}  // namespace sqlenv
