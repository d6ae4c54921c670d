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

std::string failure_of(const Episode& episode) {
  if (!episode.verdict()) return "NO_ANSWER";
  return episode.verdict()->correct ? "" : std::string(reason_name(episode.verdict()->reason));
}

Result<Episode> start(Environment& environment, const ResetOptions& options, const Task& task,
                      std::uint64_t seed) {
  ResetOptions reset = options;
  reset.seed = seed;
  reset.filter = {};
  reset.filter.pack = task.pack->name;
  reset.filter.question_id = task.question->id;
  return environment.reset(reset);
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
  void play_one(const Task& task, std::uint64_t seed, EpisodeReport& report) {
    Result<Episode> episode = start(environment_, options_, task, seed);
    Result<std::unique_ptr<Policy>> policy = make_policy_(gold_source(environment_, task));
    if (!episode || !policy) {
      const Error& error = episode ? policy.error() : episode.error();
      report.failure = std::string(code_name(error.code));
    } else {
      play(*episode, **policy, seed);
      report.failure = failure_of(*episode);
      report.episode = &*episode;
      count_step_errors(*episode, evaluation_.step_errors);
    }
    add(task, report);
    if (report_) report_(report);
    report.episode = nullptr;
  }

  Evaluation take() { return std::move(evaluation_); }

 private:
  void add(const Task& task, const EpisodeReport& report) {
    const bool success = report.failure.empty();
    count(evaluation_.all, report.episode, success);
    count(evaluation_.by_database[task.database->name], report.episode, success);
    count(evaluation_.by_difficulty[task.question->difficulty], report.episode, success);
    if (!success) ++evaluation_.failures[report.failure];
  }

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
  const Result<std::vector<PlannedEpisode>> plan = plan_evaluation(environment.catalog(), options);
  if (!plan) return fail(plan.error());
  // A wrong option would fail every episode alike, so it is reported once.
  const Result<Episode> tried = start(environment, options.reset, plan->front().task, 0);
  if (!tried && tried.error().code == ErrorCode::kBadOption) return fail(tried.error());
  Run run(environment, options.reset, make_policy, report);
  EpisodeReport progress;
  progress.total = static_cast<std::int64_t>(plan->size());
  for (const PlannedEpisode& planned : *plan) {
    ++progress.number;
    progress.task = &planned.task;
    run.play_one(planned.task, planned.seed, progress);
  }
  return run.take();
}

}  // namespace sqlenv
