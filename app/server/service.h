// Service: what the threads of a server share: immutable, atomic or guarded by its own lock.
#pragma once

#include <atomic>
#include <memory>

#include "app/server/access.h"
#include "app/server/kept_episodes.h"
#include "app/server/log.h"
#include "app/server/rate_limits.h"
#include "app/server/server.h"
#include "app/server/session_counter.h"
#include "app/server/shared_sessions.h"
#include "app/server/watch.h"
#include "app/server/web_files.h"

namespace sqlenv {

// Whether only this machine can connect to an address or name to listen on.
bool is_loopback(std::string_view host);

struct Service {
  using Clock = std::chrono::steady_clock;

  Service(ServerOptions server_options, std::shared_ptr<const Catalog> shared_catalog,
          WebFiles files, Access who_may_ask = Access());

  // For one thread at a time; refers to this service.
  std::unique_ptr<Worker> new_worker();

  Gauges gauges() const;

  // Ends what HTTP clients left behind.
  void reap(Clock::time_point now);

  // An accept that failed, mostly for want of file descriptors.
  void note_accept_failure() {
    last_accept_failure.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed);
  }
  bool accepts() const;

  const ServerOptions options;
  const std::shared_ptr<const Catalog> catalog;
  const WebFiles web;
  const Access access;
  const Log log;
  const std::string openapi;
  Metrics metrics;
  std::atomic<bool> draining = false;  // no new sessions
  std::atomic<bool> stopping = false;  // queries are stopped too
  std::atomic<Clock::rep> last_accept_failure = 0;
  std::atomic<int> running_loops = 0;
  const std::unique_ptr<WatchBoard> board;  // null: sessions are not watched
  SessionCounter sessions;
  KeptEpisodes kept;
  SharedSessions shared;
  RateLimits rate_limits;
};

}  // namespace sqlenv
