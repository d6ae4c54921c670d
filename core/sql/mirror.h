// The mirror of a database image: equal tables with their rows in reverse order.
//
// A query whose result changes between an image and its mirror is not determined by its data, but
// by the order in which SQLite happens to scan: a tie in a subquery's LIMIT, a bare column beside
// GROUP BY, group_concat(). The mirror has the tables, columns, affinities, collations, rows and
// views of the image. It has none of the keys and indexes, which would restore the old order.
#pragma once

#include "core/base/result.h"
#include "core/sql/database.h"

namespace sqlenv {

// INTERNAL if the image has something that cannot be copied, such as a virtual table.
Result<DatabaseImage> mirror_image(const DatabaseImage& image);

}  // namespace sqlenv
