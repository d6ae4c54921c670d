// Finds the files that a person names. In a folder, anything but a plain file is neither opened nor
// followed; it becomes a remark.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/input_file.h"
#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv::cli {

// The files that `paths` name, in order: a file itself, and of a folder the files in it (not
// deeper) with one of these endings (".csv"), sorted by name. A file that cannot be read becomes a
// remark. NOT_FOUND if a path does not exist.
Result<std::vector<std::filesystem::path>> list_inputs(const std::vector<std::string>& paths,
                                                       const std::vector<std::string>& endings,
                                                       std::vector<ImportRemark>& skipped);

}  // namespace sqlenv::cli
