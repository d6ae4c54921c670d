// Trajectories and saved episodes: what is read is written back with the same bytes. The index of
// many is the same in pieces of any size, and whatever is read as a run can be compared.
#include <algorithm>

#include "core/policy/comparison_markdown.h"
#include "core/wire/comparison_json.h"
#include "core/wire/episode_save.h"
#include "core/wire/evaluation_index.h"
#include "core/wire/run_reader.h"
#include "core/wire/trajectory.h"
#include "core/wire/trajectory_reader.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

void check_trajectory(std::string_view text) {
  const Result<Trajectory> trajectory = parse_trajectory(text);
  if (!trajectory) {
    SQLENV_CHECK(!trajectory.error().message.empty());
    return;
  }
  const std::string written = trajectory_jsonl(*trajectory);
  SQLENV_CHECK(written == text || written == std::string(text) + "\n");
}

void check_saved(std::string_view text) {
  const Result<Episode> episode = restore_episode(fuzz::environment(), text);
  if (episode) SQLENV_CHECK(restore_episode(fuzz::other_environment(), save_episode(*episode)));
}

std::string index_of(std::string_view text, std::size_t piece) {
  EvaluationIndex index;
  for (std::string_view left = text; !left.empty();
       left.remove_prefix(std::min(piece, left.size())))
    index.add(left.substr(0, piece));
  index.finish();
  std::string out = index.problems();
  for (EpisodeSummary& episode : index.take()) {
    SQLENV_CHECK(episode.begin < episode.end && episode.end <= text.size());
    episode.options.clear();
    const std::string json = summaries_json({episode});
    SQLENV_CHECK(read_summaries(json) == std::vector{episode});
    out += json;
  }
  return out;
}

Result<AgentRun> read_run(std::string name, std::string_view text) {
  RunReader reader(std::move(name));
  reader.add(text);
  return reader.finish();
}

// A run does not part from its copy.
void check_comparison(std::string_view text) {
  const Result<AgentRun> run = read_run("a", text);
  if (!run) return;
  const Result<RunComparison> comparison =
      compare_runs({*run, *read_run("b", text)}, nullptr, {.resamples = 10});
  SQLENV_CHECK(comparison.has_value() == !run->episodes.empty());
  if (!comparison) return;
  const PairResult& pair = comparison->pairs.front();
  SQLENV_CHECK(pair.p == 1 && pair.success_difference == 0 && pair.return_difference == 0);
  SQLENV_CHECK(comparison_json(*comparison).back() == '}');
  SQLENV_CHECK(comparison_markdown(*comparison).back() == '\n');
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  const std::string_view text = fuzz::text_of(data, size);
  check_trajectory(text);
  parse_trajectories(text).has_value();
  SQLENV_CHECK(index_of(text, 7) == index_of(text, text.size() + 1));
  read_summaries(text);
  check_comparison(text);
  check_saved(text);
  return 0;
}
