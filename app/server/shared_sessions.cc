#include "app/server/shared_sessions.h"

#include <functional>

#include "app/server/session_counter.h"
#include "core/base/check.h"

namespace sqlenv {

SharedSessions::SharedSessions(std::vector<std::unique_ptr<Worker>> workers, SessionCounter& places,
                               std::chrono::milliseconds idle, std::chrono::milliseconds lifetime)
    : places_(places), idle_(idle), lifetime_(lifetime) {
  SQLENV_CHECK(!workers.empty());
  for (std::unique_ptr<Worker>& worker : workers) {
    shards_.push_back(std::make_unique<Shard>());
    shards_.back()->worker = std::move(worker);
  }
}

SharedSessions::Shard& SharedSessions::shard_of(const std::string& id) {
  return *shards_[std::hash<std::string>()(id) % shards_.size()];
}

std::optional<std::string> SharedSessions::create(Clock::time_point now) {
  std::string id = uuid(entropy(), entropy());
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  if (!places_.enter()) return std::nullopt;
  shard.worker->metrics().sessions_opened.add();
  shard.sessions.emplace(id, Entry{Session(*shard.worker), now, now});
  return id;
}

SharedSessions::Sessions::iterator SharedSessions::end_session(Shard& shard,
                                                               Sessions::iterator entry,
                                                               SessionEnd why) {
  places_.leave();
  shard.worker->metrics().sessions_closed[static_cast<std::size_t>(why)].add();
  return shard.sessions.erase(entry);
}

SharedSessions::Closed SharedSessions::close(const std::string& id) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.sessions.find(id);
  if (found == shard.sessions.end()) return Closed::kUnknown;
  if (found->second.attached) {
    found->second.closing = true;
    return Closed::kWhenDetached;
  }
  end_session(shard, found, SessionEnd::kLeft);
  return Closed::kYes;
}

SharedSessions::Attached SharedSessions::attach(const std::string& id) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.sessions.find(id);
  if (found == shard.sessions.end()) return Attached::kUnknown;
  if (found->second.attached) return Attached::kTaken;
  found->second.attached = true;
  return Attached::kYes;
}

void SharedSessions::detach(const std::string& id, Clock::time_point now) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.sessions.find(id);
  if (found == shard.sessions.end()) return;
  found->second.attached = false;
  found->second.last_used = now;
  if (found->second.closing) end_session(shard, found, SessionEnd::kLeft);
}

void SharedSessions::reap(Clock::time_point now) {
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    for (auto entry = shard->sessions.begin(); entry != shard->sessions.end();) {
      const Entry& session = entry->second;
      const bool idle = now - session.last_used > idle_;
      const bool old = lifetime_.count() > 0 && now - session.begun > lifetime_;
      if (session.attached || (!idle && !old)) ++entry;
      else entry = end_session(*shard, entry, idle ? SessionEnd::kIdle : SessionEnd::kLifetime);
    }
  }
}

void SharedSessions::shut_down() {
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    for (auto entry = shard->sessions.begin(); entry != shard->sessions.end();)
      entry = end_session(*shard, entry, SessionEnd::kShutdown);
  }
}

std::size_t SharedSessions::size() const {
  std::size_t count = 0;
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard lock(shard->mutex);
    count += shard->sessions.size();
  }
  return count;
}

}  // namespace sqlenv
