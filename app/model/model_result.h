// ModelResult: what came of a language model's episodes, as counts.
#pragma once

#include "app/model/model_run.h"
#include "core/policy/evaluate.h"
#include "core/policy/model_evaluation.h"

namespace sqlenv {

class ModelResult {
 public:
  // Episodes in the order in which ModelRun reports them.
  void add(const ModelEpisodeEnd& end);

  const Evaluation& evaluation() const { return evaluation_; }

  // With what is known at the end of the run.
  ModelEvaluation model(const ModelRunOptions& options, const ModelRun& run) const;

 private:
  Evaluation evaluation_;
  ModelEvaluation model_;
  SampleTally samples_;
};

}  // namespace sqlenv
