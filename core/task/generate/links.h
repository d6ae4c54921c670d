// Finds the links between profiled tables.
#pragma once

#include <vector>

#include "core/task/generate/metered_database.h"
#include "core/task/generate/profile.h"

namespace sqlenv::generate {

// The links that the schema declares, plus links by name to tables that no declared key refers to:
// from a column called like the table. A schema that declares none has links by name only: from a
// column called like another table's only key column, or like the table with "_id" where that key
// is "id". A link by name counts only if every value is found. Columns of links become keys.
std::vector<Link> find_links(MeteredDatabase& database, Profile& profile);

}  // namespace sqlenv::generate
