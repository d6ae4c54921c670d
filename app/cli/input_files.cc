#include "app/cli/input_files.h"

#include <algorithm>

#include "core/base/text.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

bool has_ending(const fs::path& file, const std::vector<std::string>& endings) {
  const std::string ending = to_lower(file.extension().string());
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

Result<std::vector<fs::path>> entries_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    entries.push_back(at->path());
  if (error)
    return fail(ErrorCode::kNotFound, "the folder " + shown_name(folder) + " cannot be read.");
  std::sort(entries.begin(), entries.end());
  return entries;
}

Result<void> add_folder(const fs::path& folder, const std::vector<std::string>& endings,
                        std::vector<fs::path>& files, std::vector<ImportRemark>& skipped) {
  const Result<std::vector<fs::path>> entries = entries_of(folder);
  if (!entries) return fail(entries.error());
  for (const fs::path& entry : *entries) {
    if (!has_ending(entry, endings) || entry.filename().string().front() == '.') continue;
    if (std::string why = why_unreadable(entry, folder); !why.empty())
      skipped.push_back({shown_name(entry), std::move(why)});
    else files.push_back(entry);
  }
  return {};
}

}  // namespace

Result<std::vector<fs::path>> list_inputs(const std::vector<std::string>& paths,
                                          const std::vector<std::string>& endings,
                                          std::vector<ImportRemark>& skipped) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const fs::path path : paths) {
    if (fs::is_directory(path, ignored)) {
      if (auto ok = add_folder(path, endings, files, skipped); !ok) return fail(ok.error());
    } else if (const std::string why = why_unreadable(path, ""); !why.empty()) {
      return fail(ErrorCode::kNotFound, shown_name(path) + ": " + why + ".");
    } else {
      files.push_back(path);
    }
  }
  return files;
}

}  // namespace sqlenv::cli
