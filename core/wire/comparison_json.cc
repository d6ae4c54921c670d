#include "core/wire/comparison_json.h"

#include <cmath>

#include "core/base/version.h"
#include "core/wire/json.h"

namespace sqlenv {
namespace {

// Adding zero makes -0 to 0.
double rounded(double value) { return std::round(value * 1e6) / 1e6 + 0.0; }

Json write_interval(const Interval& interval) {
  return Json::array({rounded(interval.low), rounded(interval.high)});
}

void add_score(Json& json, const Score& score) {
  json["tasks"] = score.tasks;
  json["episodes"] = score.episodes;
  json["successes"] = score.successes;
  json["success_rate"] = rounded(score.success_rate);
  json["success_interval"] = write_interval(score.success_interval);
  json["mean_return"] = rounded(score.mean_return);
  json["mean_steps"] = rounded(score.mean_steps);
}

Json write_scores(const std::map<std::string, Score>& scores) {
  Json json = Json::object();
  for (const auto& [name, score] : scores) add_score(json[name] = Json::object(), score);
  return json;
}

Json write_run(const RunResult& run, bool grouped) {
  Json json = {{"name", run.name}};
  add_score(json, run.all);
  Json& failures = json["failures"] = Json::object();
  for (const auto& [reason, count] : run.failures) failures[reason] = count;
  json["cut_off"] = run.cut_off;
  json["damaged"] = run.damaged;
  json["problems"] = run.problems;
  json["by_difficulty"] = grouped ? write_scores(run.by_difficulty) : Json();
  json["by_database"] = grouped ? write_scores(run.by_database) : Json();
  return json;
}

Json write_pair(const PairResult& pair, const RunComparison& comparison) {
  const bool shared = pair.tasks > 0;
  const auto if_shared = [shared](Json value) { return shared ? std::move(value) : Json(); };
  return {{"first", comparison.runs[pair.first].name},
          {"second", comparison.runs[pair.second].name},
          {"tasks", pair.tasks},
          {"only_first", pair.only_first},
          {"only_second", pair.only_second},
          {"ahead", if_shared(pair.ahead)},
          {"behind", if_shared(pair.behind)},
          {"success_difference", if_shared(rounded(pair.success_difference))},
          {"success_interval", if_shared(write_interval(pair.success_interval))},
          {"return_difference", if_shared(rounded(pair.return_difference))},
          {"return_interval", if_shared(write_interval(pair.return_interval))},
          {"p", if_shared(rounded(pair.p))},
          {"corrected_p", if_shared(rounded(pair.corrected_p))},
          {"success_differs", if_shared(pair.success_differs())},
          {"return_differs", if_shared(pair.return_differs())}};
}

}  // namespace

std::string comparison_json(const RunComparison& comparison) {
  Json json = {{"format", "sqlenv-comparison/1"},
               {"core", kVersion},
               {"pack", comparison.pack},
               {"pack_digest", comparison.pack_digest}};
  Json& options = json["options"] = Json::array();
  for (const PlayOptions& each : comparison.options)
    options.push_back(
        {{"step_budget", each.step_budget}, {"reward", each.reward}, {"verifier", each.verifier}});
  json["tasks"] = comparison.tasks;
  json["shared_tasks"] = comparison.shared_tasks;
  json["method"] = {{"interval", "wilson"},
                    {"test", "exact sign test (McNemar)"},
                    {"correction", "holm"},
                    {"resamples", comparison.compared.resamples},
                    {"seed", comparison.compared.seed}};
  Json& runs = json["runs"] = Json::array();
  for (const RunResult& run : comparison.runs) runs.push_back(write_run(run, comparison.grouped));
  Json& pairs = json["pairs"] = Json::array();
  for (const PairResult& pair : comparison.pairs) pairs.push_back(write_pair(pair, comparison));
  return write_json(json, 2);
}

}  // namespace sqlenv
