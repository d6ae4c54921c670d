// The server on real sockets, with requests byte by byte where a client library would hide too
// much.
#include "app/server/server.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/server/peer.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

Server start(ServerOptions options = {}) {
  options.port = 0;
  Result<Server> server = Server::start(options, tiny_catalog());
  if (!server) throw std::runtime_error(server.error().message);
  return std::move(*server);
}

TEST(Server, ConnectionsThatAreCutLeaveNoSession) {
  Server server = start({.threads = 2});
  for (int round = 0; round < 2; ++round) {
    std::vector<Peer> peers;
    for (int i = 0; i < 200; ++i) {
      Peer& peer = peers.emplace_back(server.port());
      ASSERT_TRUE(has(peer.upgrade(), "101 Switching Protocols"));
      if (i % 2 == 0) peer.send_frame(R"({"type":"reset"})");
      if (i % 5 == 0) peer.send("\x81\xfe");  // the beginning of a frame
    }
    EXPECT_TRUE(becomes_true([&] { return server.sessions() == 200; }));
    peers.clear();
    EXPECT_TRUE(becomes_true([&] { return server.sessions() == 0; })) << server.sessions();
  }
}

TEST(Server, RefusesMoreSessionsThanAllowed) {
  Server server = start({.threads = 2, .max_sessions = 2});
  Peer first(server.port()), second(server.port()), third(server.port());
  EXPECT_TRUE(has(first.upgrade(), "101"));
  EXPECT_TRUE(has(second.upgrade(), "101"));
  EXPECT_TRUE(becomes_true([&] { return server.sessions() == 2; }));
  std::string refused = third.upgrade();
  refused += third.receive("\x88\x02\x03\xe8");  // close, 1000
  EXPECT_TRUE(has(refused, R"("code":"CAPACITY_REACHED","active_sessions":2,"max_sessions":2)"))
      << refused;
  EXPECT_TRUE(has(refused, "\x88\x02\x03\xe8"));
  first.cut();
  EXPECT_TRUE(becomes_true([&] { return server.sessions() == 1; }));
  Peer fourth(server.port());
  EXPECT_TRUE(has(fourth.upgrade(), "101"));
  fourth.send_frame(R"({"type":"state"})");
  EXPECT_TRUE(has(fourth.receive("}}"), R"("step_count":0)"));
}

TEST(Server, DropsASilentPeer) {
  Server server = start({.threads = 1, .silent_peer = 1s});
  Peer peer(server.port());
  ASSERT_TRUE(has(peer.upgrade(), "101"));
  EXPECT_TRUE(becomes_true([&] { return server.sessions() == 1; }));
  EXPECT_TRUE(has(peer.receive("\x89"), "\x89"));  // a ping, which this peer does not answer
  EXPECT_TRUE(becomes_true([&] { return server.sessions() == 0; }));
}

TEST(Server, StopsInTimeAndClosesWithAReason) {
  Server server = start({.threads = 2});
  Peer idle(server.port()), playing(server.port()), half(server.port()), silent(server.port());
  ASSERT_TRUE(has(idle.upgrade(), "101"));
  ASSERT_TRUE(has(playing.upgrade(), "101"));
  playing.send_frame(R"({"type":"reset"})");
  ASSERT_TRUE(has(playing.receive("done"), "observation"));
  half.send("POST /reset HTTP/1.1\r\nContent-Le");
  const Clock::time_point begin = Clock::now();
  server.stop();
  EXPECT_TRUE(has(idle.receive("the server stops"), "\x03\xe9the server stops"));  // close, 1001
  EXPECT_TRUE(has(playing.receive("the server stops"), "\x03\xe9the server stops"));
  server.wait();  // returns although no peer answers
  EXPECT_LT(Clock::now() - begin, 2s);
}

TEST(Server, APortInUseIsAnError) {
  Server server = start();
  ServerOptions options;
  options.port = server.port();
  const Result<Server> second = Server::start(options, tiny_catalog());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kBadOption);
  EXPECT_TRUE(has(second.error().message, "in use"));
  options.port = 0;
  options.host = "no-such-host.invalid";
  EXPECT_EQ(Server::start(options, tiny_catalog()).error().code, ErrorCode::kBadOption);
  options.host = "192.0.2.1";  // an address of no machine
  EXPECT_EQ(Server::start(options, tiny_catalog()).error().code, ErrorCode::kBadOption);
}

TEST(Server, ThePortIsFreeAgainAfterStop) {
  ServerOptions options;
  {
    Server server = start();
    options.port = server.port();
    Peer peer(server.port());
    EXPECT_TRUE(has(peer.upgrade(), "101"));
  }
  EXPECT_TRUE(Server::start(options, tiny_catalog()).has_value());
}

TEST(Server, WebSocketsOnlyAtTheirPath) {
  Server server = start();
  for (const char* path : {"/", "/ws/", "/mcp/", "/reset"}) {
    Peer peer(server.port());
    EXPECT_TRUE(has(peer.upgrade(path), "HTTP/1.1 403")) << path;
  }
  for (const char* path : {"/ws?x=y", "/mcp"}) {
    Peer peer(server.port());
    EXPECT_TRUE(has(peer.upgrade(path), "HTTP/1.1 101")) << path;
  }
}

TEST(Server, RefusesBytesThatAreNotHttp) {
  Server server = start({.threads = 1});
  const std::pair<std::string, std::string> cases[] = {
      {"hello\r\n\r\n", "HTTP/1.1 400"},
      {"GET / HTTP/9.9\r\n\r\n", "HTTP/1.1 400"},
      {"POST /reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n",
       "HTTP/1.1 413"},
      {"GET / HTTP/1.1\r\nX: " + std::string(20000, 'x') + "\r\n\r\n", "HTTP/1.1 431"}};
  for (const auto& [bytes, status] : cases) {
    Peer peer(server.port());
    peer.send(bytes);
    EXPECT_TRUE(has(peer.receive("(never)"), status)) << status;
  }
  Peer peer(server.port());
  peer.send(
      "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /state HTTP/1.1\r\nHost: "
      "localhost\r\n\r\n");
  const std::string both = peer.receive("step_count");
  EXPECT_TRUE(has(both, "healthy") && has(both, "step_count")) << both;
}

}  // namespace
}  // namespace sqlenv
