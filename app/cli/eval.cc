#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/eval_model.h"
#include "app/cli/eval_reporter.h"
#include "app/cli/eval_table.h"
#include "app/packs.h"
#include "app/terminal.h"
#include "core/explorer/builtin_policies.h"
#include "core/policy/evaluate.h"
#include "core/wire/evaluation_json.h"

namespace sqlenv::cli {
namespace {

int complain(const std::string& message) {
  std::cerr << "sqlenv eval: " << message << "\n";
  return 1;
}

// Reports each episode, with a line of progress on a terminal.
class Reporter {
 public:
  explicit Reporter(EvalReporter& reporter)
      : terminal_(isatty(STDERR_FILENO) != 0), reporter_(reporter) {}

  void operator()(const EpisodeReport& report) {
    successes_ += report.failure.empty() ? 1 : 0;
    reporter_.add(*report.task, report.episode, report.failure);
    if (!terminal_) return;
    steer_terminal("\r");
    std::cerr << report.number << " of " << report.total << " episodes, " << successes_ << " solved"
              << (report.number == report.total ? "\n" : "") << std::flush;
  }

 private:
  bool terminal_;
  std::int64_t successes_ = 0;
  EvalReporter& reporter_;
};

int eval_policy(const EvalOptions& options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().to_string());
  EvalReporter reporter(options.trajectory_file, options.list_failures);
  if (!reporter.usable()) return complain("cannot write to " + options.trajectory_file + ".");
  Environment environment(*catalog);
  environment.keep_tables(false);
  const Result<PolicyMaker> make_policy = builtin_policies().find(options.policy);
  if (!make_policy) return complain(make_policy.error().to_string());
  const Result<Evaluation> result =
      evaluate(environment, options.evaluate, *make_policy, Reporter(reporter));
  if (!result) return complain(result.error().to_string());
  const Pack& pack = (*catalog)->packs().front();
  if (options.json)
    std::cout << evaluation_json(pack, options.policy, options.evaluate, *result) << "\n";
  else print_evaluation("policy " + options.policy, pack, options.evaluate.reset, *result);
  if (!reporter.finish())
    return complain("the trajectories could not be written to " + options.trajectory_file + ".");
  return std::cout.flush() ? 0 : complain("standard output cannot be written.");
}

void add_options(CLI::App& command, EvalOptions& options) {
  EvaluateOptions& evaluate = options.evaluate;
  QuestionFilter& filter = evaluate.reset.filter;
  CLI::Option* policy =
      command
          .add_option("--policy", options.policy, "random, explorer or oracle (default explorer)")
          ->check(CLI::IsMember(builtin_policies().names()));
  command.add_option("--pack", options.packs, "Pack folder, archive or name (default: starter)")
      ->expected(1);
  std::vector<CLI::Option*> plan;
  const auto add = [&](const char* name, auto& value, const char* help) {
    return plan.emplace_back(command.add_option(name, value, help));
  };
  add("--database", filter.database, "Only questions about this database");
  add("--difficulty", filter.difficulty, "Only easy, medium or hard ones");
  add("--split", filter.split, "Only those of train or eval");
  add("--question", filter.question_id, "Only this question (its id)");
  add("--episodes", evaluate.episodes,
      "Play this many, drawn by the seed (default: each question once)")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  add("--seed", evaluate.reset.seed, "Seed of the run (default 0)");
  add("--step-budget", evaluate.reset.step_budget, "Steps allowed (default 15)");
  add("--reward", evaluate.reset.reward, "v3, v2, v1.5, v1 or potential");
  add("--verifier", evaluate.reset.verifier, "How answers are judged");
  command.add_flag("--json", options.json, "Write the result as JSON");
  command.add_flag("--failures", options.list_failures,
                   "Name each question that was not solved on standard error");
  command.add_option("--trajectories", options.trajectory_file,
                     "Write every episode's trajectory to this file, one after the other");
  add_model_options(command, options.model, policy, plan);
}

}  // namespace

void add_eval_command(CLI::App& app, Runner& chosen) {
  CLI::App* command =
      app.add_subcommand("eval", "Play many episodes with a policy or a language model and count");
  auto options = std::make_shared<EvalOptions>();
  add_options(*command, *options);
  command->callback([options, &chosen] {
    chosen = [options] {
      return options->model.chosen() ? eval_model(*options) : eval_policy(*options);
    };
  });
}

}  // namespace sqlenv::cli
