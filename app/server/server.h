// Server: the API of SQLEnv over HTTP and WebSocket on one port, with the page beside it.
//
// Each thread has its own event loop, listening socket and Environment; a WebSocket session lives
// and dies on the thread that accepted it, so a step takes no lock. Steps and resets that take long
// are played on other threads (detour.h), so that nobody waits for them. The kernel spreads
// connections over the threads. Without a token everyone who reaches the port may play, so by
// default only this machine can reach it. Times are measured by the steady clock.
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
  int max_sessions = 4096;         // sessions at once; more are refused
  int max_kept_episodes = 1024;    // HTTP episodes at once; the least recently used one makes room

  // Unused for this long, an HTTP episode and a session without a WebSocket are dropped.
  std::chrono::milliseconds kept_episode_idle{30 * 60 * 1000};

  // A WebSocket that sent no message for this long, or is this old, is closed with 1001. Zero means
  // no limit, since a trainer may send nothing while it computes.
  std::chrono::milliseconds session_idle{0};
  std::chrono::milliseconds session_lifetime{0};

  bool simulation = true;  // false: no /reset, /step and /state over HTTP
  bool watch = false;      // sessions may be watched by everyone who may send requests
  bool json_log = false;   // events on standard error, one line of JSON each

  // A query that runs longer is stopped with TIMEOUT, even within its budget of operations.
  std::chrono::milliseconds query_time{5000};

  // A WebSocket that sent nothing for this long, not even the answer to a ping, is dropped. The
  // time is long, because a trainer may answer nothing while it computes; dead hosts are found
  // sooner, by TCP keep-alive.
  std::chrono::seconds silent_peer{10 * 60};

  // Every request but /health needs "Authorization: Bearer TOKEN". Empty: none is needed.
  std::string token;

  // Origins of other servers' pages that may send requests, such as "https://example.org"; "*" for
  // all.
  std::vector<std::string> allow_origins;

  // Names of this server, such as "example.org"; "*.example.org" for all below one, "*" for all. A
  // request for another name is refused (see access.h). Empty: on loopback localhost and addresses,
  // elsewhere every name.
  std::vector<std::string> allow_hosts;

  // Limits of one address: connections at once, and HTTP requests a second. 0: no limit. Unset: no
  // limit if only this machine can connect, else these constants.
  static constexpr int kPeerConnections = 8192;
  static constexpr int kPeerRequests = 2000;
  std::optional<int> peer_connections;
  std::optional<int> peer_requests;

  // The longest time from the first byte of an HTTP request, or from the last answer, to the
  // request's end, and from the first to the last fragment of a message on a WebSocket. Ends slow
  // senders and idle connections.
  std::chrono::milliseconds request_time{30'000};

  // The longest time that a reply waits for a peer that does not read.
  std::chrono::milliseconds reply_time{120'000};

  // Folder of the built page, read once at the start. Empty: "/" explains how to build it.
  std::filesystem::path web_root;
};

class Server {
 public:
  // Listens and serves until stop(). BAD_OPTION, with what to do, if it cannot listen on the
  // address, the port is taken or web_root holds no page.
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
