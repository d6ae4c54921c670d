// Interrupt: while one is alive, Ctrl-C and its like set a flag instead of ending the program, so
// that long work can clean up and say so. One at a time.
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
