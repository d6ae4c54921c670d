// What the HTTP and WebSocket connections of one event loop have in common. For transport.cc alone.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
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

// With the loop's own kind of executor, since one of any kind costs an allocation an operation.
using Executor = asio::io_context::executor_type;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using TimedStream = beast::basic_stream<tcp, Executor, beast::unlimited_rate_policy>;

// A request is small: options, or an action with one statement or answer, which the core limits to
// a mebibyte. What is longer is refused before it is held in memory.
inline constexpr std::size_t kMaxBodyBytes = 1 << 20;
inline constexpr std::size_t kMaxHeaderBytes = 16 << 10;
inline constexpr std::ptrdiff_t kMaxHeaderFields = 100;
inline constexpr std::size_t kMaxTargetBytes = 8 << 10;

inline constexpr std::chrono::seconds kHandshakeTime{10};
inline constexpr std::chrono::seconds kLingerTime{2};
inline constexpr std::chrono::milliseconds kStopTime{1000};

class Connection;

// What connections see of their event loop.
struct LoopState {
  LoopState(Service& shared, Worker& own) : service(shared), worker(own), api(shared, own) {}

  Service& service;
  Worker& worker;
  HttpApi api;
  std::unordered_set<Connection*> connections;  // outlives io, whose end destroys the last of them
  bool stopping = false;
  bool stop_when_empty = false;
  asio::io_context io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};  // one thread; others only post
};

// A connection is kept alive by its pending operation and by nothing else: when the last handler
// returns without starting another, it is gone, and with it its session.
class Connection {
 public:
  explicit Connection(LoopState& loop) : loop_(loop) { loop_.connections.insert(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() {
    loop_.connections.erase(this);
    if (loop_.stop_when_empty && loop_.connections.empty()) loop_.io.stop();
  }

  // The server stops: say goodbye.
  virtual void shut_down() = 0;

  // The server takes no new sessions: close if nothing is lost by it, else as soon as nothing is.
  virtual void drain() = 0;

  // There are no file descriptors left: close if nothing is asked or answered.
  virtual void make_room() {}

  // Close if a limit of time has passed.
  virtual void reap(std::chrono::steady_clock::time_point) {}

 protected:
  LoopState& loop_;
};

}  // namespace sqlenv
