#include "app/cli/eval_reporter.h"

#include <iostream>

#include "core/wire/trajectory.h"

namespace sqlenv::cli {

EvalReporter::EvalReporter(const std::string& trajectory_file, bool list_failures)
    : list_failures_(list_failures) {
  if (!trajectory_file.empty()) file_.open(trajectory_file, std::ios::binary);
}

void EvalReporter::add(const Task& task, const Episode* episode, const std::string& failure) {
  if (file_.is_open() && episode != nullptr) file_ << trajectory_jsonl(*episode);
  if (list_failures_ && !failure.empty())
    std::cerr << task.question->id << "  " << failure << "  " << task.question->text << "\n";
}

bool EvalReporter::finish() {
  if (!file_.is_open()) return true;
  file_.close();
  return static_cast<bool>(file_);
}

}  // namespace sqlenv::cli
