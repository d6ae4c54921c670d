#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "app/cli/commands.h"
#include "app/packs.h"
#include "app/terminal.h"
#include "core/base/text.h"
#include "core/explorer/builtin_policies.h"
#include "core/policy/evaluate.h"
#include "core/wire/episode_json.h"
#include "core/wire/evaluation_json.h"
#include "core/wire/trajectory.h"

namespace sqlenv::cli {
namespace {

struct EvalOptions {
  std::vector<std::string> packs;
  std::string policy = "explorer";
  EvaluateOptions evaluate;
  std::string trajectory_file;
  bool json = false;
  bool list_failures = false;
};

int complain(const std::string& message) {
  std::cerr << "sqlenv eval: " << message << "\n";
  return 1;
}

std::string fixed(double value, int digits) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

void print_row(const std::string& name, std::size_t name_width, const Tally& tally) {
  const Interval interval = wilson_interval(tally.successes, tally.episodes);
  const std::string range =
      fixed(100 * interval.low, 1) + " to " + fixed(100 * interval.high, 1) + " %";
  std::cout << "  " << name << std::string(name_width - name.size(), ' ')
            << padded(std::to_string(tally.episodes), 10)
            << padded(fixed(100 * tally.success_rate(), 1) + " %", 10) << padded(range, 18)
            << padded(fixed(tally.mean_return(), 3), 13) << padded(fixed(tally.mean_steps(), 2), 12)
            << "\n";
}

void print_counts(const std::string& title, const std::map<std::string, std::int64_t>& counts) {
  if (counts.empty()) return;
  std::cout << "\n" << title << "\n";
  for (const auto& [name, count] : counts) std::cout << "  " << name << "  " << count << "\n";
}

void print_table(const Pack& pack, const EvalOptions& options, const Evaluation& result) {
  std::size_t width = 12;
  for (const auto* groups : {&result.by_database, &result.by_difficulty})
    for (const auto& [name, tally] : *groups) width = std::max(width, name.size());
  std::cout << "policy " << options.policy << ", pack " << pack.name << ", reward "
            << options.evaluate.reset.reward << ", verifier " << options.evaluate.reset.verifier
            << ", seed " << options.evaluate.reset.seed << "\n\n"
            << std::string(width + 2, ' ')
            << "  episodes   success     95 % interval  mean return  mean steps\n";
  print_row("all", width, result.all);
  for (const auto* groups : {&result.by_difficulty, &result.by_database}) {
    std::cout << "\n";
    for (const auto& [name, tally] : *groups) print_row(name, width, tally);
  }
  print_counts("Failed episodes", result.failures);
  print_counts("Steps answered with an error", result.step_errors);
}

// Reports each episode: a line of progress on a terminal, its trajectory in a file.
class Reporter {
 public:
  explicit Reporter(const EvalOptions& options)
      : terminal_(isatty(STDERR_FILENO) != 0), list_failures_(options.list_failures) {
    if (!options.trajectory_file.empty()) file_.open(options.trajectory_file, std::ios::binary);
  }

  bool usable() { return static_cast<bool>(file_); }

  void operator()(const EpisodeReport& report) {
    successes_ += report.failure.empty() ? 1 : 0;
    if (file_.is_open() && report.episode != nullptr) file_ << trajectory_jsonl(*report.episode);
    if (list_failures_ && !report.failure.empty())
      std::cerr << report.task->question->id << "  " << report.failure << "  "
                << report.task->question->text << "\n";
    if (!terminal_) return;
    steer_terminal("\r");
    std::cerr << report.number << " of " << report.total << " episodes, " << successes_ << " solved"
              << (report.number == report.total ? "\n" : "") << std::flush;
  }

  bool finish() {
    if (!file_.is_open()) return true;
    file_.close();
    return static_cast<bool>(file_);
  }

 private:
  bool terminal_;
  bool list_failures_;
  std::int64_t successes_ = 0;
  std::ofstream file_;
};

int eval(const EvalOptions& options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().to_string());
  Reporter reporter(options);
  if (!reporter.usable()) return complain("cannot write to " + options.trajectory_file + ".");
  Environment environment(*catalog);
  environment.keep_tables(false);
  const Result<PolicyMaker> make_policy = builtin_policies().find(options.policy);
  if (!make_policy) return complain(make_policy.error().to_string());
  const Result<Evaluation> result =
      evaluate(environment, options.evaluate, *make_policy,
               [&reporter](const EpisodeReport& report) { reporter(report); });
  if (!result) return complain(result.error().to_string());
  const Pack& pack = (*catalog)->packs().front();
  if (options.json)
    std::cout << evaluation_json(pack, options.policy, options.evaluate, *result) << "\n";
  else print_table(pack, options, *result);
  if (!reporter.finish())
    return complain("the trajectories could not be written to " + options.trajectory_file + ".");
  return std::cout.flush() ? 0 : complain("standard output cannot be written.");
}

void add_options(CLI::App& command, EvalOptions& options) {
  EvaluateOptions& evaluate = options.evaluate;
  QuestionFilter& filter = evaluate.reset.filter;
  command.add_option("--policy", options.policy, "random, explorer or oracle (default explorer)")
      ->check(CLI::IsMember(builtin_policies().names()));
  command.add_option("--pack", options.packs, "Pack folder, archive or name (default: starter)")
      ->expected(1);
  command.add_option("--database", filter.database, "Only questions about this database");
  command.add_option("--difficulty", filter.difficulty, "Only easy, medium or hard ones");
  command.add_option("--split", filter.split, "Only those of train or eval");
  command.add_option("--question", filter.question_id, "Only this question (its id)");
  command
      .add_option("--episodes", evaluate.episodes,
                  "Play this many, drawn by the seed (default: each question once)")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  command.add_option("--seed", evaluate.reset.seed, "Seed of the run (default 0)");
  command.add_option("--step-budget", evaluate.reset.step_budget, "Steps allowed (default 15)");
  command.add_option("--reward", evaluate.reset.reward, "v2, v1.5, v1 or potential");
  command.add_option("--verifier", evaluate.reset.verifier, "How answers are judged");
  command.add_flag("--json", options.json, "Write the result as JSON");
  command.add_flag("--failures", options.list_failures,
                   "Name each question that was not solved on standard error");
  command.add_option("--trajectories", options.trajectory_file,
                     "Write every episode's trajectory to this file, one after the other");
}

}  // namespace

void add_eval_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand("eval", "Play many episodes with a policy and count");
  auto options = std::make_shared<EvalOptions>();
  add_options(*command, *options);
  command->callback([options, &chosen] { chosen = [options] { return eval(*options); }; });
}

}  // namespace sqlenv::cli
