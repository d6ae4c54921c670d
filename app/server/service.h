// Service: what the threads of a server share: immutable, atomic or guarded by its own lock.
#pragma once

#include <atomic>
#include <memory>

#include "app/server/kept_episodes.h"
#include "app/server/server.h"
#include "app/server/web_files.h"

namespace sqlenv {

// Counts WebSocket sessions against the limit. Any thread.
class SessionCounter {
 public:
  explicit SessionCounter(int limit) : limit_(limit) {}

  int active() const { return active_.load(std::memory_order_relaxed); }
  int limit() const { return limit_; }

  // False, and nothing is counted, if the limit is reached.
  bool enter() {
    if (active_.fetch_add(1, std::memory_order_relaxed) < limit_) return true;
    leave();
    return false;
  }
  void leave() { active_.fetch_sub(1, std::memory_order_relaxed); }

 private:
  const int limit_;
  std::atomic<int> active_ = 0;
};

struct Service {
  Service(ServerOptions server_options, std::shared_ptr<const Catalog> shared_catalog,
          WebFiles files)
      : options(std::move(server_options)),
        catalog(std::move(shared_catalog)),
        web(std::move(files)),
        sessions(options.max_sessions),
        kept(new_worker(), {options.max_kept_episodes, options.kept_episode_idle}) {}

  // For one thread; refers to this service.
  std::unique_ptr<Worker> new_worker() const {
    return std::make_unique<Worker>(catalog, options.query_time, stopping, entropy());
  }

  const ServerOptions options;
  const std::shared_ptr<const Catalog> catalog;
  const WebFiles web;
  std::atomic<bool> stopping = false;
  SessionCounter sessions;
  KeptEpisodes kept;
};

}  // namespace sqlenv
