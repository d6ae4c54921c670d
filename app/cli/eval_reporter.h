// EvalReporter: an evaluation's trajectories in a file, and the questions that were not solved.
#pragma once

#include <fstream>
#include <string>

#include "core/policy/evaluate.h"

namespace sqlenv::cli {

class EvalReporter {
 public:
  // Neither file nor list if `trajectory_file` is empty and `list_failures` is false.
  EvalReporter(const std::string& trajectory_file, bool list_failures);

  // Whether the file could be opened.
  bool usable() const { return static_cast<bool>(file_); }

  // `episode` is null if there is no whole one; `failure` is empty for success.
  void add(const Task& task, const Episode* episode, const std::string& failure);

  // Whether everything was written.
  bool finish();

 private:
  bool list_failures_;
  std::ofstream file_;
};

}  // namespace sqlenv::cli
