// Progress: one line on standard error that shows how far long work is.
//
// Shown only if standard error is a terminal and a second has passed, and removed by the
// destructor. For one thread.
#pragma once

#include <chrono>
#include <string>

namespace sqlenv::cli {

class Progress {
 public:
  Progress();
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Writes at most ten times a second, and so is cheap enough to call for every item.
  void show(const std::string& text);

  // Removes the line, so that other output may be written. The next show() writes it again.
  void hide();

 private:
  bool terminal_;
  std::size_t shown_ = 0;  // bytes on the line now
  std::chrono::steady_clock::time_point next_;
};

}  // namespace sqlenv::cli
