// Files that people take for SQL scripts.
#pragma once

#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv {

// NOT_A_DATABASE, with what to do instead, for a dump in another format than SQL text: PostgreSQL's
// own formats, archives, databases.
Result<void> check_script_format(const NamedBytes& file);

}  // namespace sqlenv
