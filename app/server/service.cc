#include "app/server/service.h"

#include "core/wire/openapi.h"

namespace sqlenv {
namespace {

// Enough shards that sessions of different clients seldom wait for each other.
constexpr int kShards = 8;
constexpr std::chrono::seconds kAcceptMemory{10};

std::vector<std::unique_ptr<Worker>> shard_workers(Service& service) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < kShards; ++i) workers.push_back(service.new_worker());
  return workers;
}

RateLimits::Limits rate_limits_of(const ServerOptions& options) {
  const bool local = is_loopback(options.host);
  return {options.peer_connections.value_or(local ? 0 : ServerOptions::kPeerConnections),
          options.peer_requests.value_or(local ? 0 : ServerOptions::kPeerRequests)};
}

}  // namespace

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Service::Service(ServerOptions server_options, std::shared_ptr<const Catalog> shared_catalog,
                 WebFiles files, Access who_may_ask)
    : options(std::move(server_options)),
      catalog(std::move(shared_catalog)),
      web(std::move(files)),
      access(std::move(who_may_ask)),
      log(options.json_log),
      openapi(openapi_json(options.simulation)),
      detours(catalog, stopping),
      board(options.watch ? std::make_unique<WatchBoard>(uuid(entropy(), entropy())) : nullptr),
      sessions(options.max_sessions),
      store(shard_workers(*this), sessions,
            {options.max_kept_episodes, options.kept_episode_idle, options.session_lifetime}),
      rate_limits(rate_limits_of(options)) {}

std::unique_ptr<Worker> Service::new_worker() {
  auto worker = std::make_unique<Worker>(catalog, options.query_time, stopping, entropy(),
                                         metrics.new_worker());
  worker->set_board(board.get());
  return worker;
}

Gauges Service::gauges() const {
  return {sessions.active(),
          sessions.limit(),
          store.session_count(),
          store.episode_count(),
          static_cast<std::size_t>(options.max_kept_episodes),
          running_loops.load(std::memory_order_relaxed),
          log.dropped()};
}

void Service::reap(Clock::time_point now) {
  store.reap(now);
  rate_limits.reap(now);
}

bool Service::accepts() const {
  const Clock::rep last = last_accept_failure.load(std::memory_order_relaxed);
  return last == 0 || Clock::now() - Clock::time_point(Clock::duration(last)) > kAcceptMemory;
}

}  // namespace sqlenv
