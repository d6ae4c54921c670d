// SharedSessions: the sessions that MCP clients begin over HTTP, and to which a WebSocket may be
// attached. They belong to no connection, so any thread may use one.
//
// A session takes one of the server's places until it is closed, or unused for the idle time while
// no WebSocket is attached. Sessions are spread over a fixed number of shards, each with a mutex
// and a Worker of its own: those of one shard wait for each other. Only this kind of session takes
// a lock; one on a WebSocket of its own belongs to its thread.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/server/session.h"

namespace sqlenv {

class SessionCounter;

class SharedSessions {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Attached { kYes, kUnknown, kTaken };
  enum class Closed { kYes, kWhenDetached, kUnknown };

  // Each worker is used by this object alone; `places` outlives it. `lifetime` zero: no limit.
  SharedSessions(std::vector<std::unique_ptr<Worker>> workers, SessionCounter& places,
                 std::chrono::milliseconds idle, std::chrono::milliseconds lifetime);

  // The new session's id, which cannot be guessed; none if all places are taken.
  std::optional<std::string> create(Clock::time_point now = Clock::now());
  Closed close(const std::string& id);

  // At most one WebSocket at a time.
  Attached attach(const std::string& id);
  void detach(const std::string& id, Clock::time_point now = Clock::now());

  // Calls use(Session&) under the shard's lock; false if there is no such session. `use` may not
  // call this object.
  template <class Use>
  bool with(const std::string& id, Use use, Clock::time_point now = Clock::now()) {
    Shard& shard = shard_of(id);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.sessions.find(id);
    if (found == shard.sessions.end()) return false;
    found->second.last_used = now;
    use(found->second.session);
    return true;
  }

  // Ends the sessions that are idle or too old and without a WebSocket.
  void reap(Clock::time_point now);

  // Ends all of them: the server has stopped.
  void shut_down();
  std::size_t size() const;

 private:
  struct Entry {
    Session session;
    Clock::time_point begun, last_used;
    bool attached = false;
    bool closing = false;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unique_ptr<Worker> worker;
    std::unordered_map<std::string, Entry> sessions;
  };
  using Sessions = std::unordered_map<std::string, Entry>;

  Shard& shard_of(const std::string& id);
  Sessions::iterator end_session(Shard& shard, Sessions::iterator entry, SessionEnd why);

  std::vector<std::unique_ptr<Shard>> shards_;
  SessionCounter& places_;
  const std::chrono::milliseconds idle_, lifetime_;
};

}  // namespace sqlenv
