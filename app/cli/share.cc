#include "core/wire/share.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>
#include <memory>

#include "app/cli/commands.h"
#include "app/packs.h"
#include "core/task/folder_files.h"
#include "core/wire/replay.h"
#include "core/wire/trajectory_reader.h"

namespace sqlenv::cli {
namespace {

struct ShareOptions {
  std::string file;
  std::vector<std::string> packs;
  std::string base;
  std::size_t step = 0;
  bool last = true;  // rather than `step`
};

int complain(const std::string& message) {
  std::cerr << "sqlenv share: " << message << "\n";
  return 1;
}

Result<Trajectory> read_trajectory(const std::string& file) {
  Result<std::string> text = std::string();
  if (file == "-") text = std::string(std::istreambuf_iterator<char>(std::cin), {});
  else text = read_file(file);
  if (!text) return fail(text.error());
  return parse_trajectory(*text);
}

int share(const ShareOptions& options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) return complain(catalog.error().to_string());
  const Result<Trajectory> trajectory = read_trajectory(options.file);
  if (!trajectory) return complain(options.file + ": " + trajectory.error().to_string());
  Environment environment(*catalog);
  Result<Episode> episode = start_replay(environment, trajectory->header);
  if (!episode)
    return complain(options.file + ": " + episode.error().to_string() +
                    " Name its pack with --pack.");
  for (const TrajectoryStep& step : trajectory->steps)
    if (!episode->done()) episode->step(step.action);
  if (compare_replay(*episode, *trajectory).difference)
    std::cerr << "sqlenv share: it comes out otherwise than it was recorded; see sqlenv replay.\n";
  const std::size_t steps = episode->steps().size();
  const std::size_t step = options.last ? steps : options.step;
  if (step > steps) return complain("it has " + std::to_string(steps) + " steps.");
  const std::optional<std::string> text = share_text(*episode, step);
  if (!text) return complain("it is too long for a link. Send the file instead.");
  std::cout << options.base << kShareMark << *text << "\n";
  return std::cout.flush() ? 0 : complain("standard output cannot be written.");
}

}  // namespace

void add_share_command(CLI::App& app, Runner& chosen) {
  CLI::App* command = app.add_subcommand("share", "Put a trajectory into a link");
  auto options = std::make_shared<ShareOptions>();
  command->add_option("file", options->file, "File with one trajectory; - is standard input")
      ->required();
  CLI::Option* step =
      command->add_option("--step", options->step, "Open it at this step (default: the last)");
  command->add_option("--base", options->base,
                      "Address of the page (default: none, so that only #e=… is written)");
  command->add_option("--pack", options->packs, "Pack folder, archive or name (default: starter)")
      ->allow_extra_args(false);
  command->callback([options, step, &chosen] {
    options->last = step->count() == 0;
    chosen = [options] { return share(*options); };
  });
}

}  // namespace sqlenv::cli
