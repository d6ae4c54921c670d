// PackFiles: reads the files of a pack, from a folder or from an archive in memory.
//
// A pack folder holds pack.json and the files it names. The archive is a plain ustar file of the
// same folder, so that any tar program makes and reads it; it is how the page loads a pack.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sqlenv {

class PackFiles {
 public:
  virtual ~PackFiles() = default;

  // The whole contents of a file, by its path relative to the pack ("databases/pets_1.sql").
  // NOT_FOUND if there is none; BAD_PACK if the path leaves the pack.
  virtual Result<std::string> read(const std::string& path) const = 0;
};

// Whether a path that a pack names is relative and stays inside the pack's folder.
bool stays_inside(std::string_view path);

// Reads a ustar archive in memory. Directory entries are skipped; a leading "./" is ignored.
class ArchiveFiles : public PackFiles {
 public:
  // BAD_PACK if the archive is cut short or not ustar.
  static Result<ArchiveFiles> open(std::string_view archive);
  Result<std::string> read(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace sqlenv
