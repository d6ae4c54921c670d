// Terminals: shows control characters instead of letting them act.
//
// Texts of packs, trajectories and databases come from anywhere. On a terminal, an escape sequence
// or a mark of writing direction in them could hide or forge what a person reads.
#pragma once

#include <memory>

namespace sqlenv {

// While it lives, standard output and standard error write visible_controls()
// (core/base/visible_text.h) of their text if they are terminals; files and pipes get the bytes as
// they are. One in a program, in its main thread, around all output.
class TerminalGuard {
 public:
  TerminalGuard();
  ~TerminalGuard();
  TerminalGuard(const TerminalGuard&) = delete;
  TerminalGuard& operator=(const TerminalGuard&) = delete;

 private:
  class Filter;
  std::unique_ptr<Filter> out_;
  std::unique_ptr<Filter> err_;
};

// Writes `control`, such as "\r", to standard error as it is. For lines of progress.
void steer_terminal(const char* control);

}  // namespace sqlenv
