#include "app/cli/progress.h"

#include <unistd.h>

#include <iostream>

#include "app/terminal.h"

namespace sqlenv::cli {

using Clock = std::chrono::steady_clock;

Progress::Progress()
    : terminal_(isatty(STDERR_FILENO) != 0), next_(Clock::now() + std::chrono::seconds(1)) {}

Progress::~Progress() { hide(); }

void Progress::show(const std::string& text) {
  if (!terminal_ || Clock::now() < next_) return;
  hide();
  std::cerr << text << std::flush;
  shown_ = text.size();
  next_ = Clock::now() + std::chrono::milliseconds(100);
}

void Progress::hide() {
  if (shown_ > 0) steer_terminal("\r\033[K");
  shown_ = 0;
}

}  // namespace sqlenv::cli
