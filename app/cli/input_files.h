// Finding the files that a person points at. What is no plain file inside the folder that was named
// is not opened or followed; it is a remark.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/input_file.h"
#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv::cli {

// The files that `paths` mean, in order: a file stands for itself, a folder for the files in it
// (not deeper) with one of these endings (".csv"), sorted by name. What cannot be read is a remark.
// NOT_FOUND if a path is not there.
Result<std::vector<std::filesystem::path>> list_inputs(const std::vector<std::string>& paths,
                                                       const std::vector<std::string>& endings,
                                                       std::vector<ImportRemark>& skipped);

}  // namespace sqlenv::cli
