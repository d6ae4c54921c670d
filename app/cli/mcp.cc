#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/line_pipe.h"
#include "app/packs.h"
#include "core/base/version.h"
#include "core/wire/mcp_dispatch.h"
#include "core/wire/trajectory.h"

namespace sqlenv::cli {
namespace {

constexpr std::size_t kLongestMessage = 1 << 20;

// Seeds are short, and exact in JSON readers that hold numbers as doubles.
constexpr std::uint64_t kDrawnSeeds = std::uint64_t{1} << 32;

struct McpOptions {
  std::vector<std::string> packs;
  ResetOptions reset;  // what a call of the tool reset leaves open
  std::optional<std::uint64_t> seed;
  std::string trajectory_file;
};

int complain(const std::string& message) {
  std::cerr << "sqlenv mcp: " << message << "\n";
  return 1;
}

std::uint64_t draw_seed() {
  std::random_device device;
  return device() % kDrawnSeeds;
}

void fill_in(std::optional<std::string>& value, const std::optional<std::string>& otherwise) {
  if (!value) value = otherwise;
}

class StreamPlayer : public ToolPlayer {
 public:
  StreamPlayer(Environment& environment, const McpOptions& options, std::ostream* trajectories)
      : environment_(environment), options_(options), trajectories_(trajectories) {}

  Result<void> begin(const ResetRequest& request) override {
    Result<Episode> episode = environment_.reset(completed(request));
    if (!episode) return fail(episode.error());
    if (!request.has_seed) ++begun_;
    episode_ = std::move(*episode);
    return {};
  }

  const Episode* episode() const override { return episode_ ? &*episode_ : nullptr; }

  StepResult play(const Action& action) override {
    const bool was_done = episode_->done();
    StepResult result = episode_->step(action);
    if (!was_done && episode_->done()) keep_trajectory();
    return result;
  }

 private:
  // The options of a call, with those of the command line in the place of what it leaves open. A
  // call that names a question leaves nothing open about which one.
  ResetOptions completed(const ResetRequest& request) const {
    const ResetOptions otherwise;
    ResetOptions reset = request.options;
    if (!request.has_seed) reset.seed = options_.seed ? *options_.seed + begun_ : draw_seed();
    if (reset.step_budget == otherwise.step_budget) reset.step_budget = options_.reset.step_budget;
    if (reset.reward == otherwise.reward) reset.reward = options_.reset.reward;
    if (reset.filter.question_id) return reset;
    fill_in(reset.filter.database, options_.reset.filter.database);
    fill_in(reset.filter.difficulty, options_.reset.filter.difficulty);
    fill_in(reset.filter.split, options_.reset.filter.split);
    return reset;
  }

  void keep_trajectory() {
    if (trajectories_ == nullptr) return;
    *trajectories_ << trajectory_jsonl(*episode_) << std::flush;
    if (*trajectories_) return;
    complain("the trajectory could not be written to " + options_.trajectory_file + ".");
    trajectories_ = nullptr;
  }

  Environment& environment_;
  const McpOptions& options_;
  std::ostream* trajectories_;
  std::optional<Episode> episode_;
  std::uint64_t begun_ = 0;  // episodes whose seed was not chosen by the client
};

std::optional<std::string> answer(const std::string& line, ToolPlayer& player) {
  if (line.find_first_not_of(" \t\r") == std::string::npos) return std::nullopt;
  const RpcParsed request = parse_rpc(line);
  if (!request) return rpc_error(request.error().id, request.error());
  const std::optional<RpcAnswer> answered = answer_rpc(*request, player);
  return answered ? std::optional(answered->text) : std::nullopt;
}

std::string too_long() {
  return rpc_error("null", {kRpcInvalidRequest, "Invalid request: a line may have at most 1 MiB.",
                            "null", "null"});
}

void serve(LinePipe& pipe, ToolPlayer& player) {
  std::string line;
  for (LinePipe::Got got; (got = pipe.read(line)) != LinePipe::Got::kEnd;) {
    const auto text = got == LinePipe::Got::kLine ? answer(line, player) : too_long();
    if (text && !pipe.write(*text)) return;
  }
}

void greet(const Catalog& catalog) {
  std::cerr << "sqlenv " << kVersion << " mcp: serving";
  for (const Pack& pack : catalog.packs()) std::cerr << " " << pack.name;
  std::cerr << " on standard input and output";
  if (isatty(STDIN_FILENO) != 0)
    std::cerr << "; chat clients start this command themselves (docs/agents.md)";
  std::cerr << std::endl;
}

int run(const McpOptions& options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().to_string());
  Environment environment(*catalog);
  const Result<Episode> trial = environment.reset(options.reset);
  if (!trial && trial.error().code == ErrorCode::kBadOption) return complain(trial.error().message);
  std::ofstream trajectories;
  if (!options.trajectory_file.empty()) {
    trajectories.open(options.trajectory_file, std::ios::binary | std::ios::app);
    if (!trajectories) return complain("cannot write to " + options.trajectory_file + ".");
  }
  const Interrupt interrupt;
  std::signal(SIGPIPE, SIG_IGN);
  environment.query_limits().deadline_passed = Interrupt::seen;
  StreamPlayer player(environment, options, trajectories.is_open() ? &trajectories : nullptr);
  LinePipe pipe(STDIN_FILENO, STDOUT_FILENO, kLongestMessage, Interrupt::seen);
  greet(**catalog);
  serve(pipe, player);
  return 0;
}

}  // namespace

void add_mcp_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand(
      "mcp", "Let a chat client play, by the Model Context Protocol on standard input and output");
  auto options = std::make_shared<McpOptions>();
  QuestionFilter& filter = options->reset.filter;
  command->add_option("--pack", options->packs, "Pack folder, archive or name (default: starter)");
  command->add_option("--database", filter.database, "Ask only about this database");
  command->add_option("--difficulty", filter.difficulty, "Ask only easy, medium or hard questions");
  command->add_option("--split", filter.split, "Ask only questions to train on or to eval with");
  command->add_option("--seed", options->seed,
                      "Seed of the first episode, each other takes the next (default: random)");
  command->add_option("--step-budget", options->reset.step_budget, "Steps allowed (default 15)");
  command->add_option("--reward", options->reset.reward, "v3, v2, v1.5, v1 or potential");
  command->add_option("--trajectories", options->trajectory_file,
                      "Append every finished episode's trajectory to this file");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace sqlenv::cli
