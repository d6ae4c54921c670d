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

Json write_evaluation(const Pack& pack, std::string_view policy, const EvaluateOptions& options,
                      const Evaluation& evaluation) {
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
  return json;
}

Json write_pass_at(const std::vector<PassAt>& all) {
  Json json = Json::object();
  for (const PassAt& at : all)
    json[std::to_string(at.k)] = {{"rate", at.rate}, {"tasks", at.tasks}};
  return json;
}

Json write_model(const ModelEvaluation& model, std::int64_t episodes) {
  const ModelTurns& counts = model.counts;
  Json json = {{"name", model.model},
               {"dialect", model.dialect},
               {"samples", model.samples},
               {"planned_episodes", model.planned},
               {"turns", counts.turns},
               {"prompt_tokens", counts.prompt_tokens},
               {"completion_tokens", counts.completion_tokens}};
  json["mean_tokens"] =
      episodes == 0 ? 0.0 : static_cast<double>(counts.tokens()) / static_cast<double>(episodes);
  json["unreadable"] = counts.unreadable;
  json["several"] = counts.several;
  json["cut"] = counts.cut;
  json["repeats"] = counts.repeats;
  json["budget_spent"] = model.budget_spent;
  json["lost"] = write_counts(model.lost);
  json["pass_at"] = write_pass_at(model.pass_at);
  Json& majority = json["majority"] = nullptr;
  if (model.samples > 1)
    majority = {{"tasks", model.majority.tasks}, {"right", model.majority.right}};
  Json& ended = json["ended_early"] = nullptr;
  if (model.ended) ended = {{"reason", model.ended->reason}, {"message", model.ended->message}};
  return json;
}

}  // namespace

std::string evaluation_json(const Pack& pack, std::string_view policy,
                            const EvaluateOptions& options, const Evaluation& evaluation) {
  return write_json(write_evaluation(pack, policy, options, evaluation), 2);
}

std::string evaluation_json(const Pack& pack, const EvaluateOptions& options,
                            const Evaluation& evaluation, const ModelEvaluation& model) {
  const std::string name = model.model.empty() ? "model" : model.model;
  Json json = write_evaluation(pack, name, options, evaluation);
  json["model"] = write_model(model, evaluation.all.episodes);
  return write_json(json, 2);
}

}  // namespace sqlenv
