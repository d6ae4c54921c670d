// FolderFiles: a pack in a folder of the machine. Not part of the browser build, which has no
// files.
#pragma once

#include <filesystem>

#include "core/task/pack_files.h"

namespace sqlenv {

class FolderFiles : public PackFiles {
 public:
  explicit FolderFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::string> read(const std::string& path) const override;

 private:
  std::filesystem::path folder_;
};

// A whole file, or NOT_FOUND. The message holds only the file's own name.
Result<std::string> read_file(const std::filesystem::path& path);

}  // namespace sqlenv
