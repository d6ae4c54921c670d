// Row packing: fetches a result that an observation does not show in full.
//
// An observation shows 20 rows of a query, and up to 400 bytes of each cell. A packing query wraps
// another one and puts many of its rows, as SQL literals, into each cell. So long results and types
// come through the text that every agent reads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/policy/schema_view.h"
#include "core/sql/value.h"

namespace sqlenv {

// The number of rows like the shown ones that surely fit into one cell; at least 1.
std::size_t rows_for_one_cell(const SeenRows& shown);

// SQL that gives the rows of `sql` from number `skip` on, `rows_per_cell` in each cell.
std::string packing_query(const std::string& sql, std::size_t columns, std::size_t rows_per_cell,
                          std::size_t skip);

// The rows in the shown part of a packing query's result. None if a cell was cut or is otherwise
// unreadable.
std::optional<ResultTable> unpack_rows(const SeenRows& packed, std::size_t columns);

}  // namespace sqlenv
