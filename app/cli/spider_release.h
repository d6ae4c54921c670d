// Makes a pack folder from a folder in the layout of Spider's release.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <vector>

#include "core/base/result.h"
#include "core/task/spider_importer.h"

namespace sqlenv::cli {

struct ImportReport {
  std::size_t databases = 0;
  std::size_t questions = 0;
  std::vector<SkippedExample> skipped;
};

// The pack is built beside `target` and moved into place when it is whole, so that a failure leaves
// nothing; an existing pack is replaced only if it is one of ours. Progress goes to `progress`.
Result<ImportReport> import_spider_release(const std::filesystem::path& release,
                                           const std::filesystem::path& target,
                                           std::ostream& progress);

}  // namespace sqlenv::cli
