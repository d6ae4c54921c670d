// Imports SQLite database files, with or without questions about them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/examples.h"
#include "core/task/import.h"

namespace sqlenv {

// Imports one file as a database of that name and adds remarks to `notes`. TOO_LARGE,
// NOT_A_DATABASE or TIMEOUT.
Result<PackDatabase> take_sqlite(NamedBytes file, const std::string& name,
                                 std::vector<ImportRemark>& notes,
                                 const std::function<bool()>& stopped = {});

// Imports a database from each file, named after it. A file that cannot be used is left out; if
// none can be used, the result is the first one's error. Examples name databases by their files'
// names without ending.
Result<Import> import_sqlite(std::vector<NamedBytes> files, std::vector<Example> examples,
                             const ImportOptions& options);

}  // namespace sqlenv
