#include "app/desktop/database_opener.h"

#include <utility>

#include "app/input_file.h"
#include "core/task/own_pack.h"

namespace sqlenv::desktop {
namespace {

std::string sentence(const std::string& name, const std::string& why) {
  // What is wrong with a file is said without its name, or beginning with it.
  return why.rfind(name, 0) == 0 ? why : name + ": " + why;
}

}  // namespace

DatabaseOpener::DatabaseOpener(std::function<void()> wake)
    : wake_(std::move(wake)), thread_([this] { run(); }) {}

DatabaseOpener::~DatabaseOpener() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    waiting_.clear();
  }
  stopped_ = true;
  changed_.notify_all();
  thread_.join();
}

void DatabaseOpener::open(const std::string& path) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty() && !busy_) state_.refusal.clear();
    waiting_.push_back(path);
  }
  changed_.notify_all();
}

void DatabaseOpener::stop() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  if (busy_) stopped_ = true;
}

void DatabaseOpener::dismiss_refusal() {
  const std::lock_guard lock(mutex_);
  state_.refusal.clear();
}

DatabaseOpener::State DatabaseOpener::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

std::vector<Pack> DatabaseOpener::take() {
  const std::lock_guard lock(mutex_);
  news_ = false;
  return std::exchange(ready_, {});
}

void DatabaseOpener::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.empty() && !busy_; });
}

void DatabaseOpener::tell() {
  news_ = true;
  if (wake_) wake_();
}

void DatabaseOpener::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    const std::string path = std::move(waiting_.front());
    waiting_.pop_front();
    busy_ = true;
    stopped_ = false;
    state_.file = shown_name(path);
    state_.questions = state_.of = 0;
    lock.unlock();
    tell();
    open_next(path);
    lock.lock();
    busy_ = false;
    state_.file.clear();
    lock.unlock();
    tell();
    changed_.notify_all();
    lock.lock();
  }
}

void DatabaseOpener::open_next(const std::string& path) {
  const std::string name = shown_name(path);
  const std::string unreadable = why_unreadable(path, "");
  Result<NamedBytes> file = fail(ErrorCode::kNotFound, unreadable + ".");
  if (unreadable.empty())
    file = read_database_file(path, kMaxDatabaseBytes, [this] { return stopped_.load(); });
  Result<Pack> pack = file ? own_pack(std::move(*file),
                                      [this](OwnPackStage stage) {
                                        const std::lock_guard lock(mutex_);
                                        if (stage.questions > state_.questions) {
                                          state_.questions = stage.questions;
                                          state_.of = stage.of;
                                          tell();
                                        }
                                        return stopped_.load();
                                      })
                           : fail(file.error());
  const std::lock_guard lock(mutex_);
  if (pack) ready_.push_back(std::move(*pack));
  else if (!stopped_) state_.refusal = sentence(name, pack.error().message);
}

}  // namespace sqlenv::desktop
