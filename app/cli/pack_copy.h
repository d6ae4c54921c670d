// Copies the files of a pack as they are, so that the copy has the same digest.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/task/pack_files.h"

namespace sqlenv::cli {

using WriteFile = std::function<Result<void>(const std::string& path, std::string_view bytes)>;

// Passes pack.json and every file it names to `write`, one at a time. BAD_PACK if a name would
// leave the pack; TIMEOUT if the program was interrupted.
Result<void> copy_pack(const PackFiles& files, const WriteFile& write);

}  // namespace sqlenv::cli
