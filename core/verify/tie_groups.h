// Which rows of a gold result tie. For core/verify alone.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/sql/select_shape.h"
#include "core/verify/gold.h"

namespace sqlenv {

// The statement without LIMIT and with one more column: the rank of each row's sort keys, which
// orders the rows. None if a sort key cannot be a column. REQUIRES: an ORDER BY or a LIMIT.
std::optional<std::string> ranked_query(const std::string& sql, const SelectShape& shape,
                                        const std::vector<std::string>& columns);

// The sort keys of all rows without the LIMIT, in the statement's order. None if a sort key cannot
// be a column or the query fails. REQUIRES: an ORDER BY.
std::optional<std::vector<Row>> sort_keys(Database& database, const std::string& sql,
                                          const SelectShape& shape,
                                          const std::vector<std::string>& columns);

// A total order of rows of equal length in which only identical rows are equal.
bool row_less(const Row& a, const Row& b);

// The rows [begin, end) that LIMIT and OFFSET keep. None if either is no whole number.
struct KeptRows {
  std::size_t begin = 0;
  std::size_t end = std::numeric_limits<std::size_t>::max();
};
std::optional<KeptRows> kept_rows(Database& database, const std::string& sql,
                                  const SelectShape& shape);

// The groups of `table`, the statement's result. None if they cannot be computed or contradict the
// result.
std::optional<std::vector<TieGroup>> tie_groups(Database& database, const std::string& sql,
                                                const SelectShape& shape, const ResultTable& table);

}  // namespace sqlenv
