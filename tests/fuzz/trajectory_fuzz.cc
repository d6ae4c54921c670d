// Trajectories and saved episodes: what is read is written back with the same bytes.
#include "core/wire/episode_save.h"
#include "core/wire/trajectory.h"
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

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  const std::string_view text = fuzz::text_of(data, size);
  check_trajectory(text);
  parse_trajectories(text).has_value();
  check_saved(text);
  return 0;
}
