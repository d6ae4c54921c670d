#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/progress.h"
#include "app/packs.h"
#include "core/base/text.h"
#include "core/policy/comparison_markdown.h"
#include "core/wire/comparison_json.h"
#include "core/wire/run_reader.h"

namespace sqlenv::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1 << 20;

struct CompareCommand {
  std::vector<std::string> files;
  std::vector<std::string> names;
  std::string pack;
  std::string output;
  CompareOptions compare;
  bool json = false;
};

std::ostream& complain() { return std::cerr << "sqlenv compare: "; }

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return a == b || (a != "-" && b != "-" && fs::equivalent(a, b, ignored));
}

Result<void> check_files(const CompareCommand& command) {
  const std::vector<std::string>& files = command.files;
  if (!command.names.empty() && command.names.size() != files.size())
    return fail(ErrorCode::kBadOption, std::to_string(command.names.size()) + " names for " +
                                           std::to_string(files.size()) +
                                           " files. Give --name once for each file, or never.");
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      if (is_same_file(files[i], files[j]))
        return fail(ErrorCode::kBadOption, "the file " + files[i] + " is given twice.");
    if (!command.output.empty() && is_same_file(files[i], command.output))
      return fail(ErrorCode::kBadOption, "--output would overwrite " + files[i] + ".");
  }
  return {};
}

std::string run_name(const CompareCommand& command, std::size_t file) {
  if (!command.names.empty()) return valid_utf8(command.names[file]);
  if (command.files[file] == "-") return "standard input";
  return valid_utf8(fs::path(command.files[file]).stem().string());
}

Result<AgentRun> read_stream(std::istream& in, std::string name, Progress& progress) {
  RunReader reader(std::move(name));
  std::string piece(kPiece, '\0');
  for (std::uint64_t read = 0; in;) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto size = static_cast<std::size_t>(in.gcount());
    reader.add(std::string_view(piece).substr(0, size));
    read += size;
    progress.show(std::to_string(read / 1'000'000) + " MB read");
  }
  if (in.bad()) return fail(ErrorCode::kNotFound, "it cannot be read to its end.");
  return reader.finish();
}

Result<AgentRun> read_run(const std::string& file, std::string name, Progress& progress) {
  if (file == "-") return read_stream(std::cin, std::move(name), progress);
  std::ifstream in(file, std::ios::binary);
  // A folder opens as a stream on Linux and fails only when read.
  if (in.peek(); !in.is_open() || in.bad()) return fail(ErrorCode::kNotFound, "it cannot be read.");
  in.clear();
  return read_stream(in, std::move(name), progress);
}

// The given pack, or that of the runs if it is bundled or imported in this edition.
Result<std::optional<Pack>> find_groups(const CompareCommand& command, const AgentRun& run) {
  const bool given = !command.pack.empty();
  if (!given && (run.pack.find('/') != std::string::npos || run.pack.starts_with(".")))
    return std::nullopt;
  Result<Pack> pack = open_pack(given ? command.pack : run.pack);
  if (!pack && given) return fail(pack.error());
  if (!pack || (!given && pack->digest != run.pack_digest)) return std::nullopt;
  return std::move(*pack);
}

bool write(const CompareCommand& command, const std::string& text) {
  if (command.output.empty()) return static_cast<bool>(std::cout << text << std::flush);
  std::ofstream out(command.output, std::ios::binary);
  out << text;
  out.close();
  return static_cast<bool>(out);
}

int fail_with(const std::string& message) {
  complain() << message << "\n";
  return 1;
}

// Damaged lines are in the report too, but a script that does not read it shall notice.
int report_damage(const RunComparison& comparison) {
  int status = 0;
  for (const RunResult& run : comparison.runs) {
    if (run.problems.empty()) continue;
    status = fail_with(run.name + ": " + run.problems + " The rest was compared.");
  }
  return status;
}

Result<std::vector<AgentRun>> read_runs(const CompareCommand& command) {
  Progress progress;
  std::vector<AgentRun> runs;
  for (std::size_t i = 0; i < command.files.size(); ++i) {
    const std::string& file = command.files[i];
    Result<AgentRun> run = read_run(file, run_name(command, i), progress);
    if (!run) return fail(run.error().code, file + ": " + run.error().message);
    runs.push_back(std::move(*run));
  }
  return runs;
}

int compare(const CompareCommand& command) {
  if (auto usable = check_files(command); !usable) {
    complain() << usable.error().message << "\n";
    return 2;
  }
  const Result<std::vector<AgentRun>> runs = read_runs(command);
  if (!runs) return fail_with(runs.error().to_string());
  const Result<std::optional<Pack>> pack = find_groups(command, runs->front());
  if (!pack) return fail_with(pack.error().to_string());
  const Result<RunComparison> comparison =
      compare_runs(*runs, *pack ? &**pack : nullptr, command.compare);
  if (!comparison) return fail_with(comparison.error().to_string());
  const std::string text =
      command.json ? comparison_json(*comparison) + "\n" : comparison_markdown(*comparison);
  if (!write(command, text))
    return fail_with((command.output.empty() ? "standard output" : command.output) +
                     " cannot be written.");
  return report_damage(*comparison);
}

}  // namespace

void add_compare_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand(
      "compare",
      "Rank runs by their trajectories, and test which differences are more than chance");
  auto options = std::make_shared<CompareCommand>();
  command
      ->add_option("files", options->files,
                   "Files that sqlenv eval --trajectories wrote, one for each run; - is standard "
                   "input")
      ->required();
  command
      ->add_option("--name", options->names,
                   "Name of a run, once for each file in their order (default: the file's name)")
      ->allow_extra_args(false);
  command->add_option("--pack", options->pack,
                      "Pack that the runs played, for the tables by difficulty and database "
                      "(default: the bundled or imported pack of its name)");
  command
      ->add_option("--resamples", options->compare.resamples,
                   "Resamples of the bootstrap (default 10000)")
      ->check(CLI::Range(100, 1'000'000));
  command->add_option("--seed", options->compare.seed, "Seed of the bootstrap (default 0)");
  command->add_flag("--json", options->json, "Write JSON instead of Markdown");
  command->add_option("--output", options->output, "Write to this file, not to standard output");
  command->callback([options, &chosen] { chosen = [options] { return compare(*options); }; });
}

}  // namespace sqlenv::cli
