#include "app/server/rate_limits.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

TEST(RateLimits, CountsConnections) {
  RateLimits limits({.connections = 2});
  EXPECT_EQ(limits.enter("a"), RateLimits::Admission::kYes);
  EXPECT_EQ(limits.enter("a"), RateLimits::Admission::kYes);
  for (int i = 0; i < RateLimits::kExplainedRefusals; ++i)
    EXPECT_EQ(limits.enter("a"), RateLimits::Admission::kRefused);
  EXPECT_EQ(limits.enter("a"), RateLimits::Admission::kCut);
  EXPECT_EQ(limits.enter("b"), RateLimits::Admission::kYes);
  for (int i = 0; i < RateLimits::kExplainedRefusals + 1; ++i) limits.leave("a");
  EXPECT_EQ(limits.enter("a"), RateLimits::Admission::kYes);
  limits.leave("a");
  limits.leave("a");
  limits.leave("b");
  EXPECT_EQ(limits.size(), 0);
}

TEST(RateLimits, AConnectionIsGivenBackOnce) {
  RateLimits limits({.connections = 1});
  {
    ASSERT_EQ(limits.enter("a"), RateLimits::Admission::kYes);
    CountedConnection counted(limits, "a");
    const CountedConnection moved(std::move(counted));
    EXPECT_EQ(limits.enter("a"), RateLimits::Admission::kRefused);
    limits.leave("a");
  }
  EXPECT_EQ(limits.size(), 0);
}

TEST(RateLimits, CountsRequests) {
  RateLimits limits({.requests_per_second = 10});
  const RateLimits::Clock::time_point begin{1h};
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(limits.allow_request("a", begin)) << i;
  EXPECT_FALSE(limits.allow_request("a", begin));
  EXPECT_TRUE(limits.allow_request("b", begin));
  EXPECT_FALSE(limits.allow_request("a", begin + 99ms));
  EXPECT_TRUE(limits.allow_request("a", begin + 100ms));
  EXPECT_FALSE(limits.allow_request("a", begin + 100ms));
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(limits.allow_request("a", begin + 5s)) << i;
  EXPECT_FALSE(limits.allow_request("a", begin + 5s));  // unused requests are not saved up
}

TEST(RateLimits, ForgetsThoseThatLeft) {
  RateLimits limits({.requests_per_second = 1});
  const RateLimits::Clock::time_point now{1h};
  limits.enter("here");
  limits.allow_request("gone", now);
  limits.reap(now);
  EXPECT_EQ(limits.size(), 2);
  limits.reap(now + 1s);
  EXPECT_EQ(limits.size(), 1);
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
