#include "core/wire/evaluation_json.h"

#include "core/base/version.h"
#include "core/wire/json.h"

namespace sqlenv {
namespace {

void add_tally(Json& json, const Tally& tally) {
  const Interval interval = wilson_interval(tally.successes, tally.episodes);
  json["episodes"] = tally.episodes;
  json["successes"] = tally.successes;
  json["success_rate"] = tally.success_rate();
  json["success_interval"] = {interval.low, interval.high};
  json["mean_return"] = tally.mean_return();
  json["mean_steps"] = tally.mean_steps();
}

Json write_groups(const std::map<std::string, Tally>& groups) {
  Json json = Json::object();
  for (const auto& [name, tally] : groups) add_tally(json[name] = Json::object(), tally);
  return json;
}

Json write_counts(const std::map<std::string, std::int64_t>& counts) {
  Json json = Json::object();
  for (const auto& [name, count] : counts) json[name] = count;
  return json;
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json write_options(const EvaluateOptions& options) {
  const ResetOptions& reset = options.reset;
  return {{"seed", reset.seed},
          {"episodes", options.episodes},
          {"database", or_null(reset.filter.database)},
          {"difficulty", or_null(reset.filter.difficulty)},
          {"split", or_null(reset.filter.split)},
          {"step_budget", reset.step_budget},
          {"reward", reset.reward},
          {"verifier", reset.verifier}};
}

}  // namespace

std::string evaluation_json(const Pack& pack, std::string_view policy,
                            const EvaluateOptions& options, const Evaluation& evaluation) {
  Json json = {{"format", "sqlenv-evaluation/1"},
               {"core", kVersion},
               {"policy", policy},
               {"pack", pack.name},
               {"pack_digest", pack.digest},
               {"options", write_options(options)}};
  add_tally(json, evaluation.all);
  json["failures"] = write_counts(evaluation.failures);
  json["step_errors"] = write_counts(evaluation.step_errors);
  json["by_database"] = write_groups(evaluation.by_database);
  json["by_difficulty"] = write_groups(evaluation.by_difficulty);
  return write_json(json, 2);
}

}  // namespace sqlenv
