// ModelClient: the transport by which language models behind addresses play in the desktop program.
// Its requests are performed by an HttpClient; waiting times are counted by a thread of its own.
//
// All functions belong to the playground's thread, on which the players are told what came, by
// hand_over(). Destroying the client gives up what is under way.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "app/http/http_client.h"
#include "app/model/model_episode.h"
#include "app/playground/model_player.h"

namespace sqlenv::desktop {

class ModelClient {
 public:
  // `wake` is called, from another thread, when there is something to hand over. `hurry` divides
  // waiting times, for tests.
  explicit ModelClient(std::function<void()> wake = {}, int hurry = 1);
  ModelClient(const ModelClient&) = delete;
  ModelClient& operator=(const ModelClient&) = delete;
  ~ModelClient();

  // A player of one episode. REQUIRES: the client outlives it.
  std::unique_ptr<ui::ModelPlayer> player(ModelEpisodeOptions options);

  void hand_over();
  bool has_news() const;

  // Whether the newest player is still there.
  bool plays() const { return !newest_.expired(); }

  // Until there is something to hand over, or this time has passed.
  void wait(std::chrono::milliseconds limit);

 private:
  class Play;
  using Clock = std::chrono::steady_clock;
  struct News {
    std::weak_ptr<Play> play;
    std::optional<HttpReply> reply;  // none: its waiting time is over
  };

  void perform(const std::shared_ptr<Play>& play, HttpRequest request);
  void wait_for(const std::shared_ptr<Play>& play, std::chrono::milliseconds time);
  void push(News news);
  void count_time(const std::stop_token& stop);

  std::function<void()> wake_;
  const int hurry_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<News> news_;
  std::multimap<Clock::time_point, std::weak_ptr<Play>> due_;
  std::weak_ptr<Play> newest_;
  HttpClient http_;
  std::jthread clock_;
};

}  // namespace sqlenv::desktop
