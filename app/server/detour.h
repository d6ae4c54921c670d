// Detours: steps and resets that may take long, played on other threads, so that no event loop
// waits for them.
//
// A Worker plays at once what takes a few milliseconds. For anything longer it throws a NeedsDetour
// before it has changed anything. The connection catches it, lets the pool run the detour, and then
// handles its message again in the scope of a FinishedDetour, in which the Worker finds the result
// instead of playing. So everything between a connection and its worker is written as if nothing
// took long. Resources are released while the detour runs; no lock is held.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/episode/episode.h"

namespace sqlenv {

// One reset or step and its result. Belongs to one thread at a time.
class Detour {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Detour(ResetOptions options) : options_(std::move(options)) {}

  // A step of a copy of `episode`. `turn` names the state of the episode before it.
  Detour(const Episode& episode, std::uint64_t turn, Action action, std::chrono::milliseconds limit)
      : episode_(episode), turn_(turn), action_(std::move(action)), limit_(limit) {}

  // Plays it in another environment of the catalog.
  void run(Environment& environment);

  bool is_reset() const { return !action_; }
  std::uint64_t turn() const { return turn_; }
  std::chrono::milliseconds limit() const { return limit_; }
  Clock::duration taken() const { return taken_; }

  // Why a reset failed. Throws std::bad_alloc if the detour ended for want of memory.
  const std::optional<Error>& error() const;

  // The episode after the reset or the step, and the step's result. REQUIRES: no error.
  const Episode& episode() const { return *episode_; }
  StepResult& result() { return result_; }

 private:
  ResetOptions options_;
  std::optional<Episode> episode_;
  std::uint64_t turn_ = 0;
  std::optional<Action> action_;
  std::chrono::milliseconds limit_{0};
  StepResult result_;
  std::optional<Error> error_;
  Clock::duration taken_{0};
  bool ended_ = false;
};

struct NeedsDetour {
  std::shared_ptr<Detour> detour;
};

// While it lives, the calling thread's workers find the detour's result. Null: there is none.
class FinishedDetour {
 public:
  explicit FinishedDetour(Detour* detour);
  ~FinishedDetour();
  FinishedDetour(const FinishedDetour&) = delete;
  FinishedDetour& operator=(const FinishedDetour&) = delete;

  static Detour* current();
};

// The threads that run detours, begun when they are needed. Each has an Environment. Everything may
// be called from any thread.
class DetourPool {
 public:
  static constexpr std::size_t kThreads = 4;

  // `stopping`, once true, ends running queries with TIMEOUT.
  DetourPool(std::shared_ptr<const Catalog> catalog, const std::atomic<bool>& stopping)
      : catalog_(std::move(catalog)), stopping_(stopping) {}
  DetourPool(const DetourPool&) = delete;
  DetourPool& operator=(const DetourPool&) = delete;
  ~DetourPool() { shut_down(); }

  // Calls `then` from a thread of the pool when the detour is done.
  void run(std::shared_ptr<Detour> detour, std::function<void()> then);

  // Drops what has not begun, and waits for the rest. Nothing may be run after it.
  void shut_down();

 private:
  struct Job {
    std::shared_ptr<Detour> detour;
    std::function<void()> then;
  };

  void work();
  std::optional<Job> next();

  const std::shared_ptr<const Catalog> catalog_;
  const std::atomic<bool>& stopping_;
  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool ended_ = false;
};

}  // namespace sqlenv
