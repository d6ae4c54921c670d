// Server: the API of SQLEnv over HTTP and WebSocket on one port, with the page beside it.
//
// Each thread has its own event loop, listening socket and Environment; a WebSocket session lives
// and dies on the thread that accepted it, so a step takes no lock. The kernel spreads connections
// over the threads. Without a token whoever reaches the port may play, which is why only this
// machine can by default. Every limit of time is of the steady clock.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/catalog.h"

namespace sqlenv {

struct ServerOptions {
  std::string host = "127.0.0.1";  // an address or a name; "0.0.0.0" or "::" for every interface
  unsigned short port = 8000;      // 0: any free one
  int threads = 0;                 // 0: one for each core
  int max_sessions = 4096;         // sessions at once; more are told so and closed
  int max_kept_episodes = 1024;    // HTTP episodes at once; the least recently used one makes room

  // Unused for this long, an HTTP episode and a session without a WebSocket are dropped.
  std::chrono::milliseconds kept_episode_idle{30 * 60 * 1000};

  // A WebSocket that asked for nothing for this long, or is this old, is closed with 1001. Zero: no
  // limit, since a trainer may rest for as long as it computes.
  std::chrono::milliseconds session_idle{0};
  std::chrono::milliseconds session_lifetime{0};

  bool simulation = true;  // false: no /reset, /step and /state over HTTP
  bool watch = false;      // sessions may be watched, by whoever may ask
  bool json_log = false;   // events on standard error, one line of JSON each

  // Past this a query is stopped with TIMEOUT, whatever it has been allowed in operations.
  std::chrono::milliseconds query_time{5000};

  // A WebSocket from which nothing came for this long, not even the answer to a ping, is dropped.
  // Long, because a trainer may be deaf while it computes; dead hosts are found sooner, by TCP
  // keep-alive.
  std::chrono::seconds silent_peer{10 * 60};

  // What a request must show as "Authorization: Bearer …", /health apart. Empty: nothing.
  std::string token;

  // Web pages of elsewhere that may ask, such as "https://example.org"; "*" for all.
  std::vector<std::string> allow_origins;

  // Of one address, at once and HTTP requests a second; 0 for no limit. Unset: no limit where only
  // this machine can connect, else these.
  static constexpr int kPeerConnections = 8192;
  static constexpr int kPeerRequests = 2000;
  std::optional<int> peer_connections;
  std::optional<int> peer_requests;

  // From the first byte of an HTTP request, or from the last answer, to the request's end; and from
  // the first to the last piece of a message on a WebSocket. Ends slow senders and idle
  // connections.
  std::chrono::milliseconds request_time{30'000};

  // For a reply to be taken by a peer that does not read.
  std::chrono::milliseconds reply_time{120'000};

  // The built page. Empty: there is none, and "/" says how to build it. Read once, at the start.
  std::filesystem::path web_root;
};

class Server {
 public:
  // Listens and serves from then on. BAD_OPTION, with what to do, if the address cannot be listened
  // on, the port is taken or web_root holds no page.
  static Result<Server> start(ServerOptions options, std::shared_ptr<const Catalog> catalog);

  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();  // stop() and wait()

  unsigned short port() const;
  int sessions() const;  // at this moment
  bool running() const;  // whether any thread still serves

  // Takes no new connections; sessions end when their episode is done, with 1001. Returns at once:
  // when running() is false, all are gone. stop() ends the rest.
  void drain();

  // Stops queries, closes WebSockets with 1001 ("going away") and, after at most a second,
  // everything else. Returns at once. From any thread, but not from a signal handler: block SIGINT
  // and SIGTERM before start() and wait for them with sigwait().
  void stop();

  // Returns when all threads have ended after stop().
  void wait();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sqlenv
