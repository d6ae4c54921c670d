// Log: one line of JSON an event on standard error.
//
// Records which connections and sessions began and ended, and why; never questions, answers,
// queries, headers or query strings. May be called from any thread. A line is written whole and at
// once; one that cannot be (a full disk, a closed pipe, a reader that does not read) is dropped and
// counted.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "core/wire/log_json.h"

namespace sqlenv {

class Log {
 public:
  explicit Log(bool enabled) : enabled_(enabled) {}

  bool enabled() const { return enabled_; }
  void event(std::string_view name, const LogFields& fields = {}) const;

  std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

 private:
  bool enabled_;
  mutable std::mutex mutex_;  // between looking for room and writing
  mutable std::atomic<std::uint64_t> dropped_ = 0;
};

}  // namespace sqlenv
