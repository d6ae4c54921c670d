// Worker: plays episodes on one thread: its Environment, a wall clock for queries, and random
// numbers for the seeds and ids that clients do not choose.
//
// Belongs to one thread at a time. Episodes refer to it, so it outlives them and never moves.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/server/metrics.h"
#include "core/base/random.h"
#include "core/episode/episode.h"
#include "core/wire/episode_json.h"

namespace sqlenv {

class WatchBoard;

// The bits as a version 4 UUID.
std::string uuid(std::uint64_t high, std::uint64_t low);

class Worker {
 public:
  // `stopping`, once true, ends running queries with TIMEOUT. It outlives the worker.
  Worker(std::shared_ptr<const Catalog> catalog, std::chrono::milliseconds query_time,
         const std::atomic<bool>& stopping, std::uint64_t random_seed,
         std::shared_ptr<WorkerMetrics> metrics = std::make_shared<WorkerMetrics>());
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Starts an episode; draws a seed if the request has none. Throws NeedsDetour if others should
  // not wait for it, unless a detour is finished.
  Result<Episode> reset(const ResetRequest& request);

  // Plays a step of an episode of this worker. Its query is stopped after the worker's query time
  // or, if that is less, after `limit`. Throws NeedsDetour if others should not wait for it, unless
  // a detour is finished that was begun at the same `turn` of the episode.
  StepResult step(Episode& episode, const Action& action,
                  std::optional<std::chrono::milliseconds> limit = std::nullopt,
                  std::uint64_t turn = 0);

  // A number that this worker has not given before, for a state of an episode.
  std::uint64_t new_turn() { return ++turns_; }

  // From now on long steps and resets ask for detours. At first they do not.
  void take_detours() { takes_detours_ = true; }

  // A random (version 4) UUID.
  std::string new_episode_id() {
    const std::uint64_t high = random_.next();
    return uuid(high, random_.next());
  }

  WorkerMetrics& metrics() { return *metrics_; }

  // The board on which its episodes are shown; null if they are not.
  WatchBoard* board() const { return board_; }
  void set_board(WatchBoard* board) { board_ = board; }

 private:
  Result<Episode> begin(const ResetRequest& request);

  using Clock = std::chrono::steady_clock;

  Environment environment_;
  std::chrono::milliseconds query_time_;
  Clock::time_point deadline_;
  Random random_;
  std::shared_ptr<WorkerMetrics> metrics_;
  WatchBoard* board_ = nullptr;
  std::uint64_t turns_ = 0;
  bool takes_detours_ = false;
};

// Unpredictable bits from the machine, to seed a worker's random numbers.
std::uint64_t entropy();

}  // namespace sqlenv
