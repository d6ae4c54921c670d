// Reads files that a person names: plain files only, and only inside the named folder.
//
// A downloaded folder may hold links that lead elsewhere, devices, pipes that never end, or files
// without rights. None of these is opened or followed.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/result.h"
#include "core/task/import.h"

namespace sqlenv {

// The name of a file as messages show it: without folders, and UTF-8 whatever the bytes.
std::string shown_name(const std::filesystem::path& path);

// Why the file cannot be read: it is missing, no plain file, or a link that leads out of `folder`.
// Empty if it can be read. An empty `folder` means that the person named the file itself, which may
// then be any link.
std::string why_unreadable(const std::filesystem::path& file, const std::filesystem::path& folder);

// Reads a whole plain file. NOT_FOUND, TOO_LARGE or TIMEOUT.
Result<NamedBytes> read_input(const std::filesystem::path& file, std::int64_t limit,
                              const std::function<bool()>& stopped = {});

// Reads a whole SQLite file. NOT_FOUND also if a file beside it holds changes that are not in it
// yet.
Result<NamedBytes> read_database_file(const std::filesystem::path& file, std::int64_t limit,
                                      const std::function<bool()>& stopped = {});

}  // namespace sqlenv
