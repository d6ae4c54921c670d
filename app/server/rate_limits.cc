#include "app/server/rate_limits.h"

#include <algorithm>

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

// ::ffff:0:0/96, IPv4 written as IPv6.
constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);

}  // namespace

std::string peer_of_address(std::string_view bytes) {
  if (bytes.starts_with(kMapped)) bytes.remove_prefix(kMapped.size());
  return std::string(bytes.substr(0, bytes.size() == 4 ? 4 : 8));
}

RateLimits::Admission RateLimits::enter(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  int& connections = peers_[peer].connections;
  const bool over = limits_.connections > 0 && connections >= limits_.connections;
  if (over && connections >= limits_.connections + kExplainedRefusals) return Admission::kCut;
  ++connections;
  return over ? Admission::kRefused : Admission::kYes;
}

void RateLimits::leave(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = peers_.find(peer);
  if (found == peers_.end()) return;
  --found->second.connections;
  if (found->second.connections == 0 && limits_.requests_per_second == 0) peers_.erase(found);
}

bool RateLimits::allow_request(const std::string& peer, Clock::time_point now) {
  if (limits_.requests_per_second <= 0) return true;
  const std::lock_guard lock(mutex_);
  Peer& entry = peers_[peer];
  const Clock::duration cost = Clock::duration(1s) / limits_.requests_per_second;
  const Clock::time_point paid = std::max(entry.paid, now) + cost;
  if (paid > now + 1s) return false;
  entry.paid = paid;
  return true;
}

void RateLimits::reap(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(peers_, [now](const auto& peer) {
    return peer.second.connections == 0 && peer.second.paid <= now;
  });
}

std::size_t RateLimits::size() const {
  const std::lock_guard lock(mutex_);
  return peers_.size();
}

}  // namespace sqlenv
