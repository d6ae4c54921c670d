// RateLimits: limits on the connections and the HTTP requests of one peer.
//
// A peer is an IPv4 address or an IPv6 network of 64 bits, whose owner has all its addresses.
// Messages of a WebSocket are not counted. Holds the peers that are connected or sent a request
// within the last second. May be called from any thread: one mutex, held for a look-up.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace sqlenv {

class RateLimits {
 public:
  using Clock = std::chrono::steady_clock;
  struct Limits {
    // Zero: no limit.
    int connections = 0;
    int requests_per_second = 0;
  };

  // kRefused: over the limit by at most kExplainedRefusals, and answered with the reason. kCut: to
  // be closed without an answer.
  enum class Admission { kYes, kRefused, kCut };
  static constexpr int kExplainedRefusals = 16;

  explicit RateLimits(Limits limits) : limits_(limits) {}

  bool limited() const { return limits_.connections > 0 || limits_.requests_per_second > 0; }

  // Counts a connection unless it is cut. Each kYes and kRefused needs one leave().
  Admission enter(const std::string& peer);
  void leave(const std::string& peer);

  // Counts a request unless it is refused. A peer that sent none for a second may send a second's
  // worth at once.
  bool allow_request(const std::string& peer, Clock::time_point now = Clock::now());

  // Forgets the peers without connections and without requests in the last second.
  void reap(Clock::time_point now);
  std::size_t size() const;

 private:
  struct Peer {
    int connections = 0;
    // When the requests so far would have been sent at the allowed rate, each costing 1 s / limit.
    Clock::time_point paid;
  };

  const Limits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Peer> peers_;
};

// One connection, counted among those of its peer until it is destroyed.
class CountedConnection {
 public:
  CountedConnection() = default;  // of a peer without limits
  CountedConnection(RateLimits& limits, std::string peer)
      : limits_(&limits), peer_(std::move(peer)) {}
  CountedConnection(CountedConnection&& other) noexcept
      : limits_(std::exchange(other.limits_, nullptr)), peer_(std::move(other.peer_)) {}
  CountedConnection& operator=(CountedConnection&&) = delete;
  ~CountedConnection() {
    if (limits_ != nullptr) limits_->leave(peer_);
  }

  bool allow_request() const { return limits_ == nullptr || limits_->allow_request(peer_); }

 private:
  RateLimits* limits_ = nullptr;
  std::string peer_;
};

// The peer of an IP address, which is 4 or 16 bytes.
std::string peer_of_address(std::string_view bytes);

}  // namespace sqlenv
