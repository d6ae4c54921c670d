// Service: the state that the threads of a server share. Each member is immutable, atomic or
// guarded by its own lock.
#pragma once

#include <atomic>
#include <memory>

#include "app/server/access.h"
#include "app/server/detour.h"
#include "app/server/log.h"
#include "app/server/rate_limits.h"
#include "app/server/server.h"
#include "app/server/session_counter.h"
#include "app/server/session_store.h"
#include "app/server/watch.h"
#include "app/server/web_files.h"

namespace sqlenv {

// Whether only this machine can connect to a server that listens on `host`.
bool is_loopback(std::string_view host);

struct Service {
  using Clock = std::chrono::steady_clock;

  Service(ServerOptions server_options, std::shared_ptr<const Catalog> shared_catalog,
          WebFiles files, Access who_may_ask = Access());

  // A worker for one thread at a time. It refers to this service.
  std::unique_ptr<Worker> new_worker();

  Gauges gauges() const;

  // Ends the sessions and episodes that HTTP clients left behind.
  void reap(Clock::time_point now);

  // Records that a connection could not be accepted, mostly for want of file descriptors.
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
  DetourPool detours;
  const std::unique_ptr<WatchBoard> board;  // null if sessions are not watched
  SessionCounter sessions;                  // places taken and their limit
  SessionStore store;
  RateLimits rate_limits;
};

}  // namespace sqlenv
