// Log: what happened, one line of JSON an event on standard error.
//
// Says who came and went and why; never what was asked, answered or queried, nor any header or
// query string. May be called from any thread; a line is written at once and whole.
// What cannot be written at once (a full disk, a closed pipe, a reader that does not read) is
// dropped and counted.
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
