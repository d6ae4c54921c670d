#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "app/cli/commands.h"
#include "app/packs.h"
#include "core/base/text.h"
#include "core/task/folder_files.h"
#include "core/wire/episode_json.h"
#include "core/wire/trajectory.h"

namespace sqlenv::cli {
namespace {

struct RunOptions {
  std::vector<std::string> packs;
  std::string reset_file;
  ResetOptions reset;
  std::string actions_file = "-";
  std::string trajectory_file;
  bool observations = false;
};

int complain(const std::string& message) {
  std::cerr << "sqlenv run: " << message << "\n";
  return 1;
}

Result<ResetOptions> reset_options(const RunOptions& options) {
  if (options.reset_file.empty()) return options.reset;
  const Result<std::string> text = read_file(options.reset_file);
  if (!text) return fail(text.error());
  const Result<ResetRequest> request = parse_reset(*text);
  if (!request) return fail(request.error());
  return request->options;
}

// Plays the lines of `in`. Returns how many could not be read as actions.
int play(Episode& episode, std::istream& in, bool observations) {
  int unreadable = 0;
  int number = 0;
  if (observations) std::cout << step_json(episode.first()) << std::endl;
  for (std::string line; !episode.done() && std::getline(in, line);) {
    ++number;
    if (trim(line).empty()) continue;
    const Result<Action> action = parse_action(line);
    if (!action) {
      ++unreadable;
      std::cerr << "sqlenv run: line " << number
                << " is not an action and was left out: " << action.error().to_string() << "\n";
      continue;
    }
    const StepResult result = episode.step(*action);
    if (observations) std::cout << step_json(result) << std::endl;
  }
  return unreadable;
}

int write_trajectory(const Episode& episode, const RunOptions& options) {
  const std::string text = trajectory_jsonl(episode);
  if (options.trajectory_file.empty()) {
    if (!options.observations) std::cout << text;
    return std::cout.flush() ? 0 : complain("standard output cannot be written.");
  }
  std::ofstream out(options.trajectory_file, std::ios::binary);
  out << text;
  out.close();
  return out ? 0 : complain("the trajectory could not be written to " + options.trajectory_file);
}

int run(const RunOptions& options) {
  const Result<ResetOptions> reset = reset_options(options);
  if (!reset) return complain(reset.error().to_string());
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().to_string());
  Environment environment(*catalog);
  Result<Episode> episode = environment.reset(*reset);
  if (!episode) return complain(episode.error().to_string());
  std::ifstream file;
  if (options.actions_file != "-") {
    file.open(options.actions_file);
    if (!file) return complain("cannot read the actions from " + options.actions_file + ".");
  }
  std::istream& in = options.actions_file == "-" ? std::cin : file;
  const int unreadable = play(*episode, in, options.observations);
  const int status = write_trajectory(*episode, options);
  return unreadable > 0 ? 1 : status;
}

void add_filter_options(CLI::App& command, RunOptions& options) {
  QuestionFilter& filter = options.reset.filter;
  command.add_option("--question", filter.question_id, "Play this question (its id)");
  command.add_option("--database", filter.database, "Draw a question about this database");
  command.add_option("--difficulty", filter.difficulty, "easy, medium or hard");
  command.add_option("--split", filter.split, "train or eval");
  command.add_option("--seed", options.reset.seed, "Which of the matching questions (default 0)");
  command.add_option("--step-budget", options.reset.step_budget, "Steps allowed (default 15)");
  command.add_option("--reward", options.reset.reward, "v2, v1.5, v1 or potential");
}

}  // namespace

void add_run_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand("run", "Play one episode: actions in, trajectory out");
  auto options = std::make_shared<RunOptions>();
  command->add_option("actions", options->actions_file,
                      "File with one action a line as JSON; - is standard input (default)");
  command->add_option("--pack", options->packs, "Pack folder, archive or name (default: starter)");
  add_filter_options(*command, *options);
  command->add_option("--reset", options->reset_file, "File with reset options as one JSON object")
      ->check(CLI::ExistingFile);
  command->add_option("--trajectory", options->trajectory_file,
                      "Write the trajectory to this file instead of standard output");
  command->add_flag("--observations", options->observations,
                    "Answer each action at once with what an agent may see");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace sqlenv::cli
