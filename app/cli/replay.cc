#include "core/wire/replay.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/progress.h"
#include "app/packs.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "core/wire/share.h"
#include "core/wire/trajectory_reader.h"

namespace sqlenv::cli {
namespace {

struct ReplayOptions {
  std::vector<std::string> files;
  std::vector<std::string> packs;
  bool json = false;
};

std::ostream& complain() { return std::cerr << "sqlenv replay: "; }

// Replays files one after the other and reports on each trajectory as soon as it is played.
class Replayer {
 public:
  Replayer(Environment& environment, bool json) : environment_(environment), json_(json) {}

  // A file's name, "-" for standard input, or a link.
  void replay_file(const std::string& name);

  // Prints the totals. Returns the exit status.
  int finish();

 private:
  void replay_lines(std::istream& in);
  void replay_link(std::string_view text);
  void print(const TrajectoryHeader& header, std::size_t first_line,
             const Result<ReplayReport>& report);
  void print_difference(const ReplayDifference& found, const TrajectoryHeader& header,
                        std::size_t first_line);
  void warn_of_core(const std::string& version);
  void refuse_file(const Error& error);

  Environment& environment_;
  bool json_;
  std::string file_;
  Progress progress_;
  std::set<std::string> warned_of_;
  std::size_t equal_ = 0;
  std::size_t cut_ = 0;
  std::size_t different_ = 0;
  std::size_t failed_ = 0;
};

void Replayer::replay_file(const std::string& name) {
  file_ = name;
  if (const auto shared = share_in_link(name)) return replay_link(*shared);
  if (name == "-") return replay_lines(std::cin);
  std::ifstream in(name, std::ios::binary);
  // A folder opens as a stream on Linux and fails only when read.
  if (in.peek(); in.is_open() && !in.bad()) return replay_lines(in);
  refuse_file({ErrorCode::kNotFound, "it cannot be read."});
}

void Replayer::replay_lines(std::istream& in) {
  TrajectoryReader reader;
  for (std::string line; std::getline(in, line);) {
    const Result<std::optional<Trajectory>> read = reader.add(line);
    if (!read) return refuse_file(read.error());
    if (*read) print((*read)->header, reader.first_line(), replay(environment_, **read));
  }
  if (const std::optional<Trajectory> cut = reader.finish())
    print(cut->header, reader.first_line(), replay(environment_, *cut));
  if (in.bad()) return refuse_file({ErrorCode::kNotFound, "it cannot be read to its end."});
  if (reader.lines() == 0)
    refuse_file({ErrorCode::kBadTrajectory, "it is empty; a trajectory begins with a header."});
}

void Replayer::replay_link(std::string_view text) {
  file_ = "link " + shorten(text, 12);
  const Result<SharedEpisode> shared = read_share(text);
  if (!shared) return refuse_file(shared.error());
  Result<Episode> episode = start_shared(environment_, *shared);
  if (!episode) return refuse_file(episode.error());
  for (const Action& action : shared->actions)
    if (!episode->done()) episode->step(action);
  ReplayReport report;
  report.lines = episode->steps().size() + 1;
  const std::uint32_t state = share_state(*episode);
  if (episode->steps().size() != shared->actions.size() || state != shared->state)
    report.difference = {report.lines, "state", std::to_string(shared->state),
                         std::to_string(state)};
  print(record_header(*episode), 1, report);
}

void Replayer::print(const TrajectoryHeader& header, std::size_t first_line,
                     const Result<ReplayReport>& report) {
  if (!report) ++failed_;
  else if (report->difference) ++different_;
  else ++equal_, cut_ += report->cut ? 1 : 0;
  if (report && report->other_core) warn_of_core(*report->other_core);
  if (json_) {
    std::cout << replay_json(file_, first_line, header, report);
  } else if (!report) {
    progress_.hide();
    complain() << file_ << ":" << first_line << ": " << report.error().to_string()
               << (report.error().code == ErrorCode::kNotFound ? " Name its pack with --pack." : "")
               << "\n";
  } else if (report->difference) {
    print_difference(*report->difference, header, first_line);
  }
  progress_.show(std::to_string(equal_ + different_ + failed_) + " trajectories replayed");
}

void Replayer::print_difference(const ReplayDifference& found, const TrajectoryHeader& header,
                                std::size_t first_line) {
  progress_.hide();
  std::cout << file_ << ":" << first_line + found.line - 1 << ": " << header.question_id << ": "
            << found.member << " differs\n"
            << "  recorded  " << found.recorded << "\n"
            << "  replayed  " << found.replayed << "\n";
}

void Replayer::warn_of_core(const std::string& version) {
  if (!warned_of_.insert(version).second) return;
  progress_.hide();
  complain() << "recorded by sqlenv " << version << ", replayed by " << kVersion
             << ", which may judge or pay otherwise.\n";
}

void Replayer::refuse_file(const Error& error) {
  ++failed_;
  progress_.hide();
  if (json_) std::cout << replay_json(file_, error);
  complain() << file_ << ": " << error.to_string() << "\n";
}

int Replayer::finish() {
  progress_.hide();
  if (!json_) {
    std::cout << equal_ << " equal";
    if (cut_ > 0) std::cout << " (" << cut_ << " of them cut off)";
    std::cout << ", " << different_ << " different, " << failed_ << " not played\n";
  }
  if (!std::cout.flush()) {
    complain() << "standard output cannot be written.\n";
    return 1;
  }
  return different_ + failed_ == 0 ? 0 : 1;
}

int run(const ReplayOptions& options) {
  const Result<std::shared_ptr<const Catalog>> catalog = load_catalog(options.packs);
  if (!catalog) {
    complain() << catalog.error().to_string() << "\n";
    return 1;
  }
  Environment environment(*catalog);
  environment.keep_tables(false);
  Replayer replayer(environment, options.json);
  for (const std::string& file : options.files) replayer.replay_file(file);
  return replayer.finish();
}

}  // namespace

void add_replay_command(CLI::App& app, Runner& chosen) {
  CLI::App* command =
      app.add_subcommand("replay", "Play trajectories again and name the first difference of each");
  auto options = std::make_shared<ReplayOptions>();
  command
      ->add_option("files", options->files,
                   "Files with trajectories, one after the other; - is standard input; or links "
                   "of sqlenv share and the playground, of which the part from #e= on is enough")
      ->required();
  command->add_option("--pack", options->packs, "Pack folder, archive or name (default: starter)")
      ->allow_extra_args(false);
  command->add_flag("--json", options->json, "Tell about each trajectory as one line of JSON");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace sqlenv::cli
