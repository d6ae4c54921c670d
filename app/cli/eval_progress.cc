#include "app/cli/eval_progress.h"

#include "app/cli/eval_table.h"

namespace sqlenv::cli {
namespace {

std::string duration_text(double seconds) {
  if (seconds < 90) return std::to_string(static_cast<long>(seconds) + 1) + " s";
  if (seconds < 90 * 60) return std::to_string(static_cast<long>(seconds / 60) + 1) + " min";
  return fixed_text(seconds / 3600, 1) + " h";
}

}  // namespace

void EvalProgress::show(const ModelRun& run) {
  if (ended_before_ < 0) ended_before_ = run.ended();
  const std::int64_t ended = run.ended();
  std::string text = std::to_string(ended) + " of " + std::to_string(run.planned()) + " episodes";
  if (ended > 0)
    text += ", " +
            fixed_text(100.0 * static_cast<double>(run.solved()) / static_cast<double>(ended), 1) +
            " % solved";
  text += ", " + grouped_text(run.tokens()) + " tokens";
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - begin_;
  if (ended > ended_before_)
    text += ", " +
            duration_text(since.count() / static_cast<double>(ended - ended_before_) *
                          static_cast<double>(run.planned() - ended)) +
            " left";
  if (run.trouble())
    text.append(", trying again after ").append(model_failure_name(*run.trouble()));
  progress_.show(text);
}

}  // namespace sqlenv::cli
