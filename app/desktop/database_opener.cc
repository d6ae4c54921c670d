#include "app/desktop/database_opener.h"

#include <utility>

#include "app/desktop/trajectory_file.h"
#include "app/input_file.h"
#include "core/task/user_pack.h"

namespace sqlenv::desktop {
namespace {

std::string sentence(const std::string& name, const std::string& why) {
  // Some messages begin with the name of the file already.
  return why.starts_with(name) ? why : name + ": " + why;
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

void DatabaseOpener::open(const std::string& path) { queue({path, nullptr}); }

void DatabaseOpener::open_evaluation(const std::string& path,
                                     std::shared_ptr<const Catalog> catalog) {
  queue({path, std::move(catalog)});
}

void DatabaseOpener::queue(Request request) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty() && !busy_) state_ = {.file = shown_name(request.path)};
    waiting_.push_back(std::move(request));
  }
  changed_.notify_all();
}

void DatabaseOpener::stop() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  if (busy_) stopped_ = true;
  else state_.file.clear();
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

std::optional<DatabaseOpener::Evaluation> DatabaseOpener::take_evaluation() {
  const std::lock_guard lock(mutex_);
  return std::exchange(evaluation_, std::nullopt);
}

void DatabaseOpener::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.empty() && !busy_; });
}

void DatabaseOpener::notify() {
  news_ = true;
  if (wake_) wake_();
}

void DatabaseOpener::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    const Request request = std::move(waiting_.front());
    waiting_.pop_front();
    busy_ = true;
    stopped_ = false;
    state_.file = shown_name(request.path);
    state_.questions = state_.of = 0;
    state_.read = state_.bytes = 0;
    lock.unlock();
    notify();
    open_next(request);
    lock.lock();
    busy_ = false;
    if (waiting_.empty()) state_.file.clear();
    lock.unlock();
    notify();
    changed_.notify_all();
    lock.lock();
  }
}

void DatabaseOpener::open_next(const Request& request) {
  if (request.catalog != nullptr) read_evaluation(request);
  else open_database(request.path);
}

void DatabaseOpener::read_evaluation(const Request& request) {
  Result<std::unique_ptr<ui::EvaluationTable>> table = sqlenv::desktop::read_evaluation(
      request.path, *request.catalog, [this](std::uint64_t read, std::uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        state_.read = read;
        state_.bytes = bytes;
        notify();
        return stopped_.load();
      });
  const std::lock_guard lock(mutex_);
  if (table) evaluation_ = Evaluation{request.path, std::move(*table)};
  else state_.refusal = sentence(shown_name(request.path), table.error().message);
}

void DatabaseOpener::open_database(const std::string& path) {
  const std::string name = shown_name(path);
  const std::string unreadable = why_unreadable(path, "");
  Result<NamedBytes> file = fail(ErrorCode::kNotFound, unreadable + ".");
  if (unreadable.empty())
    file = read_database_file(path, kMaxDatabaseBytes, [this] { return stopped_.load(); });
  Result<Pack> pack = file ? user_pack(std::move(*file),
                                       [this](UserPackStage stage) {
                                         const std::lock_guard lock(mutex_);
                                         if (stage.questions > state_.questions) {
                                           state_.questions = stage.questions;
                                           state_.of = stage.of;
                                           notify();
                                         }
                                         return stopped_.load();
                                       })
                           : fail(file.error());
  const std::lock_guard lock(mutex_);
  if (pack) ready_.push_back(std::move(*pack));
  else if (!stopped_) state_.refusal = sentence(name, pack.error().message);
}

}  // namespace sqlenv::desktop
