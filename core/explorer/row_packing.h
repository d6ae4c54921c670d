// Row packing: reading a result that an observation does not show in full.
//
// An observation shows 20 rows of a query, each cell up to 400 bytes. A packing query wraps another
// and puts many of its rows, as SQL literals, into one cell, so that types and long results come
// through the same text that every agent reads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/policy/schema_view.h"
#include "core/sql/value.h"

namespace sqlenv {

// How many rows like the shown ones surely fit into one cell; at least 1.
std::size_t rows_for_one_cell(const SeenRows& shown);

// Gives the rows of `sql` from number `skip` on, `rows_per_cell` in each cell.
std::string packing_query(const std::string& sql, std::size_t columns, std::size_t rows_per_cell,
                          std::size_t skip);

// The rows in the result of a packing query, of which the shown part counts. None if a cell was cut
// or is otherwise not readable.
std::optional<ResultTable> unpack_rows(const SeenRows& packed, std::size_t columns);

}  // namespace sqlenv
