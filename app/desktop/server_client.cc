#include "app/desktop/server_client.h"

#include <random>
#include <utility>

namespace sqlenv::desktop {

ServerClient::ServerClient(std::function<void()> wake, int hurry)
    : wake_(std::move(wake)), hurry_(hurry), thread_([this] { run(); }) {}

ServerClient::~ServerClient() {
  choose("leave");
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void ServerClient::post(Event event) {
  {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  changed_.notify_all();
}

Result<void> ServerClient::connect(ui::LiveOptions options) {
  options.seed = std::random_device()();
  Result<std::unique_ptr<ui::Live>> live = ui::connect_live(std::move(options));
  if (!live) return fail(live.error());
  choose("leave");
  post([this, live = std::make_shared<std::unique_ptr<ui::Live>>(std::move(*live))] {
    live_ = std::move(*live);
    perform(live_->start());
  });
  return {};
}

void ServerClient::act(const Action& action) {
  post([this, action] {
    if (live_) perform(live_->act(action));
  });
}

void ServerClient::choose(const std::string& id) {
  if (id == "leave") {
    const std::lock_guard lock(mutex_);
    ++leaving_;
    newest_.reset();
    news_ = false;
  }
  post([this, id] {
    if (id == "leave") leave();
    else if (live_) perform(live_->choose(id));
  });
}

void ServerClient::leave() {
  http_.cancel(request_);
  due_.reset();
  ++connection_;
  const std::unique_ptr<ui::Live> left = std::move(live_);
  if (std::optional<HttpRequest> farewell = left ? left->farewell() : std::nullopt)
    http_.perform(std::move(*farewell));
  const std::lock_guard lock(mutex_);
  --leaving_;
}

void ServerClient::perform(ui::Live::Effects effects) {
  if (effects.request || effects.timer) {
    http_.cancel(request_);
    due_.reset();
  }
  if (effects.request)
    request_ = http_.start(
        std::move(effects.request->http),
        [this, connection = connection_, number = effects.request->number](HttpReply reply) {
          post([this, connection, number, reply = std::move(reply)] {
            if (connection == connection_) perform(live_->reply(number, reply));
          });
        });
  if (effects.timer) {
    timer_ = effects.timer->number;
    due_ = Clock::now() + std::chrono::milliseconds(effects.timer->time) / hurry_;
  }
  if (!effects.shown) return;
  {
    const std::lock_guard lock(mutex_);
    if (leaving_ > 0) return;
    newest_ = std::move(effects.shown);
    news_ = true;
  }
  if (wake_) wake_();
}

void ServerClient::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto ready = [this] { return ending_ || !events_.empty(); };
    settled_ = events_.empty() && !(live_ && live_->busy());
    if (settled_) changed_.notify_all();
    if (due_) changed_.wait_until(lock, *due_, ready);
    else changed_.wait(lock, ready);
    if (events_.empty() && ending_) return;
    Event event;
    if (!events_.empty()) {
      event = std::move(events_.front());
      events_.pop_front();
    }
    lock.unlock();
    if (event) {
      event();
    } else if (due_ && *due_ <= Clock::now()) {
      due_.reset();
      perform(live_->tick(timer_));
    }
    lock.lock();
  }
}

std::optional<ui::Transcript> ServerClient::take() {
  const std::lock_guard lock(mutex_);
  news_ = false;
  return std::exchange(newest_, std::nullopt);
}

void ServerClient::wait(std::chrono::seconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return settled_ && events_.empty(); });
}

}  // namespace sqlenv::desktop
