// Progress: one line on standard error that says how far long work is.
//
// Shown only if standard error is a terminal, not before a second has passed, and wiped when the
// object goes. For one thread.
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

  // Cheap enough to call for every item: it writes at most ten times a second.
  void show(const std::string& text);

  // Wipes the line, so that other output may be written. The next show() brings it back.
  void hide();

 private:
  bool terminal_;
  std::size_t shown_ = 0;  // bytes on the line now
  std::chrono::steady_clock::time_point next_;
};

}  // namespace sqlenv::cli
