// SessionCounter: the number of sessions and its limit. Any thread, without a lock.
#pragma once

#include <atomic>

namespace sqlenv {

class SessionCounter {
 public:
  explicit SessionCounter(int limit) : limit_(limit) {}

  int active() const { return active_.load(std::memory_order_relaxed); }
  int limit() const { return limit_; }
  bool full() const { return active() >= limit_; }

  // Counts a session. False if the limit is reached; then nothing is counted.
  bool enter() {
    if (active_.fetch_add(1, std::memory_order_relaxed) < limit_) return true;
    leave();
    return false;
  }
  void leave() { active_.fetch_sub(1, std::memory_order_relaxed); }

 private:
  const int limit_;
  std::atomic<int> active_ = 0;
};

}  // namespace sqlenv
