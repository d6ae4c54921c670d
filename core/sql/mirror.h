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
#include <string_view>

#include "core/base/result.h"
#include "core/sql/database.h"

namespace sqlenv {

// An order of texts for columns that hold texts of one kind.
struct TextCollation {
  enum class Fit { kFits, kNeutral, kMisfit };

  const char* name;
  // Whether a text is of the kind. A column has the collation if it holds nothing but texts and
  // NULL, none is a misfit, and at least two and half of them fit.
  Fit (*fit)(std::string_view text);
  // Negative, 0 or positive; a total order.
  int (*compare)(std::string_view a, std::string_view b);
};

// The largest image that is mirrored.
constexpr std::size_t kMaxMirroredBytes = 512 << 20;

// A table, a column or a view that cannot be copied, say because it calls an application's
// function, is missing in the mirror, so that a query that reads it fails there. TOO_LARGE beyond
// kMaxMirroredBytes or the memory there is; OPERATION_BUDGET; INTERNAL if nothing can be copied.
Result<DatabaseImage> mirror_image(const DatabaseImage& image);

// A connection to a mirror in which the columns that `collation` is for have it. NOT_FOUND if there
// are none; other errors as above.
Result<Database> collated_mirror(const DatabaseImage& image, const TextCollation& collation);

// A statement on the image as it must be run on the mirror, which stores ~rowid as the rowid of
// each row. None if it reads SQLite's own tables, in which the two differ. `schema` is the image's.
std::optional<std::string> mirrored_sql(const Schema& schema, const std::string& sql);

}  // namespace sqlenv
