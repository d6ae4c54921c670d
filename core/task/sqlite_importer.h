// Takes SQLite database files, with questions about them or without.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/examples.h"
#include "core/task/import.h"

namespace sqlenv {

// One file as a database of that name; what is worth a word goes to `notes`. TOO_LARGE,
// NOT_A_DATABASE or TIMEOUT otherwise.
Result<PackDatabase> take_sqlite(NamedBytes file, const std::string& name,
                                 std::vector<ImportRemark>& notes,
                                 const std::function<bool()>& stopped = {});

// A database for each file, named after it. A file that cannot be used is left out; the error is
// the first one's if none can be used. Examples name databases by their files' names without
// ending.
Result<Import> import_sqlite(std::vector<NamedBytes> files, std::vector<Example> examples,
                             const ImportOptions& options);

}  // namespace sqlenv
