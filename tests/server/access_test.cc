#include "app/server/access.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

constexpr char kToken[] = "0123456789abcdef";

Access access(std::string_view token, std::vector<std::string> origins = {}, bool local = false,
              std::vector<std::string> hosts = {}) {
  return std::move(*Access::make(token, std::move(origins), std::move(hosts), local));
}

TEST(Access, ATokenMustMatchExactly) {
  const Access locked = access(kToken);
  EXPECT_TRUE(locked.needs_token());
  EXPECT_TRUE(locked.accepts("Bearer 0123456789abcdef"));
  EXPECT_TRUE(locked.accepts("bEARER 0123456789abcdef"));
  for (const char* wrong : {"", "Bearer", "Bearer ", "0123456789abcdef", "Bearer 0123456789abcdeF",
                            "Bearer 0123456789abcde", "Bearer 0123456789abcdef0",
                            "Bearer  0123456789abcdef", "Basic 0123456789abcdef"})
    EXPECT_FALSE(locked.accepts(wrong)) << wrong;
  EXPECT_FALSE(Access().needs_token());
  EXPECT_TRUE(Access().accepts(""));
}

TEST(Access, MalformedTokensAndOriginsAreRefused) {
  for (const char* token : {"short", "fifteen-letters", "sixteen letters !", "0123456789abcdef\n"})
    EXPECT_FALSE(Access::make(token, {}, {}, false).has_value()) << token;
  EXPECT_FALSE(Access::make(std::string(2000, 'x'), {}, {}, false).has_value());
  for (const char* origin : {"", "example.org", "https://", "https://a/", "ftp://a", "https://a@b"})
    EXPECT_FALSE(Access::make("", {origin}, {}, false).has_value()) << origin;
}

TEST(Access, ForeignPages) {
  const Access own = access("", {"https://Friend.example:8443"});
  EXPECT_FALSE(own.is_foreign({"", "x"}));
  EXPECT_FALSE(own.is_foreign({"https://x.example", "X.example"}));
  EXPECT_FALSE(own.is_foreign({"https://x.example:443", "x.example"}));
  EXPECT_FALSE(own.is_foreign({"http://x.example:8000", "x.example:8000"}));
  EXPECT_FALSE(own.is_foreign({"https://friend.EXAMPLE:8443", "x.example"}));
  EXPECT_TRUE(own.is_foreign({"https://friend.example", "x.example"}));
  EXPECT_TRUE(own.is_foreign({"https://y.example", "x.example"}));
  EXPECT_TRUE(own.is_foreign({"null", "x.example"}));
  EXPECT_TRUE(own.is_foreign({"null", "null"}));
  EXPECT_TRUE(own.is_foreign({"null", ""}));
  EXPECT_TRUE(own.is_foreign({"https://", ""}));
  EXPECT_FALSE(access("", {"*"}).is_foreign({"null", "x"}));
  EXPECT_FALSE(access("", {"null"}).is_foreign({"null", "x"}));
}

TEST(Access, OnLoopbackAnotherNameIsForeign) {
  const Access local = access("", {}, true);
  for (const char* host : {"localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"})
    EXPECT_FALSE(local.is_foreign({"http://" + std::string(host), host})) << host;
  for (const char* host : {"evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"})
    EXPECT_TRUE(local.is_foreign({"http://" + std::string(host), host})) << host;
}

TEST(Access, OnLoopbackOnlyLocalAndKnownNamesAreAnswered) {
  const Access local =
      access("", {"https://friend.example:8443"}, true, {"Box.Example.", "*.spaces.example"});
  for (const char* host :
       {"", "localhost", "LOCALHOST:8000", "localhost.", "localhost.:8000", "a.localhost:1",
        "127.0.0.1", "10.0.0.7:8000", "[::1]", "[fe80::1]:8000", "box.example", "BOX.example:8000",
        "box.example.:80", "me-x.spaces.example", "a.b.spaces.example:443", "friend.example"})
    EXPECT_TRUE(local.allows_host(host)) << host;
  for (const char* host :
       {"evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
        "xlocalhost", "box.example.evil.example", "xbox.example", "spaces.example",
        "xspaces.example", "me.friend.example", ".", "x:127.0.0.1"})
    EXPECT_FALSE(local.allows_host(host)) << host;
  EXPECT_FALSE(local.is_foreign({"http://box.example:8000", "box.example:8000"}));
  EXPECT_TRUE(local.is_foreign({"http://evil.example:8000", "evil.example:8000"}));
}

TEST(Access, ElsewhereAnyNameIsAnsweredUnlessSomeAreNamed) {
  EXPECT_TRUE(access("").allows_host("any.example"));
  EXPECT_TRUE(Access().allows_host("any.example"));
  EXPECT_FALSE(access("", {}, false, {"box.example"}).allows_host("any.example"));
  EXPECT_TRUE(access("", {}, false, {"box.example"}).allows_host("localhost"));
  EXPECT_TRUE(access("", {}, true, {"*"}).allows_host("any.example"));
  EXPECT_TRUE(access("", {"*"}, true).allows_host("any.example"));
  EXPECT_TRUE(access("", {"https://box.example"}, false).allows_host("any.example"));
}

TEST(Access, MalformedHostsAreRefused) {
  for (const char* host : {"", "https://box.example", "box.example:8000", "box.example/x", "*.",
                           "a*", "*.*", "a b", "b\xc3\xbc.example"})
    EXPECT_FALSE(Access::make("", {}, {host}, true).has_value()) << host;
}

TEST(Access, NamesOnlyAllowedOrigins) {
  const Access some = access("", {"https://friend.example"});
  EXPECT_EQ(some.allowed_origin("https://friend.example"), "https://friend.example");
  EXPECT_EQ(some.allowed_origin("https://x.example"), std::nullopt);
  EXPECT_EQ(some.allowed_origin(""), std::nullopt);
  EXPECT_EQ(access("", {"*"}).allowed_origin("https://x.example"), "*");
  EXPECT_EQ(access("", {"*"}).allowed_origin(""), std::nullopt);
}

}  // namespace
}  // namespace sqlenv
