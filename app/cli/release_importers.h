// Packs from data sets as they are published: folders in the layout of Spider's and BIRD's
// releases.
//
// Databases are read one after another. One that is missing, broken, unsafe or not wanted is
// skipped with a reason; an import fails only if none is left, or if it cannot write.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/import_session.h"

namespace sqlenv::cli {

// The databases of a release that are wanted.
struct Wanted {
  std::vector<std::string> databases;  // empty: all
  bool evidence = true;                // keep BIRD's evidence as part of the question
};

// The ten databases that the original SQLEnv plays on.
const std::vector<std::string>& original_databases();

// dev.json (eval) and train_spider.json, train_others.json (train) beside
// database/NAME/NAME.sqlite. At least one of the files of examples must be there.
Result<void> import_spider(const std::filesystem::path& release, const Wanted& wanted,
                           ImportSession& session);

// dev.json or mini_dev_sqlite.json (eval) with dev_databases/NAME/NAME.sqlite, and train.json with
// train_databases/NAME/NAME.sqlite; one of the two is enough.
Result<void> import_bird(const std::filesystem::path& release, const Wanted& wanted,
                         ImportSession& session);

}  // namespace sqlenv::cli
