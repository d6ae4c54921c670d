#include "core/task/folder_files.h"

#include <fstream>
#include <iterator>

namespace sqlenv {

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  // On Linux a folder opens as a stream and fails only at reading.
  if (!in || in.peek() == std::ifstream::traits_type::eof()) {
    if (std::filesystem::is_regular_file(path)) return std::string();
    return fail(ErrorCode::kNotFound, "cannot read the file " + path.filename().string() + ".");
  }
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Result<std::string> FolderFiles::read(const std::string& path) const {
  const std::filesystem::path relative(path);
  for (const auto& part : relative)
    if (part == ".." || relative.is_absolute())
      return fail(ErrorCode::kBadPack, "the pack names a file outside of itself.");
  return read_file(folder_ / relative);
}

}  // namespace sqlenv
