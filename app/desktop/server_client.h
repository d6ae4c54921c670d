// ServerClient: a Live connection to an API server in the desktop program, with a thread that
// counts its seconds and an HttpClient that performs its requests. What comes of it is a transcript
// to show.
//
// All functions belong to the thread that made the client; destroying it ends the connection.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/http/http_client.h"
#include "app/playground/live.h"

namespace sqlenv::desktop {

class ServerClient {
 public:
  // `wake` is called, from the client's own thread, when there is a transcript to take. `hurry`
  // divides all waiting times, for tests.
  explicit ServerClient(std::function<void()> wake = {}, int hurry = 1);
  ServerClient(const ServerClient&) = delete;
  ServerClient& operator=(const ServerClient&) = delete;
  ~ServerClient();

  // Leaves the server before. The seed is drawn here. An error if the address is none.
  Result<void> connect(ui::LiveOptions options);

  // What the player did, as the functions of ui::Host get it.
  void act(const Action& action);
  void choose(const std::string& id);

  // The newest transcript, once; has_news(): whether there is one.
  std::optional<ui::Transcript> take();
  bool has_news() const { return news_; }

  // Until the server has answered or failed to, or `limit` has passed.
  void wait(std::chrono::seconds limit);

 private:
  using Clock = std::chrono::steady_clock;
  using Event = std::function<void()>;  // runs on the thread

  void run();
  void post(Event event);
  void leave();
  void perform(ui::Live::Effects effects);

  std::function<void()> wake_;
  const int hurry_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Event> events_;
  std::optional<ui::Transcript> newest_;
  bool settled_ = true;
  int leaving_ = 0;  // servers that are still to be left: nothing of them is shown any more
  bool ending_ = false;
  std::atomic<bool> news_ = false;

  // The thread's own.
  std::unique_ptr<ui::Live> live_;
  int connection_ = 0;  // counts them: a reply to an older one is ignored
  int request_ = 0;     // under way
  std::optional<Clock::time_point> due_;
  int timer_ = 0;  // that ends at due_

  HttpClient http_;
  std::thread thread_;
};

}  // namespace sqlenv::desktop
