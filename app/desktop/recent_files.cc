#include "app/desktop/recent_files.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace sqlenv::desktop {

RecentFiles::RecentFiles(const std::string& lines, Keep keep) : keep_(std::move(keep)) {
  std::istringstream in(lines);
  for (std::string line; paths_.size() < kMost && std::getline(in, line);)
    if (!line.empty()) paths_.push_back(line);
}

bool RecentFiles::is_there(const std::string& path) const {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

void RecentFiles::add(const std::string& path) {
  std::error_code error;
  const std::string full = std::filesystem::absolute(path, error).lexically_normal().string();
  if (error || !is_there(full) || full.find('\n') != std::string::npos) return;
  std::erase(paths_, full);
  paths_.insert(paths_.begin(), full);
  if (paths_.size() > kMost) paths_.pop_back();
  keep();
}

void RecentFiles::remove(const std::string& path) {
  std::erase(paths_, path);
  keep();
}

void RecentFiles::keep() const {
  std::string lines;
  for (const std::string& path : paths_) lines += path + "\n";
  if (keep_) keep_(lines);
}

}  // namespace sqlenv::desktop
