// ServerClient: the player's connection to an API server, on a thread of its own: plays an episode
// there, or watches the sessions that others play. The same as web/live.js, state by state.
//
// It speaks MCP over HTTP, with a session of its own that takes a place on the server like any
// other and outlives a connection that breaks; watching is GET /watch. What comes of it is a
// transcript to show. All functions belong to the thread that made the client; destroying it ends
// the connection.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/playground/transcript.h"
#include "core/episode/episode.h"

namespace sqlenv::desktop {

struct ServerWish {
  std::string address;
  std::string token;
  bool watch = false;    // else play
  ResetOptions options;  // of the first episode, but for the seed, which is drawn
};

class Link;

class ServerClient {
 public:
  // `wake` is called, from the client's own thread, when there is a transcript to take. `hurry`
  // divides all waiting times, for tests.
  explicit ServerClient(std::function<void()> wake = {}, int hurry = 1);
  ServerClient(const ServerClient&) = delete;
  ServerClient& operator=(const ServerClient&) = delete;
  ~ServerClient();

  // Ends what was before. An error if the address is none.
  Result<void> connect(ServerWish wish);

  // What the player did, as the functions of ui::Host get it.
  void act(const Action& action);
  void choose(const std::string& id);

  // The newest transcript, once; has_news(): whether there is one.
  std::optional<ui::Transcript> take();
  bool has_news() const { return news_; }

  // Until the server has answered or failed to, or `limit` has passed.
  void wait(std::chrono::seconds limit);

 private:
  friend class Link;

  void run();
  void post(std::function<void()> command);
  void show(const ui::Transcript& seen, bool settled);

  std::function<void()> wake_;
  const int hurry_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> commands_;
  std::optional<ui::Transcript> newest_;
  bool settled_ = true;
  bool ending_ = false;
  std::atomic<bool> news_ = false;
  std::atomic<bool> stopped_ = false;  // requests under way are given up
  std::unique_ptr<Link> link_;         // the thread's own
  std::thread thread_;
};

}  // namespace sqlenv::desktop
