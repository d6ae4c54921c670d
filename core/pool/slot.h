// Slot: a place in which one episode after another is played, on one Environment.
//
// What a slot answers is determined by its seed, its options and what it is told, so that a slot of
// a pool and one alone are the same bytes. The first episode after begin() with a seed has that
// seed; each later one has the next number of Random(seed). A question of a broken pack that cannot
// be judged is passed over, unless its seed was given.
//
// A Slot belongs to its environment's thread; its const functions may be called from another one
// while nothing else happens to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/random.h"
#include "core/episode/episode.h"

namespace sqlenv {

// What a step does after the end of an episode. The names are Gymnasium's.
enum class Autoreset {
  kNextStep,  // the action is not looked at: the next episode begins
  kSameStep,  // there is none: the step that ends an episode begins the next one
  kDisabled,  // EPISODE_OVER in the observation, and nothing changes
};

// How an episode ended, as plain data. It may be shown: the episode is done.
struct Ending {
  std::string question_id;
  std::string database;
  std::string difficulty;
  std::uint64_t seed = 0;
  bool answered = false;
  bool correct = false;
  std::string reason;  // reason_name() of the verdict, NO_ANSWER without one
  int steps = 0;
  Micros total_reward = 0;
};

// REQUIRES: episode.done()
Ending ending_of(const Episode& episode);

struct SlotAnswer {
  StepResult step;                 // without its table
  bool began = false;              // step is the first of an episode
  std::optional<Ending> ending;    // of the episode that this answer ended
  std::optional<StepResult> last;  // kSameStep: its last step; `step` is the next episode's first
  std::optional<Error> error;      // why there is no step; the slot has no episode then
};

class Slot {
 public:
  Slot(Environment& environment, Autoreset autoreset)
      : environment_(&environment), autoreset_(autoreset) {}

  // Starts an episode with these options, whose seed is not read. Without a seed, goes on with the
  // stream of the last given one. BAD_OPTION or INTERNAL in the answer.
  SlotAnswer begin(const ResetOptions& options, std::optional<std::uint64_t> seed);

  // REQUIRES: episode() != nullptr
  SlotAnswer step(const Action& action);

  // Goes on from a copy of an episode of the same catalog, or from what save_episode() wrote; the
  // answer is what was last given then. After a restore the stream is that of the episode's seed.
  SlotAnswer adopt(const Episode& episode);
  SlotAnswer load(std::string_view saved);

  // The episode being played, if one was begun, and the last one that ended.
  const Episode* episode() const { return episode_ ? &*episode_ : nullptr; }
  const Episode* finished() const;

 private:
  SlotAnswer begin_next();
  SlotAnswer take(Result<Episode> episode);
  SlotAnswer answer_latest(bool began) const;

  Environment* environment_;
  Autoreset autoreset_;
  ResetOptions options_;
  Random stream_{0};
  std::optional<Episode> episode_;
  std::optional<Episode> finished_;  // where a later one was begun since
};

}  // namespace sqlenv
