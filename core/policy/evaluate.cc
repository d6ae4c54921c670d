#include "core/policy/evaluate.h"

#include <algorithm>

#include "core/base/random.h"

namespace sqlenv {
namespace {

void count(Tally& tally, const Episode* episode, bool success) {
  ++tally.episodes;
  tally.successes += success ? 1 : 0;
  if (episode == nullptr) return;
  tally.steps += episode->step_count();
  tally.total_return += episode->total_reward();
}

// Gives the tasks to play: each once, or `episodes` of them, drawn so that none repeats before all
// were played.
std::vector<Task> draw_tasks(std::vector<Task> tasks, std::int64_t episodes, Random& random) {
  if (episodes <= 0) return tasks;
  std::vector<Task> drawn;
  while (static_cast<std::int64_t>(drawn.size()) < episodes) {
    for (std::size_t i = tasks.size(); i > 1; --i)
      std::swap(tasks[i - 1], tasks[static_cast<std::size_t>(random.below(i))]);
    drawn.insert(drawn.end(), tasks.begin(), tasks.end());
  }
  drawn.resize(static_cast<std::size_t>(episodes));
  return drawn;
}

void play(Episode& episode, Policy& policy, std::uint64_t seed) {
  Observation observation = episode.first().observation;
  policy.begin(observation, seed);
  while (!episode.done()) observation = episode.step(policy.act(observation)).observation;
}

void count_step_errors(const Episode& episode, std::map<std::string, std::int64_t>& errors) {
  for (const StepRecord& step : episode.steps())
    if (step.result.error) ++errors[std::string(code_name(step.result.error->code))];
}

class Run {
 public:
  Run(Environment& environment, const ResetOptions& options, const PolicyMaker& make_policy,
      const std::function<void(const EpisodeReport&)>& report)
      : environment_(environment), options_(options), make_policy_(make_policy), report_(report) {}

  // Plays one episode and counts it.
  void play_one(const PlannedEpisode& planned, EpisodeReport& report) {
    Result<Episode> episode = start_planned(environment_, options_, planned);
    Result<std::unique_ptr<Policy>> policy = make_policy_(gold_source(environment_, planned.task));
    if (!episode || !policy) {
      const Error& error = episode ? policy.error() : episode.error();
      report.failure = std::string(code_name(error.code));
    } else {
      play(*episode, **policy, planned.seed);
      report.failure = episode_failure(*episode);
      report.episode = &*episode;
    }
    count_episode(planned.task, report.episode, report.failure, evaluation_);
    if (report_) report_(report);
    report.episode = nullptr;
  }

  Evaluation take() { return std::move(evaluation_); }

 private:
  Environment& environment_;
  const ResetOptions& options_;
  const PolicyMaker& make_policy_;
  const std::function<void(const EpisodeReport&)>& report_;
  Evaluation evaluation_;
};

}  // namespace

Result<std::vector<PlannedEpisode>> plan_evaluation(const Catalog& catalog,
                                                    const EvaluateOptions& options) {
  Result<std::vector<Task>> matching = catalog.select(options.reset.filter);
  if (!matching) return fail(matching.error());
  Random random(options.reset.seed);
  std::vector<PlannedEpisode> plan;
  for (const Task& task : draw_tasks(std::move(*matching), options.episodes, random))
    plan.push_back({task, random.next()});
  return plan;
}

Result<std::vector<PlannedEpisode>> checked_plan(Environment& environment,
                                                 const EvaluateOptions& options) {
  Result<std::vector<PlannedEpisode>> plan = plan_evaluation(environment.catalog(), options);
  if (!plan) return plan;
  const Result<Episode> tried = start_planned(environment, options.reset, plan->front());
  if (!tried && tried.error().code == ErrorCode::kBadOption) return fail(tried.error());
  return plan;
}

Result<Episode> start_planned(Environment& environment, const ResetOptions& options,
                              const PlannedEpisode& planned) {
  ResetOptions reset = options;
  reset.seed = planned.seed;
  reset.filter = {};
  reset.filter.pack = planned.task.pack->name;
  reset.filter.question_id = planned.task.question->id;
  return environment.reset(reset);
}

std::string episode_failure(const Episode& episode) {
  if (!episode.verdict()) return "NO_ANSWER";
  return episode.verdict()->correct ? "" : std::string(reason_name(episode.verdict()->reason));
}

void count_episode(const Task& task, const Episode* episode, const std::string& failure,
                   Evaluation& evaluation) {
  const bool success = failure.empty();
  count(evaluation.all, episode, success);
  count(evaluation.by_database[task.database->name], episode, success);
  count(evaluation.by_difficulty[task.question->difficulty], episode, success);
  if (!success) ++evaluation.failures[failure];
  if (episode != nullptr) count_step_errors(*episode, evaluation.step_errors);
}

GoldSource gold_source(Environment& environment, const Task& task) {
  return [&]() -> Result<OracleKnowledge> {
    const Result<const Gold*> gold = environment.gold(task);
    if (!gold) return fail(gold.error());
    return OracleKnowledge{task.question->tables_involved, task.question->gold_sql, (*gold)->table};
  };
}

Result<Evaluation> evaluate(Environment& environment, const EvaluateOptions& options,
                            const PolicyMaker& make_policy,
                            const std::function<void(const EpisodeReport&)>& report) {
  const Result<std::vector<PlannedEpisode>> plan = checked_plan(environment, options);
  if (!plan) return fail(plan.error());
  Run run(environment, options.reset, make_policy, report);
  EpisodeReport progress;
  progress.total = static_cast<std::int64_t>(plan->size());
  for (const PlannedEpisode& planned : *plan) {
    ++progress.number;
    progress.task = &planned.task;
    run.play_one(planned, progress);
  }
  return run.take();
}

}  // namespace sqlenv
