// Counters for GET /metrics.
//
// Each worker has a WorkerMetrics of its own, written by the thread that uses the worker at that
// moment and read by any: relaxed atomics and no locks, so that counting costs a step next to
// nothing. Metrics holds them all, those of destroyed workers included, and adds them up.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace sqlenv {

// One thread adds at a time; any may read.
class Counter {
 public:
  void add(std::uint64_t amount = 1) { count_.store(value() + amount, std::memory_order_relaxed); }
  std::uint64_t value() const { return count_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> count_ = 0;
};

// Why a session ended.
enum class SessionEnd { kLeft, kIdle, kLifetime, kError, kShutdown, kCount };
std::string_view end_name(SessionEnd end);

struct WorkerMetrics {
  // Upper bounds of the buckets, in microseconds; a last one holds the rest.
  static constexpr std::array<std::int64_t, 15> kBounds = {
      10,    25,     50,     100,     250,     500,       1'000,    2'500,
      5'000, 10'000, 50'000, 100'000, 500'000, 1'000'000, 5'000'000};
  static constexpr std::size_t kErrorCodes = static_cast<std::size_t>(ErrorCode::kInternal) + 1;
  static constexpr std::array<std::string_view, 8> kRequestErrors = {
      "INVALID_JSON",     "UNKNOWN_TYPE",  "VALIDATION_ERROR", "EXECUTION_ERROR",
      "CAPACITY_REACHED", "FACTORY_ERROR", "SESSION_ERROR",    "JSON_RPC"};

  void count_step(std::chrono::nanoseconds time, const std::optional<Error>& error);
  // A code of the protocol, or JSON_RPC.
  void count_request_error(std::string_view code);
  void count_http(int status);

  Counter resets;
  Counter steps;
  Counter step_nanoseconds;
  std::array<Counter, kBounds.size() + 1> step_times;
  std::array<Counter, kErrorCodes> step_errors;
  std::array<Counter, kRequestErrors.size()> request_errors;
  std::array<Counter, 6> http_responses;  // by the first digit of the status
  Counter sessions_opened;
  std::array<Counter, static_cast<std::size_t>(SessionEnd::kCount)> sessions_closed;
};

// Values that are read at the moment of the request.
struct Gauges {
  int sessions = 0;
  int max_sessions = 0;
  std::size_t mcp_sessions = 0;
  std::size_t kept_episodes = 0;
  std::size_t max_kept_episodes = 0;
  int threads = 0;
  std::uint64_t log_dropped = 0;
};

class Metrics {
 public:
  std::shared_ptr<WorkerMetrics> new_worker();

  // Prometheus' text format, version 0.0.4.
  std::string text(const Gauges& gauges) const;

 private:
  mutable std::mutex mutex_;  // of the list
  std::vector<std::shared_ptr<WorkerMetrics>> workers_;
};

}  // namespace sqlenv
