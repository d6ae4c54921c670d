#include "app/server/transport.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <exception>

#include "app/server/connection.h"
#include "app/server/http_connection.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kAcceptPause{100};

// A quarter of the shortest limit of time, within bounds that cost no noticeable time.
std::chrono::milliseconds reap_period(const ServerOptions& options) {
  std::chrono::milliseconds period{20'000};
  for (const auto limit : {options.session_idle, options.session_lifetime,
                           options.kept_episode_idle, options.request_time, options.reply_time})
    if (limit.count() > 0) period = std::min(period, limit);
  return std::clamp<std::chrono::milliseconds>(period / 4, 20ms, 5s);
}

// Keep-alive finds hosts that vanished, after about two minutes, even while the program at the
// other end answers nothing.
void set_socket_options(Socket& socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  const auto set = [&socket](int option, int value) {
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
  };
  set(TCP_KEEPIDLE, 60);
  set(TCP_KEEPINTVL, 15);
  set(TCP_KEEPCNT, 4);
}

Error cannot_listen(const std::string& host, unsigned short port, const error_code& error) {
  const std::string where = host + " port " + std::to_string(port);
  std::string message = "cannot listen on " + where + ": " + error.message() + ".";
  if (error == asio::error::address_in_use)
    message = where +
              " is in use: stop the program that listens there, or choose another port "
              "(0 takes any free one).";
  if (error == asio::error::access_denied)
    message = where + " needs more rights: choose a port from 1024.";
  return {ErrorCode::kBadOption, std::move(message)};
}

error_code open_acceptor(Acceptor& acceptor, const tcp::endpoint& endpoint, bool share_port) {
  error_code error;
  if (acceptor.open(endpoint.protocol(), error)) return error;
  if (acceptor.set_option(asio::socket_base::reuse_address(true), error)) return error;
  const int on = 1;
  if (share_port &&
      ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
    return {errno, boost::system::system_category()};
  if (acceptor.bind(endpoint, error)) return error;
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  return error;
}

tcp::endpoint endpoint_of(const ListenAddress& address) {
  return {asio::ip::make_address(address.ip), address.port};
}

std::string peer_of(const asio::ip::address& address) {
  const auto text = [](const auto& bytes) {
    return peer_of_address({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  };
  return address.is_v4() ? text(address.to_v4().to_bytes()) : text(address.to_v6().to_bytes());
}

class BeastLoop : public EventLoop {
 public:
  explicit BeastLoop(Service& service) : worker_(service.new_worker()), state_(service, *worker_) {
    worker_->take_detours();
  }

  error_code open(const ListenAddress& address) {
    return open_acceptor(acceptor_, endpoint_of(address), true);
  }

  unsigned short port() const override { return acceptor_.local_endpoint().port(); }

  void run() override {
    state_.service.running_loops.fetch_add(1, std::memory_order_relaxed);
    accept();
    reap_later();
    while (!state_.io.stopped()) {
      try {
        state_.io.run();
      } catch (const std::exception&) {
        // A handler threw, which only a lack of memory can cause: its connection is gone, and the
        // others go on.
      }
    }
    state_.stop_when_empty = false;
    state_.service.running_loops.fetch_sub(1, std::memory_order_relaxed);
  }

  void drain() override {
    asio::post(state_.io, [this] { start_draining(); });
  }

  void stop() override {
    asio::post(state_.io, [this] { shut_down(); });
  }

 private:
  void accept() {
    acceptor_.async_accept(
        [this](error_code error, Socket socket) { on_accept(error, std::move(socket)); });
  }

  void on_accept(error_code error, Socket socket) {
    if (state_.service.draining) return;
    if (error) return pause();
    set_socket_options(socket);
    welcome(std::move(socket));
    accept();
  }

  void welcome(Socket socket) {
    RateLimits& limits = state_.service.rate_limits;
    error_code error;
    const tcp::endpoint from = limits.limited() ? socket.remote_endpoint(error) : tcp::endpoint();
    if (error) return;  // it has left already
    if (!limits.limited()) return serve(std::move(socket), CountedConnection(), false);
    std::string peer = peer_of(from.address());
    const RateLimits::Admission admission = limits.enter(peer);
    if (admission == RateLimits::Admission::kCut) return;
    serve(std::move(socket), CountedConnection(limits, std::move(peer)),
          admission == RateLimits::Admission::kRefused);
  }

  void serve(Socket socket, CountedConnection counted, bool too_many) {
    std::make_shared<HttpConnection>(state_, std::move(socket), std::move(counted), too_many)
        ->start();
  }

  // Waits after a failed accept. Mostly there are no file descriptors left: trying again at once
  // would only burn the processor.
  void pause() {
    state_.service.note_accept_failure();
    for (Connection* connection : connections()) connection->make_room();
    timer_.expires_after(kAcceptPause);
    timer_.async_wait([this](error_code error) {
      if (!error && !state_.service.draining) accept();
    });
  }

  void reap_later() {
    reaper_.expires_after(reap_period(state_.service.options));
    reaper_.async_wait([this](error_code error) {
      if (!error) reap();
    });
  }

  void reap() {
    const auto now = std::chrono::steady_clock::now();
    state_.service.reap(now);
    for (Connection* connection : connections()) connection->reap(now);
    reap_later();
  }

  // Returns a copy, since closing may remove some.
  std::vector<Connection*> connections() const {
    return {state_.connections.begin(), state_.connections.end()};
  }

  void start_draining() {
    state_.stop_when_empty = true;
    error_code ignored;
    acceptor_.close(ignored);
    if (state_.connections.empty()) return state_.io.stop();
    for (Connection* connection : connections()) connection->drain();
  }

  void shut_down() {
    state_.stopping = true;
    state_.stop_when_empty = true;
    error_code ignored;
    acceptor_.close(ignored);
    if (state_.connections.empty()) return state_.io.stop();
    for (Connection* connection : connections()) connection->shut_down();
    timer_.expires_after(kStopTime);
    timer_.async_wait([this](error_code error) {
      if (!error) state_.io.stop();
    });
  }

  std::unique_ptr<Worker> worker_;
  LoopState state_;
  Acceptor acceptor_{state_.io};
  asio::steady_timer timer_{state_.io};
  asio::steady_timer reaper_{state_.io};
};

}  // namespace

Result<ListenAddress> find_listen_address(const ServerOptions& options) {
  asio::io_context io;
  error_code error;
  const auto found = tcp::resolver(io).resolve(options.host, std::to_string(options.port),
                                               tcp::resolver::passive, error);
  if (error || found.empty()) return fail(cannot_listen(options.host, options.port, error));
  const tcp::endpoint endpoint = found.begin()->endpoint();
  // Opens without sharing the port, so that another server on it is an error.
  Acceptor probe(io);
  error = open_acceptor(probe, endpoint, false);
  if (error) return fail(cannot_listen(options.host, options.port, error));
  return ListenAddress{endpoint.address().to_string(), endpoint.port()};
}

Result<std::unique_ptr<EventLoop>> EventLoop::listen(const ListenAddress& address,
                                                     Service& service) {
  auto loop = std::make_unique<BeastLoop>(service);
  if (const error_code error = loop->open(address); error)
    return fail(cannot_listen(address.ip, address.port, error));
  return loop;
}

}  // namespace sqlenv
