#include "app/model/model_result.h"

namespace sqlenv {

void ModelResult::add(const ModelEpisodeEnd& end) {
  const bool whole = end.played != nullptr && end.played->done();
  count_episode(*end.task, whole ? &end.played->episode() : nullptr, end.failure, evaluation_);
  if (end.played != nullptr) model_.counts += end.played->counts();
  if (whole && !end.played->answer()) ++model_.budget_spent;
  if (end.trouble) ++model_.lost[std::string(model_failure_name(end.trouble->kind))];
  samples_.add(end.planned, end.failure.empty(), whole ? end.played->answer() : std::nullopt);
}

ModelEvaluation ModelResult::model(const ModelRunOptions& options, const ModelRun& run) const {
  ModelEvaluation out = model_;
  out.model = options.model.model;
  out.dialect = dialect_version(options.dialect);
  out.samples = options.samples;
  out.planned = run.planned();
  out.ended = run.ended_early();
  if (options.samples == 1) return out;
  out.pass_at = samples_.pass_at(options.samples);
  out.majority = samples_.majority();
  return out;
}

}  // namespace sqlenv
