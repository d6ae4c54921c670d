// RateLimits: how many connections each address has, and how often it asks, against their limits.
//
// Asked when a connection is accepted or goes, and for each HTTP request, never for a message of a
// WebSocket. An IPv6 network of 64 bits is one peer, since its owner has all its addresses. Holds
// what is connected or asked within the last second, and nothing else. May be called from any
// thread: one mutex, held for a look-up.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace sqlenv {

struct PeerLimits {
  // Zero: no limit.
  int connections = 0;
  int requests_per_second = 0;
};

class RateLimits {
 public:
  using Clock = std::chrono::steady_clock;
  // kRefused: over the limit, but few enough to be told so. It counts, as kYes does.
  enum class Entry { kYes, kRefused, kCut };

  // Of how many connections over the limit the server still says why they are refused.
  static constexpr int kToldOver = 16;

  explicit RateLimits(PeerLimits limits) : limits_(limits) {}

  bool limited() const { return limits_.connections > 0 || limits_.requests_per_second > 0; }

  // For each kYes and kRefused one leave().
  Entry enter(const std::string& peer);
  void leave(const std::string& peer);

  // Whether this peer may ask now. A peer that was still for a second may ask a second's worth at
  // once.
  bool may_ask(const std::string& peer, Clock::time_point now = Clock::now());

  // Forgets the peers that left and whose requests are forgiven.
  void reap(Clock::time_point now);
  std::size_t size() const;

 private:
  struct Peer {
    int connections = 0;
    // The time at which all that was asked will be paid for; a request costs 1 s / limit.
    Clock::time_point paid;
  };

  const PeerLimits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Peer> peers_;
};

// One connection's place among those of its peer, given back at the end.
class PeerPlace {
 public:
  PeerPlace() = default;  // of a peer without limits
  PeerPlace(RateLimits& peers, std::string peer) : peers_(&peers), peer_(std::move(peer)) {}
  PeerPlace(PeerPlace&& other) noexcept
      : peers_(std::exchange(other.peers_, nullptr)), peer_(std::move(other.peer_)) {}
  PeerPlace& operator=(PeerPlace&&) = delete;
  ~PeerPlace() {
    if (peers_ != nullptr) peers_->leave(peer_);
  }

  bool may_ask() const { return peers_ == nullptr || peers_->may_ask(peer_); }

 private:
  RateLimits* peers_ = nullptr;
  std::string peer_;
};

// The peer of an IP address, as 4 or 16 bytes.
std::string peer_of_address(std::string_view bytes);

}  // namespace sqlenv
