// RecentFiles: the list of files that the player opened last, newest first.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace sqlenv::desktop {

class RecentFiles {
 public:
  static constexpr std::size_t kMost = 6;

  // `keep` is called with the list, a path a line, whenever it changes; it may be empty.
  using Keep = std::function<void(const std::string& lines)>;
  explicit RecentFiles(const std::string& lines = "", Keep keep = {});

  const std::vector<std::string>& paths() const { return paths_; }

  // Puts the absolute path to the front. A path that is no file is ignored.
  void add(const std::string& path);
  void remove(const std::string& path);
  bool is_there(const std::string& path) const;

 private:
  void keep() const;

  std::vector<std::string> paths_;
  Keep keep_;
};

}  // namespace sqlenv::desktop
