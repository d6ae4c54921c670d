#include "app/desktop/server_client.h"

#include <utility>

#include "app/desktop/server_link.h"

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

void ServerClient::post(std::function<void()> command) {
  {
    const std::lock_guard lock(mutex_);
    commands_.push_back(std::move(command));
    settled_ = false;
  }
  changed_.notify_all();
}

Result<void> ServerClient::connect(ServerWish wish) {
  Result<ServerAddress> server = read_server_address(wish.address);
  if (!server) return fail(server.error());
  choose("leave");
  post([this, server = *server, wish = std::move(wish)] {
    link_ = wish.watch ? watch_link(*this, server, wish) : play_link(*this, server, wish);
  });
  return {};
}

void ServerClient::act(const Action& action) {
  post([this, action] {
    if (link_) link_->act(action);
  });
}

void ServerClient::choose(const std::string& id) {
  const bool leaves = id == "leave";
  if (leaves) stopped_ = true;
  post([this, id, leaves] {
    if (leaves) {
      stopped_ = false;
      if (link_) link_->leave();
      link_.reset();
      const std::lock_guard lock(mutex_);
      newest_.reset();
      news_ = false;
    } else if (link_) {
      link_->choose(id);
    }
  });
}

void ServerClient::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto ready = [this] { return ending_ || !commands_.empty(); };
    const std::optional<Link::Clock::time_point> due = link_ ? link_->due() : std::nullopt;
    if (due) changed_.wait_until(lock, *due, ready);
    else changed_.wait(lock, ready);
    if (commands_.empty() && ending_) return;
    std::function<void()> command;
    if (!commands_.empty()) {
      command = std::move(commands_.front());
      commands_.pop_front();
    }
    lock.unlock();
    if (command) command();
    else if (link_ && link_->due() && *link_->due() <= Link::Clock::now()) link_->go_on();
    lock.lock();
  }
}

void ServerClient::show(const ui::Transcript& seen, bool settled) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    newest_ = seen;
    news_ = true;
    settled_ = settled;
  }
  changed_.notify_all();
  if (wake_) wake_();
}

std::optional<ui::Transcript> ServerClient::take() {
  const std::lock_guard lock(mutex_);
  news_ = false;
  return std::exchange(newest_, std::nullopt);
}

void ServerClient::wait(std::chrono::seconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return settled_; });
}

}  // namespace sqlenv::desktop
