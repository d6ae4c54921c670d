// Reading what a person points at, warily: plain files only, inside the folder that was named.
//
// A downloaded folder may hold links that lead elsewhere, devices, pipes that never end, or files
// without rights. None of these is opened or followed; each is a remark.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv::cli {

// Why the file cannot be read, empty if it can: it is not there, no plain file, or a link that
// leads out of `folder`. An empty folder stands for "named by the person", where any link is fine.
std::string why_unreadable(const std::filesystem::path& file, const std::filesystem::path& folder);

// A whole plain file. NOT_FOUND, TOO_LARGE or TIMEOUT.
Result<NamedBytes> read_input(const std::filesystem::path& file, std::int64_t limit,
                              const std::function<bool()>& stopped = {});

// A whole SQLite file. NOT_FOUND also if a file beside it holds changes that are not in it yet.
Result<NamedBytes> read_database_file(const std::filesystem::path& file,
                                      const std::function<bool()>& stopped = {});

// The files that `paths` mean, in order: a file stands for itself, a folder for the files in it
// (not deeper) with one of these endings (".csv"), sorted by name. What cannot be read is a remark.
// NOT_FOUND if a path is not there.
Result<std::vector<std::filesystem::path>> list_inputs(const std::vector<std::string>& paths,
                                                       const std::vector<std::string>& endings,
                                                       std::vector<ImportRemark>& skipped);

}  // namespace sqlenv::cli
