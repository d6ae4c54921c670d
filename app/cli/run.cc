#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "app/cli/commands.h"
#include "app/packs.h"
#include "core/base/text.h"
#include "core/task/folder_files.h"
#include "core/wire/episode_json.h"
#include "core/wire/episode_save.h"
#include "core/wire/trajectory.h"

namespace sqlenv::cli {
namespace {

struct RunOptions {
  std::vector<std::string> packs;
  std::string reset_file;
  QuestionFilter filter;
  std::optional<std::uint64_t> seed;
  std::optional<int> step_budget;
  std::optional<std::string> reward;
  std::string actions_file = "-";
  std::string trajectory_file;
  std::string resume_file;
  std::string save_file;
  bool observations = false;
};

int complain(const std::string& message) {
  std::cerr << "sqlenv run: " << message << "\n";
  return 1;
}

template <class T, class Chosen>
void prefer(T& value, const std::optional<Chosen>& chosen) {
  if (chosen) value = *chosen;
}

// The options of the file, each replaced by the flag that says otherwise.
Result<ResetOptions> reset_options(const RunOptions& options) {
  ResetRequest request;
  if (!options.reset_file.empty()) {
    const Result<std::string> text = read_file(options.reset_file);
    if (!text) return fail(text.error());
    Result<ResetRequest> read = parse_reset(*text);
    if (!read) return fail(read.error());
    request = std::move(*read);
  }
  ResetOptions& reset = request.options;
  prefer(reset.filter.question_id, options.filter.question_id);
  prefer(reset.filter.database, options.filter.database);
  prefer(reset.filter.difficulty, options.filter.difficulty);
  prefer(reset.filter.split, options.filter.split);
  prefer(reset.seed, options.seed);
  prefer(reset.step_budget, options.step_budget);
  prefer(reset.reward, options.reward);
  return std::move(reset);
}

Result<Episode> begin(Environment& environment, const RunOptions& options) {
  if (options.resume_file.empty()) {
    const Result<ResetOptions> reset = reset_options(options);
    if (!reset) return fail(reset.error());
    return environment.reset(*reset);
  }
  const Result<std::string> text = read_file(options.resume_file);
  if (!text) return fail(text.error());
  return restore_episode(environment, *text);
}

// Plays the lines of `in`. Returns how many could not be read as actions.
int play(Episode& episode, std::istream& in, bool observations) {
  int unreadable = 0;
  int number = 0;
  if (observations) std::cout << step_json(episode.latest()) << std::endl;
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

bool write_file(const std::string& name, const std::string& text) {
  std::ofstream out(name, std::ios::binary);
  out << text;
  out.close();
  return static_cast<bool>(out);
}

int write_trajectory(const Episode& episode, const RunOptions& options) {
  const std::string text = trajectory_jsonl(episode);
  if (options.trajectory_file.empty()) {
    if (!options.observations) std::cout << text;
    return std::cout.flush() ? 0 : complain("standard output cannot be written.");
  }
  if (write_file(options.trajectory_file, text)) return 0;
  return complain("the trajectory could not be written to " + options.trajectory_file);
}

// Replaces the file as a whole, so that a failure leaves the one that was resumed from.
int save(const Episode& episode, const std::string& name) {
  const std::string draft = name + ".partial";
  std::error_code error;
  if (write_file(draft, save_episode(episode))) std::filesystem::rename(draft, name, error);
  else error = std::make_error_code(std::errc::io_error);
  if (!error) return 0;
  std::filesystem::remove(draft, error);
  return complain("the episode could not be saved to " + name);
}

// Writes what the options ask for. The trajectory of an episode that is saved to go on elsewhere is
// written there, when it is done: it names the terms of the reward, which an agent that still plays
// must not read.
int put_away(const Episode& episode, const RunOptions& options) {
  if (options.save_file.empty()) return write_trajectory(episode, options);
  if (const int failed = save(episode, options.save_file); failed != 0) return failed;
  if (episode.done()) return write_trajectory(episode, options);
  std::cerr << "saved after step " << episode.step_count() << " of "
            << episode.options().step_budget << "; go on with: sqlenv run --resume "
            << options.save_file << "\n";
  return std::cout.flush() ? 0 : complain("standard output cannot be written.");
}

int run(const RunOptions& options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().to_string());
  Environment environment(*catalog);
  Result<Episode> episode = begin(environment, options);
  if (!episode) return complain(episode.error().to_string());
  std::ifstream file;
  if (options.actions_file != "-") {
    file.open(options.actions_file);
    if (!file) return complain("cannot read the actions from " + options.actions_file + ".");
  }
  std::istream& in = options.actions_file == "-" ? std::cin : file;
  const int unreadable = play(*episode, in, options.observations);
  const int status = put_away(*episode, options);
  return unreadable > 0 ? 1 : status;
}

// Adds the options that choose the question and its rules. A resumed episode has them already.
void add_reset_options(CLI::App& command, RunOptions& options, CLI::Option& resume) {
  QuestionFilter& filter = options.filter;
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->excludes(&resume);
  };
  add("--question", filter.question_id, "Play this question (its id)");
  add("--database", filter.database, "Draw a question about this database");
  add("--difficulty", filter.difficulty, "easy, medium or hard");
  add("--split", filter.split, "train or eval");
  add("--seed", options.seed, "Which of the matching questions (default 0)");
  add("--step-budget", options.step_budget, "Steps allowed (default 15)");
  add("--reward", options.reward, "v3, v2, v1.5, v1 or potential");
  add("--reset", options.reset_file,
      "File with reset options as one JSON object; other options here replace its own")
      ->check(CLI::ExistingFile);
}

}  // namespace

void add_run_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand("run", "Play one episode: actions in, trajectory out");
  auto options = std::make_shared<RunOptions>();
  command->add_option("actions", options->actions_file,
                      "File with one action a line as JSON; - is standard input (default)");
  command->add_option("--pack", options->packs, "Pack folder, archive or name (default: starter)")
      ->allow_extra_args(false);
  CLI::Option* resume = command->add_option("--resume", options->resume_file,
                                            "Go on with the episode that was saved here");
  resume->check(CLI::ExistingFile);
  add_reset_options(*command, *options, *resume);
  command->add_option("--save", options->save_file,
                      "Save the episode here at the end of the actions, to go on with it later");
  command->add_option("--trajectory", options->trajectory_file,
                      "Write the trajectory to this file instead of standard output");
  command->add_flag("--observations", options->observations,
                    "Answer each action at once with what an agent may see");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace sqlenv::cli
