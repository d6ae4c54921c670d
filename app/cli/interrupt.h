// Interrupt: while one exists, Ctrl-C and similar signals set a flag instead of ending the program,
// so that long work can clean up and report. One at a time.
#pragma once

#include <csignal>

namespace sqlenv::cli {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  static bool seen();

 private:
  struct sigaction before_[3];
};

}  // namespace sqlenv::cli
