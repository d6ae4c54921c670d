// FolderFiles: reads a pack from a folder of the machine. The page has no files and no FolderFiles.
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
