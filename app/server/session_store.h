// SessionStore: the sessions that belong to no connection, so that any thread may use one.
//
// It holds two kinds. Shared sessions are begun by MCP clients over HTTP, and a WebSocket may be
// attached to one. Each takes one of the server's places until it is closed, or until it is idle or
// too old while no WebSocket is attached. Episodes are kept for HTTP clients under a name of the
// client's choice, so that POST /step can go on with what POST /reset began. They take no place:
// when the store is full, the least recently used episode makes room, and one that is idle is gone.
//
// Both are spread by their id over a fixed number of shards with a Worker each. A shard has two
// mutexes, which no thread holds together: one for its tables, held for a look-up, and one for its
// worker, held while a session plays. So sessions of one shard wait for each other's short steps;
// long ones are played elsewhere (detour.h). A session that is ended while it plays is destroyed
// after that.
#pragma once

#include <atomic>
#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/server/session.h"

namespace sqlenv {

class SessionCounter;

class SessionStore {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Attached { kYes, kUnknown, kTaken };
  enum class Closed { kYes, kWhenDetached, kUnknown };
  struct Limits {
    int max_episodes = 1024;  // at least 1
    std::chrono::milliseconds idle{30 * 60 * 1000};
    std::chrono::milliseconds lifetime{0};  // of a shared session; zero: no limit
  };

  // The workers, at least one, are used by this object alone; `places` outlives it.
  SessionStore(std::vector<std::unique_ptr<Worker>> workers, SessionCounter& places, Limits limits);

  // Begins a shared session and returns its id, which cannot be guessed. None if all places are
  // taken.
  std::optional<std::string> create(Clock::time_point now = Clock::now());
  Closed close(const std::string& id);

  // At most one WebSocket at a time is attached to a session.
  Attached attach(const std::string& id);
  void detach(const std::string& id, Clock::time_point now = Clock::now());

  // Calls use(Session&) while no other session of its shard plays. False if there is no such shared
  // session. `use` must not play another session of the store.
  template <class Use>
  bool with(const std::string& id, Use use, Clock::time_point now = Clock::now()) {
    return play(&Shard::sessions, id, use, now);
  }

  // Starts an episode and keeps it under `name`, in place of any other of that name. On an error
  // nothing changes.
  Result<StepResult> reset(const std::string& name, const ResetRequest& request,
                           Clock::time_point now = Clock::now());

  // None if no episode of that name is kept.
  std::optional<StepResult> step(const std::string& name, const Action& action,
                                 std::optional<std::chrono::milliseconds> limit,
                                 Clock::time_point now = Clock::now());
  std::optional<int> step_count(const std::string& name, Clock::time_point now = Clock::now());

  // Ends what has been idle for too long, and the shared sessions that are too old.
  void reap(Clock::time_point now);

  // Ends all shared sessions: the server has stopped.
  void shut_down();

  // Lets long steps and resets ask for detours (detour.h). REQUIRES: nothing plays yet.
  void take_detours() {
    for (const std::unique_ptr<Shard>& shard : shards_) shard->worker->take_detours();
  }

  std::size_t session_count() const;
  std::size_t episode_count() const { return episodes_.load(std::memory_order_relaxed); }

 private:
  struct Entry {
    Entry(Worker& worker, std::string entry_id, Clock::time_point now)
        : id(std::move(entry_id)), session(worker), begun(now), last_used(now) {}

    const std::string id;
    Session session;  // guarded by Shard::playing, the other members by Shard::mutex
    const Clock::time_point begun;
    Clock::time_point last_used;
    bool attached = false;
    bool closing = false;
  };

  // Entries by id, the most recently used first.
  struct Table {
    using Order = std::list<std::shared_ptr<Entry>>;

    std::shared_ptr<Entry> find(const std::string& id) const;
    void touch(Entry& entry, Clock::time_point now);
    void put(std::shared_ptr<Entry> entry);
    Order::iterator erase(Order::iterator entry);

    Order order;
    std::unordered_map<std::string_view, Order::iterator> by_id;  // keys lie in the entries
  };

  struct Shard {
    mutable std::mutex mutex;  // of the tables and the counts of sessions
    Table sessions;
    Table episodes;
    std::mutex playing;  // of the worker and what plays on it
    std::unique_ptr<Worker> worker;
  };

  Shard& shard_of(const std::string& id);
  std::shared_ptr<Entry> use(Shard& shard, Table Shard::*table, const std::string& id,
                             Clock::time_point now);
  Table::Order::iterator end_session(Shard& shard, Table::Order::iterator entry, SessionEnd why);
  void keep(Shard& shard, std::shared_ptr<Entry> episode, Clock::time_point now);
  void drop_idle_episodes(Shard& shard, Clock::time_point now);
  void drop_least_recent_episode(Shard& shard);
  void make_room();

  template <class Use>
  bool play(Table Shard::*table, const std::string& id, Use use_session, Clock::time_point now) {
    Shard& shard = shard_of(id);
    const std::shared_ptr<Entry> entry = use(shard, table, id, now);
    if (entry == nullptr) return false;
    const std::lock_guard lock(shard.playing);
    use_session(entry->session);
    return true;
  }

  std::vector<std::unique_ptr<Shard>> shards_;
  std::atomic<std::size_t> episodes_ = 0;
  std::mutex making_room_;  // taken before a shard's
  SessionCounter& places_;
  const Limits limits_;
};

}  // namespace sqlenv
