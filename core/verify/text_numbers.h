// Numbers that are stored as text, which SQLite orders as text: '10' before '9'.
// For core/verify alone.
#pragma once

#include <optional>
#include <vector>

#include "core/sql/mirror.h"
#include "core/sql/select_shape.h"
#include "core/verify/gold.h"
#include "core/verify/tie_groups.h"

namespace sqlenv {

// For mirrors whose columns of such texts are ordered by number. Texts without a digit, such as
// 'unknown', may stand between them. Texts that differ stay different: '1' and '1.0' are in order.
extern const TextCollation kTextNumbers;

// Whether ORDER BY puts such texts into another order than their numbers have, so that the result
// changes. `keys` are the sort keys of all rows, in order; `kept` those that LIMIT keeps.
bool sorts_numbers_as_text(const std::vector<Row>& keys, const SelectShape& shape,
                           const KeptRows& kept);

}  // namespace sqlenv
