// Trajectories and saved episodes: what is read is written back with the same bytes. The index of
// many is the same in pieces of any size.
#include <algorithm>

#include "core/wire/episode_save.h"
#include "core/wire/evaluation_index.h"
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
  for (const EpisodeSummary& episode : index.take()) {
    SQLENV_CHECK(episode.begin < episode.end && episode.end <= text.size());
    const std::string json = summaries_json({episode});
    SQLENV_CHECK(read_summaries(json) == std::vector{episode});
    out += json;
  }
  return out;
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
  check_saved(text);
  return 0;
}
