// RecentFiles: what the player opened last, newest first, to be taken again.
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

  // To the front, in full. What is no file is not kept.
  void add(const std::string& path);
  void remove(const std::string& path);
  bool is_there(const std::string& path) const;

 private:
  void tell() const;

  std::vector<std::string> paths_;
  Keep keep_;
};

}  // namespace sqlenv::desktop
