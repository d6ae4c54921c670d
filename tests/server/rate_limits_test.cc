#include "app/server/rate_limits.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

TEST(RateLimits, CountsConnections) {
  RateLimits peers({.connections = 2});
  EXPECT_EQ(peers.enter("a"), RateLimits::Entry::kYes);
  EXPECT_EQ(peers.enter("a"), RateLimits::Entry::kYes);
  for (int i = 0; i < RateLimits::kToldOver; ++i)
    EXPECT_EQ(peers.enter("a"), RateLimits::Entry::kRefused);
  EXPECT_EQ(peers.enter("a"), RateLimits::Entry::kCut);
  EXPECT_EQ(peers.enter("b"), RateLimits::Entry::kYes);
  for (int i = 0; i < RateLimits::kToldOver + 1; ++i) peers.leave("a");
  EXPECT_EQ(peers.enter("a"), RateLimits::Entry::kYes);
  peers.leave("a");
  peers.leave("a");
  peers.leave("b");
  EXPECT_EQ(peers.size(), 0);
}

TEST(RateLimits, PlacesAreGivenBackOnce) {
  RateLimits peers({.connections = 1});
  {
    ASSERT_EQ(peers.enter("a"), RateLimits::Entry::kYes);
    PeerPlace place(peers, "a");
    const PeerPlace moved(std::move(place));
    EXPECT_EQ(peers.enter("a"), RateLimits::Entry::kRefused);
    peers.leave("a");
  }
  EXPECT_EQ(peers.size(), 0);
}

TEST(RateLimits, CountsRequests) {
  RateLimits peers({.requests_per_second = 10});
  const RateLimits::Clock::time_point begin{1h};
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(peers.may_ask("a", begin)) << i;
  EXPECT_FALSE(peers.may_ask("a", begin));
  EXPECT_TRUE(peers.may_ask("b", begin));
  EXPECT_FALSE(peers.may_ask("a", begin + 99ms));
  EXPECT_TRUE(peers.may_ask("a", begin + 100ms));
  EXPECT_FALSE(peers.may_ask("a", begin + 100ms));
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(peers.may_ask("a", begin + 5s)) << i;
  EXPECT_FALSE(peers.may_ask("a", begin + 5s));  // rest is not saved up
}

TEST(RateLimits, ForgetsThoseThatLeft) {
  RateLimits peers({.requests_per_second = 1});
  const RateLimits::Clock::time_point now{1h};
  peers.enter("here");
  peers.may_ask("gone", now);
  peers.reap(now);
  EXPECT_EQ(peers.size(), 2);
  peers.reap(now + 1s);
  EXPECT_EQ(peers.size(), 1);
}

TEST(RateLimits, AnIpv6NetworkIsOne) {
  const std::string network = "\x20\x01\x0d\xb8" + std::string(4, '\1');
  EXPECT_EQ(peer_of_address(network + std::string(8, '\2')),
            peer_of_address(network + std::string(8, '\3')));
  const std::string mapped = std::string(10, '\0').append("\xff\xff\x7f\1\1\1");
  EXPECT_EQ(peer_of_address(mapped), peer_of_address("\x7f\1\1\1"));
  EXPECT_NE(peer_of_address("\x7f\1\1\1"), peer_of_address("\x7f\1\1\2"));
}

}  // namespace
}  // namespace sqlenv
