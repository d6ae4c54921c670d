#include "app/server/kept_episodes.h"

namespace sqlenv {

void KeptEpisodes::drop_last() {
  by_id_.erase(order_.back().id);
  order_.pop_back();
}

// They are always the end of the list.
void KeptEpisodes::drop_idle(Clock::time_point now) {
  while (!order_.empty() && now - order_.back().last_used > limits_.idle) drop_last();
}

KeptEpisodes::Kept* KeptEpisodes::find(const std::string& id, Clock::time_point now) {
  drop_idle(now);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  order_.front().last_used = now;
  return &order_.front();
}

Result<StepResult> KeptEpisodes::reset(const std::string& id, const ResetRequest& request,
                                       Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Result<Episode> episode = worker_->reset(request);
  if (!episode) return fail(episode.error());
  StepResult first = episode->first();
  if (Kept* kept = find(id, now)) {
    kept->episode = std::move(*episode);
    kept->watched.begin(worker_->board(), first);
    return first;
  }
  if (std::ssize(order_) >= limits_.max_episodes) drop_last();
  order_.push_front({id, std::move(*episode), now, {}});
  order_.front().watched.begin(worker_->board(), first);
  by_id_[id] = order_.begin();
  return first;
}

std::optional<StepResult> KeptEpisodes::step(const std::string& id, const Action& action,
                                             std::optional<std::chrono::milliseconds> limit,
                                             Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Kept* kept = find(id, now);
  if (kept == nullptr) return std::nullopt;
  StepResult result = worker_->step(kept->episode, action, limit);
  kept->watched.step(action, result);
  return result;
}

std::optional<int> KeptEpisodes::step_count(const std::string& id, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const Kept* kept = find(id, now);
  if (kept == nullptr) return std::nullopt;
  return kept->episode.step_count();
}

void KeptEpisodes::reap(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  drop_idle(now);
}

std::size_t KeptEpisodes::size() const {
  const std::lock_guard lock(mutex_);
  return order_.size();
}

}  // namespace sqlenv
