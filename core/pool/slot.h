// Slot: plays one episode after another on one Environment.
//
// Its seed, options and actions determine its answers, so that a slot of a pool gives the same
// bytes as a slot alone. The first episode after begin() with a seed has that seed; each later one
// has the next number of Random(seed). A question that cannot be judged is skipped, unless its seed
// was given.
//
// A Slot belongs to its environment's thread. Another thread may call const functions while no
// other function runs.
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
  kNextStep,  // ignores the action and begins the next episode
  kSameStep,  // does not occur: the step that ends an episode begins the next one
  kDisabled,  // answers EPISODE_OVER and changes nothing
};

// How an episode ended, as plain data.
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
  bool began = false;              // `step` is the first of an episode
  std::optional<Ending> ending;    // if this answer ended an episode
  std::optional<StepResult> last;  // kSameStep: its last step; `step` is the next episode's first
  std::optional<Error> error;      // why there is no step; the slot then has no episode
};

class Slot {
 public:
  Slot(Environment& environment, Autoreset autoreset)
      : environment_(&environment), autoreset_(autoreset) {}

  // Starts an episode with these options, except their seed. Without a seed, continues the stream
  // of the last given seed. The error is BAD_OPTION or INTERNAL.
  SlotAnswer begin(const ResetOptions& options, std::optional<std::uint64_t> seed);

  // REQUIRES: episode() != nullptr
  SlotAnswer step(const Action& action);

  // Continue from a copy of an episode of the same catalog, or from what save_episode() wrote. The
  // answer is the last one of that episode. Later seeds come from the stream of its seed.
  SlotAnswer adopt(const Episode& episode);
  SlotAnswer load(std::string_view saved);

  // The current episode and the last one that ended; null if there is none.
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
  std::optional<Episode> finished_;  // set if a later one has begun
};

}  // namespace sqlenv
