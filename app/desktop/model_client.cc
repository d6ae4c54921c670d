#include "app/desktop/model_client.h"

#include <ctime>
#include <random>
#include <utility>

namespace sqlenv::desktop {

// An episode that is played, and how it is told.
class ModelClient::Play : public std::enable_shared_from_this<Play> {
 public:
  Play(ModelClient& client, ModelEpisodeOptions options)
      : client_(client), episode_(std::move(options)) {}

  void begin(const Observation& first, ui::ModelPlayer::Tell tell) {
    tell_ = std::move(tell);
    take(episode_.begin(first));
  }
  void go_on(const Observation& seen, ui::ModelPlayer::Tell tell) {
    tell_ = std::move(tell);
    take(episode_.go_on(seen));
  }
  void reply(const HttpReply& reply) {
    const double spread = std::generate_canonical<double, 32>(random_);
    take(episode_.reply(reply, std::time(nullptr), spread));
  }
  void waited() {
    if (waiting_) client_.perform(shared_from_this(), *std::exchange(waiting_, std::nullopt));
  }
  void give_up() {
    client_.http_.cancel(request_);
    request_ = 0;
  }
  void performs(int request) { request_ = request; }

 private:
  void take(ModelEpisode::Next next) {
    if (next.request) {
      if (next.note.empty()) return client_.perform(shared_from_this(), std::move(*next.request));
      waiting_ = std::move(next.request);
      client_.wait_for(shared_from_this(), next.wait);
      return tell_({std::nullopt, {}, "", std::move(next.note)});
    }
    if (!next.turn) return tell_({std::nullopt, {}, std::move(next.error), ""});
    ModelEpisode::Turn& turn = *next.turn;
    tell_({std::move(turn.action), {std::move(turn.thoughts), std::move(turn.text)}, "", ""});
  }

  ModelClient& client_;
  ModelEpisode episode_;
  ui::ModelPlayer::Tell tell_;
  std::optional<HttpRequest> waiting_;
  int request_ = 0;
  std::minstd_rand random_{std::random_device{}()};
};

ModelClient::ModelClient(std::function<void()> wake, int hurry)
    : wake_(std::move(wake)),
      hurry_(hurry),
      clock_([this](const std::stop_token& stop) { count_time(stop); }) {}

ModelClient::~ModelClient() = default;

std::unique_ptr<ui::ModelPlayer> ModelClient::player(ModelEpisodeOptions options) {
  class Player : public ui::ModelPlayer {
   public:
    explicit Player(std::shared_ptr<Play> play) : play_(std::move(play)) {}
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;
    ~Player() override { play_->give_up(); }
    void begin(const Observation& first, Tell tell) override {
      play_->begin(first, std::move(tell));
    }
    void go_on(const Observation& seen, Tell tell) override { play_->go_on(seen, std::move(tell)); }

   private:
    std::shared_ptr<Play> play_;
  };
  const auto play = std::make_shared<Play>(*this, std::move(options));
  newest_ = play;
  return std::make_unique<Player>(play);
}

void ModelClient::perform(const std::shared_ptr<Play>& play, HttpRequest request) {
  play->performs(http_.start(std::move(request), [this, to = std::weak_ptr(play)](HttpReply reply) {
    push({to, std::move(reply)});
  }));
}

void ModelClient::wait_for(const std::shared_ptr<Play>& play, std::chrono::milliseconds time) {
  {
    const std::lock_guard lock(mutex_);
    due_.emplace(Clock::now() + time / hurry_, play);
  }
  changed_.notify_all();
}

void ModelClient::push(News news) {
  {
    const std::lock_guard lock(mutex_);
    news_.push_back(std::move(news));
  }
  changed_.notify_all();
  if (wake_) wake_();
}

void ModelClient::count_time(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (due_.empty()) {
      changed_.wait(lock, stop, [this] { return !due_.empty(); });
      continue;
    }
    const Clock::time_point next = due_.begin()->first;
    if (Clock::now() < next) {
      changed_.wait_until(lock, stop, next, [&] { return due_.begin()->first < next; });
      continue;
    }
    News news{due_.begin()->second, std::nullopt};
    due_.erase(due_.begin());
    lock.unlock();
    push(std::move(news));
    lock.lock();
  }
}

void ModelClient::hand_over() {
  std::deque<News> came;
  {
    const std::lock_guard lock(mutex_);
    came = std::exchange(news_, {});
  }
  for (const News& news : came) {
    const std::shared_ptr<Play> play = news.play.lock();
    if (play == nullptr) continue;
    if (news.reply) play->reply(*news.reply);
    else play->waited();
  }
}

bool ModelClient::has_news() const {
  const std::lock_guard lock(mutex_);
  return !news_.empty();
}

void ModelClient::wait(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return !news_.empty(); });
}

}  // namespace sqlenv::desktop
