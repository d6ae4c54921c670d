// The mirror of a database image: equal tables with their rows in reverse order.
//
// A query whose result changes between an image and its mirror is not determined by its data, but
// by the order in which SQLite happens to scan: a tie in a subquery's LIMIT, a bare column beside
// GROUP BY, group_concat(). The mirror has the tables, columns, affinities, collations, encoding,
// rows and views of the image. It has none of the keys and indexes, which would restore the old
// order: a table WITHOUT ROWID becomes one with rowids, a generated column holds its values.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/sql/database.h"

namespace sqlenv {

// The largest image that is mirrored.
constexpr std::size_t kMaxMirroredBytes = 512 << 20;

// A table, a column or a view that cannot be copied, say because it calls an application's
// function, is missing in the mirror, so that a query that reads it fails there. TOO_LARGE beyond
// kMaxMirroredBytes or the memory there is; OPERATION_BUDGET; INTERNAL if nothing can be copied.
Result<DatabaseImage> mirror_image(const DatabaseImage& image);

// A statement on the image as it must be run on the mirror, which stores ~rowid as the rowid of
// each row. None if it reads SQLite's own tables, in which the two differ. `schema` is the image's.
std::optional<std::string> mirrored_sql(const Schema& schema, const std::string& sql);

}  // namespace sqlenv
