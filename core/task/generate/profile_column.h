// Profiles one column by its contents.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/task/generate/metered_database.h"
#include "core/task/generate/profile.h"

namespace sqlenv::generate {

// Fills in everything of `column` but its name, phrase and key. `source` is the table's name as
// SQL, `words` are those of the column's name. `unique` says that no two rows share a value; it is
// not checked.
void profile_column(MeteredDatabase& database, const std::string& source, std::int64_t rows,
                    bool unique, const std::vector<std::string>& words, ColumnProfile& column);

}  // namespace sqlenv::generate
