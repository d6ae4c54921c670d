#include "app/server/detour.h"

#include <new>
#include <utility>

#include "core/base/check.h"

namespace sqlenv {
namespace {

thread_local Detour* t_finished = nullptr;

}  // namespace

void Detour::run(Environment& environment) {
  const Clock::time_point begun = Clock::now();
  Result<Episode> played = is_reset() ? environment.reset(options_) : environment.adopt(*episode_);
  if (!played) {
    error_ = played.error();
  } else {
    if (!is_reset()) result_ = played->step(*action_);
    episode_ = std::move(*played);
  }
  taken_ = Clock::now() - begun;
  ended_ = true;
}

const std::optional<Error>& Detour::error() const {
  if (!ended_) throw std::bad_alloc();
  return error_;
}

FinishedDetour::FinishedDetour(Detour* detour) { t_finished = detour; }
FinishedDetour::~FinishedDetour() { t_finished = nullptr; }
Detour* FinishedDetour::current() { return t_finished; }

void DetourPool::run(std::shared_ptr<Detour> detour, std::function<void()> then) {
  const std::lock_guard lock(mutex_);
  SQLENV_CHECK(!ended_);
  jobs_.push_back({std::move(detour), std::move(then)});
  if (idle_ < jobs_.size() && threads_.size() < kThreads) threads_.emplace_back([this] { work(); });
  changed_.notify_one();
}

std::optional<DetourPool::Job> DetourPool::next() {
  std::unique_lock lock(mutex_);
  ++idle_;
  changed_.wait(lock, [this] { return ended_ || !jobs_.empty(); });
  --idle_;
  if (ended_) return std::nullopt;
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void DetourPool::work() {
  Environment environment(catalog_);
  environment.keep_tables(false);
  Detour::Clock::time_point deadline;
  environment.query_limits().deadline_passed = [this, &deadline] {
    return stopping_.load(std::memory_order_relaxed) || Detour::Clock::now() >= deadline;
  };
  while (std::optional<Job> job = next()) {
    deadline = Detour::Clock::now() + job->detour->limit();
    try {
      job->detour->run(environment);
    } catch (const std::exception&) {
      // Memory ran out: whoever looks at the result is told so.
    }
    job->then();
  }
}

void DetourPool::shut_down() {
  std::deque<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    dropped.swap(jobs_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
}

}  // namespace sqlenv
