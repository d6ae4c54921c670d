// EvalProgress: how far a language model's run is, as a line on a terminal.
#pragma once

#include <chrono>

#include "app/cli/progress.h"
#include "app/model/model_run.h"

namespace sqlenv::cli {

class EvalProgress {
 public:
  // Episodes, success so far, tokens, and the time left if all episodes take as long as those
  // before.
  void show(const ModelRun& run);

  // Removes the line, so that other output may be written.
  void hide() { progress_.hide(); }

 private:
  Progress progress_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::int64_t ended_before_ = -1;  // by an earlier run
};

}  // namespace sqlenv::cli
