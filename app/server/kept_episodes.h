// KeptEpisodes: the episodes of HTTP clients that named them, so that POST /step can go on with
// what POST /reset began.
//
// Bounded: when full, the least recently used episode makes room; one unused for the idle time is
// gone. May be called from any thread: everything, the query of a step included, runs under one
// mutex with a Worker of its own. Steps of HTTP clients therefore wait for each other, and the
// thread that waits serves nothing else meanwhile. Clients in number belong on the WebSocket, which
// shares nothing.
#pragma once

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/server/watch.h"
#include "app/server/worker.h"

namespace sqlenv {

class KeptEpisodes {
 public:
  using Clock = std::chrono::steady_clock;
  struct Limits {
    int max_episodes = 1024;  // at least 1
    std::chrono::milliseconds idle{30 * 60 * 1000};
  };

  // `worker` is used by this object alone.
  KeptEpisodes(std::unique_ptr<Worker> worker, Limits limits)
      : worker_(std::move(worker)), limits_(limits) {}

  // Starts an episode and keeps it under `id`, in place of any other of that id. On an error
  // nothing changes.
  Result<StepResult> reset(const std::string& id, const ResetRequest& request,
                           Clock::time_point now = Clock::now());

  // None if no episode of that id is kept.
  std::optional<StepResult> step(const std::string& id, const Action& action,
                                 std::optional<std::chrono::milliseconds> limit,
                                 Clock::time_point now = Clock::now());
  std::optional<int> step_count(const std::string& id, Clock::time_point now = Clock::now());

  // Drops what has been idle for too long.
  void reap(Clock::time_point now);
  std::size_t size() const;

 private:
  struct Kept {
    std::string id;
    Episode episode;
    Clock::time_point last_used;
    Watched watched;
  };
  using Order = std::list<Kept>;  // the most recently used first

  Kept* find(const std::string& id, Clock::time_point now);
  void drop_idle(Clock::time_point now);
  void drop_last();

  mutable std::mutex mutex_;
  std::unique_ptr<Worker> worker_;
  Limits limits_;
  Order order_;
  std::unordered_map<std::string, Order::iterator> by_id_;
};

}  // namespace sqlenv
