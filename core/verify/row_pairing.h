// Pairs rows one to one under a fixed order of columns. For core/verify alone.
#pragma once

#include <cstdint>
#include <vector>

#include "core/verify/match.h"

namespace sqlenv {

using Keys = std::vector<std::uint64_t>;  // for each row

// Rows with different keys never pair; among rows with one key equal_cells() decides, exactly.
// `columns` holds the answer's column for each gold column.
Match pair_rows(const Side& gold, const Side& answer, const CellRules& rules,
                const std::vector<std::size_t>& columns, const Keys& gold_keys,
                const Keys& answer_keys);

// Whether each row equals some row of the other side, however often.
Match equal_sets(const Side& gold, const Side& answer, const CellRules& rules,
                 const std::vector<std::size_t>& columns, const Keys& gold_keys,
                 const Keys& answer_keys);

}  // namespace sqlenv
