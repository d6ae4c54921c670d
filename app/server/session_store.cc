#include "app/server/session_store.h"

#include <functional>
#include <iterator>
#include <utility>

#include "app/server/session_counter.h"
#include "core/base/check.h"

namespace sqlenv {

std::shared_ptr<SessionStore::Entry> SessionStore::Table::find(const std::string& id) const {
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : *found->second;
}

void SessionStore::Table::touch(Entry& entry, Clock::time_point now) {
  entry.last_used = now;
  order.splice(order.begin(), order, by_id.find(entry.id)->second);
}

void SessionStore::Table::put(std::shared_ptr<Entry> entry) {
  order.push_front(std::move(entry));
  by_id.emplace(order.front()->id, order.begin());
}

SessionStore::Table::Order::iterator SessionStore::Table::erase(Order::iterator entry) {
  by_id.erase((*entry)->id);
  return order.erase(entry);
}

SessionStore::SessionStore(std::vector<std::unique_ptr<Worker>> workers, SessionCounter& places,
                           Limits limits)
    : places_(places), limits_(limits) {
  SQLENV_CHECK(!workers.empty());
  for (std::unique_ptr<Worker>& worker : workers) {
    shards_.push_back(std::make_unique<Shard>());
    shards_.back()->worker = std::move(worker);
  }
}

SessionStore::Shard& SessionStore::shard_of(const std::string& id) {
  return *shards_[std::hash<std::string>()(id) % shards_.size()];
}

std::shared_ptr<SessionStore::Entry> SessionStore::use(Shard& shard, Table Shard::*table,
                                                       const std::string& id,
                                                       Clock::time_point now) {
  const std::lock_guard lock(shard.mutex);
  drop_idle_episodes(shard, now);
  std::shared_ptr<Entry> entry = (shard.*table).find(id);
  if (entry != nullptr) (shard.*table).touch(*entry, now);
  return entry;
}

std::optional<std::string> SessionStore::create(Clock::time_point now) {
  std::string id = uuid(entropy(), entropy());
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  if (!places_.enter()) return std::nullopt;
  shard.worker->metrics().sessions_opened.add();
  shard.sessions.put(std::make_shared<Entry>(*shard.worker, id, now));
  return id;
}

SessionStore::Table::Order::iterator SessionStore::end_session(Shard& shard,
                                                               Table::Order::iterator entry,
                                                               SessionEnd why) {
  places_.leave();
  shard.worker->metrics().sessions_closed[static_cast<std::size_t>(why)].add();
  return shard.sessions.erase(entry);
}

SessionStore::Closed SessionStore::close(const std::string& id) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.sessions.by_id.find(id);
  if (found == shard.sessions.by_id.end()) return Closed::kUnknown;
  Entry& entry = **found->second;
  if (entry.attached) {
    entry.closing = true;
    return Closed::kWhenDetached;
  }
  end_session(shard, found->second, SessionEnd::kLeft);
  return Closed::kYes;
}

SessionStore::Attached SessionStore::attach(const std::string& id) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const std::shared_ptr<Entry> entry = shard.sessions.find(id);
  if (entry == nullptr) return Attached::kUnknown;
  return std::exchange(entry->attached, true) ? Attached::kTaken : Attached::kYes;
}

void SessionStore::detach(const std::string& id, Clock::time_point now) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.sessions.by_id.find(id);
  if (found == shard.sessions.by_id.end()) return;
  Entry& entry = **found->second;
  entry.attached = false;
  shard.sessions.touch(entry, now);
  if (entry.closing) end_session(shard, found->second, SessionEnd::kLeft);
}

Result<StepResult> SessionStore::reset(const std::string& name, const ResetRequest& request,
                                       Clock::time_point now) {
  Shard& shard = shard_of(name);
  std::shared_ptr<Entry> episode;
  {
    const std::lock_guard lock(shard.mutex);
    drop_idle_episodes(shard, now);
    episode = shard.episodes.find(name);
  }
  if (episode == nullptr) episode = std::make_shared<Entry>(*shard.worker, name, now);
  std::unique_lock playing(shard.playing);
  if (Result<void> begun = episode->session.begin(request); !begun) return fail(begun.error());
  StepResult first = episode->session.episode()->first();
  playing.unlock();
  keep(shard, std::move(episode), now);
  return first;
}

void SessionStore::keep(Shard& shard, std::shared_ptr<Entry> episode, Clock::time_point now) {
  {
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.episodes.by_id.find(episode->id);
    if (found == shard.episodes.by_id.end()) {
      shard.episodes.put(episode);
      ++episodes_;
    } else if (*found->second != episode) {  // begun by another thread meanwhile
      shard.episodes.erase(found->second);
      shard.episodes.put(episode);
    }
    shard.episodes.touch(*episode, now);
  }
  make_room();
}

std::optional<StepResult> SessionStore::step(const std::string& name, const Action& action,
                                             std::optional<std::chrono::milliseconds> limit,
                                             Clock::time_point now) {
  std::optional<StepResult> result;
  const auto step = [&](Session& session) { result = session.play(action, limit); };
  play(&Shard::episodes, name, step, now);
  return result;
}

std::optional<int> SessionStore::step_count(const std::string& name, Clock::time_point now) {
  std::optional<int> count;
  const auto read = [&](Session& session) { count = session.episode()->step_count(); };
  play(&Shard::episodes, name, read, now);
  return count;
}

void SessionStore::drop_least_recent_episode(Shard& shard) {
  shard.episodes.erase(std::prev(shard.episodes.order.end()));
  --episodes_;
}

void SessionStore::drop_idle_episodes(Shard& shard, Clock::time_point now) {
  const Table::Order& order = shard.episodes.order;
  while (!order.empty() && now - order.back()->last_used > limits_.idle)
    drop_least_recent_episode(shard);
}

void SessionStore::make_room() {
  const std::lock_guard lock(making_room_);
  while (std::cmp_greater(episodes_.load(), limits_.max_episodes)) {
    Shard* victim = nullptr;
    Clock::time_point least_recent = Clock::time_point::max();
    for (const std::unique_ptr<Shard>& shard : shards_) {
      const std::lock_guard shard_lock(shard->mutex);
      const Table::Order& order = shard->episodes.order;
      if (order.empty() || order.back()->last_used >= least_recent) continue;
      least_recent = order.back()->last_used;
      victim = shard.get();
    }
    if (victim == nullptr) return;
    const std::lock_guard shard_lock(victim->mutex);
    if (!victim->episodes.order.empty()) drop_least_recent_episode(*victim);
  }
}

void SessionStore::reap(Clock::time_point now) {
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    drop_idle_episodes(*shard, now);
    Table::Order& order = shard->sessions.order;
    for (auto entry = order.begin(); entry != order.end();) {
      const Entry& session = **entry;
      const bool idle = now - session.last_used > limits_.idle;
      const bool old = limits_.lifetime.count() > 0 && now - session.begun > limits_.lifetime;
      if (session.attached || (!idle && !old)) ++entry;
      else entry = end_session(*shard, entry, idle ? SessionEnd::kIdle : SessionEnd::kLifetime);
    }
  }
}

void SessionStore::shut_down() {
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    Table::Order& order = shard->sessions.order;
    for (auto entry = order.begin(); entry != order.end();)
      entry = end_session(*shard, entry, SessionEnd::kShutdown);
  }
}

std::size_t SessionStore::session_count() const {
  std::size_t count = 0;
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    count += shard->sessions.order.size();
  }
  return count;
}

}  // namespace sqlenv
