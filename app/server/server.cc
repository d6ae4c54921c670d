#include "app/server/server.h"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>
#include <vector>

#include "app/descriptor_limit.h"
#include "app/server/service.h"
#include "app/server/transport.h"
#include "core/base/version.h"

namespace sqlenv {
namespace {

int thread_count(const ServerOptions& options) {
  if (options.threads > 0) return options.threads;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Result<void> check(const ServerOptions& options) {
  if (options.threads < 0 || options.threads > 1024)
    return fail(ErrorCode::kBadOption, "threads must be from 0 (one for each core) to 1024.");
  if (options.max_sessions < 1 || options.max_kept_episodes < 1)
    return fail(ErrorCode::kBadOption, "the limit of sessions must be at least 1.");
  if (options.query_time.count() < 1 || options.silent_peer.count() < 1 ||
      options.kept_episode_idle.count() < 1 || options.request_time.count() < 1 ||
      options.reply_time.count() < 1 || options.session_idle.count() < 0 ||
      options.session_lifetime.count() < 0)
    return fail(ErrorCode::kBadOption, "the time limits must be greater than 0.");
  if (options.peer_connections.value_or(0) < 0 || options.peer_requests.value_or(0) < 0)
    return fail(ErrorCode::kBadOption, "the limits of a peer must be at least 0 (no limit).");
  return {};
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions options, std::shared_ptr<const Catalog> catalog, WebFiles web, Access access)
      : service(std::move(options), std::move(catalog), std::move(web), std::move(access)) {
    service.store.take_detours();
  }

  ~Impl() {
    stop();
    wait();
  }

  Result<void> listen() {
    Result<ListenAddress> address = find_listen_address(service.options);
    if (!address) return fail(address.error());
    for (int i = 0; i < thread_count(service.options); ++i) {
      Result<std::unique_ptr<EventLoop>> loop = EventLoop::listen(*address, service);
      if (!loop) return fail(loop.error());
      address->port = (*loop)->port();
      loops.push_back(std::move(*loop));
    }
    port = address->port;
    return {};
  }

  void run() {
    service.log.event("listening", {{"version", kVersion},
                                    {"port", std::int64_t{port}},
                                    {"threads", std::ssize(loops)},
                                    {"max_sessions", std::int64_t{service.sessions.limit()}}});
    for (const std::unique_ptr<EventLoop>& loop : loops)
      threads.emplace_back([loop = loop.get()] { loop->run(); });
  }

  void drain() {
    if (service.draining.exchange(true)) return;
    service.log.event("draining", {{"sessions", std::int64_t{service.sessions.active()}}});
    for (const std::unique_ptr<EventLoop>& loop : loops) loop->drain();
  }

  void stop() {
    service.draining = true;
    if (service.stopping.exchange(true)) return;
    for (const std::unique_ptr<EventLoop>& loop : loops) loop->stop();
  }

  void wait() {
    for (std::thread& thread : threads)
      if (thread.joinable()) thread.join();
    service.detours.shut_down();
    if (service.stopping) service.store.shut_down();
    if (!std::exchange(waited, true) && !threads.empty()) service.log.event("stopped");
  }

  Service service;
  std::vector<std::unique_ptr<EventLoop>> loops;
  std::vector<std::thread> threads;
  unsigned short port = 0;
  bool waited = false;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::start(ServerOptions options, std::shared_ptr<const Catalog> catalog) {
  if (const Result<void> checked = check(options); !checked) return fail(checked.error());
  Result<Access> access = Access::make(options.token, options.allow_origins, options.allow_hosts,
                                       is_loopback(options.host));
  if (!access) return fail(access.error());
  options.token.clear();
  WebFiles web;
  if (!options.web_root.empty()) {
    Result<WebFiles> loaded = WebFiles::load(options.web_root);
    if (!loaded) return fail(loaded.error());
    web = std::move(*loaded);
  }
  raise_descriptor_limit();
  auto impl = std::make_unique<Impl>(std::move(options), std::move(catalog), std::move(web),
                                     std::move(*access));
  if (const Result<void> listening = impl->listen(); !listening) return fail(listening.error());
  impl->run();
  return Server(std::move(impl));
}

unsigned short Server::port() const { return impl_->port; }
int Server::sessions() const { return impl_->service.sessions.active(); }
bool Server::running() const { return impl_->service.running_loops.load() > 0; }
void Server::drain() { impl_->drain(); }
void Server::stop() { impl_->stop(); }
void Server::wait() { impl_->wait(); }

}  // namespace sqlenv
