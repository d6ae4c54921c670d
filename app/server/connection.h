// The base of the HTTP and WebSocket connections of one event loop. For transport.cc alone.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <chrono>
#include <unordered_set>

#include "app/server/api.h"

namespace sqlenv {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using beast::error_code;

// Names the loop's executor, since the type-erased one costs an allocation an operation.
using Executor = asio::io_context::executor_type;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using TimedStream = beast::basic_stream<tcp, Executor, beast::unlimited_rate_policy>;

// A request is small: options, or an action with one statement or answer, which the core limits to
// a mebibyte. Longer ones are refused before they are held in memory.
inline constexpr std::size_t kMaxBodyBytes = 1 << 20;
inline constexpr std::size_t kMaxHeaderBytes = 16 << 10;
inline constexpr std::ptrdiff_t kMaxHeaderFields = 100;
inline constexpr std::size_t kMaxTargetBytes = 8 << 10;

inline constexpr std::chrono::seconds kHandshakeTime{10};
inline constexpr std::chrono::seconds kLingerTime{2};
inline constexpr std::chrono::milliseconds kStopTime{1000};

class Connection;

// The part of an event loop that its connections use.
struct LoopState {
  LoopState(Service& shared, Worker& own) : service(shared), worker(own), api(shared, own) {}

  Service& service;
  Worker& worker;
  HttpApi api;
  std::unordered_set<Connection*> connections;  // outlives io, whose destructor ends the last ones
  // Runs a detour, and then calls `then` with it on this loop. `then` is moved there, not copied:
  // it keeps a connection alive, which must end on its loop.
  template <class Then>
  void take(const NeedsDetour& needed, Then then) {
    service.detours.run(
        needed.detour, [this, detour = needed.detour, then = std::move(then)]() mutable {
          asio::post(io, [detour = std::move(detour), then = std::move(then)] { then(*detour); });
        });
  }

  bool stopping = false;
  bool stop_when_empty = false;
  asio::io_context io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};  // one thread; others only post
};

// Only its pending operation keeps a connection alive: when a handler returns without starting
// another, the connection is destroyed, and its session with it.
class Connection {
 public:
  explicit Connection(LoopState& loop) : loop_(loop) { loop_.connections.insert(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() {
    loop_.connections.erase(this);
    if (loop_.stop_when_empty && loop_.connections.empty()) loop_.io.stop();
  }

  // Closes, since the server stops.
  virtual void shut_down() = 0;

  // Closes as soon as no episode is lost by it, since the server takes no new sessions.
  virtual void drain() = 0;

  // Closes a connection without a request under way, since there are no file descriptors left.
  virtual void make_room() {}

  // Closes if a limit of time has passed.
  virtual void reap(std::chrono::steady_clock::time_point) {}

 protected:
  LoopState& loop_;
};

}  // namespace sqlenv
