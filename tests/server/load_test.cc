// Everything at once on real sockets: sessions that play, HTTP, sessions of MCP, readers of the
// metrics, peers that are cut in the middle of a message, and a drain. It is mostly for the
// sanitizers; the counters must agree in any build.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "app/server/server.h"
#include "tests/server/peer.h"
#include "tests/server/tiny_pack.h"

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int kRounds = 6;
#else
constexpr int kRounds = 40;
#endif

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

constexpr int kClients = 8;

std::string post(const std::string& target, const std::string& body) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

class LoadTest : public testing::Test {
 protected:
  // Plays a whole episode and adds its steps.
  void play() {
    Peer peer(port());
    if (!has(peer.upgrade(), "101")) return;
    peer.send_frame(R"({"type":"reset","data":{"question_id":"music_train_001"}})");
    if (!has(peer.receive("\"done\""), "singers")) return;
    for (const char* action :
         {R"("DESCRIBE","argument":"singer"}})", R"("SAMPLE","argument":"band"}})",
          R"("QUERY","argument":"SELECT 1"}})", R"("ANSWER","argument":"3"}})"}) {
      peer.send_frame(R"({"type":"step","data":{"action_type":)" + std::string(action));
      if (!has(peer.receive("\"done\""), "observation")) return;
      ++steps_;
    }
  }

  void leave_rudely(int round) {
    Peer peer(port());
    if (round % 3 == 0) return peer.try_send("GET /state HTT");
    peer.upgrade();
    if (round % 3 == 1) peer.try_send("\x81\xfe");
    else peer.send_frame(R"({"type":"reset"})");
  }

  void ask_http(int client) {
    Peer peer(port());
    const std::string id = "\"episode_id\":\"" + std::to_string(client % 3) + "\"";
    peer.try_send(post("/reset", "{" + id + "}"));
    peer.receive("\"done\"");
    peer.try_send(
        post("/step", R"({"action":{"action_type":"SAMPLE","argument":"band"},)" + id + "}"));
    if (has(peer.receive("\"done\""), "observation")) ++steps_;
    peer.try_send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    peer.receive("process_cpu");
  }

  void ask_mcp() {
    Peer peer(port());
    peer.try_send(post("/mcp", R"({"jsonrpc":"2.0","id":1,"method":"openenv/session/create"})"));
    const std::string created = peer.receive("}}");
    const std::size_t at = created.find("session_id\":\"");
    if (at == std::string::npos) return;
    const std::string id = created.substr(at + 13, 36);
    {
      Peer attached(port());
      attached.upgrade("/ws?session_id=" + id);
      attached.send_frame(R"({"type":"state"})");
      attached.receive("}}");
    }
    peer.try_send(post("/mcp", R"({"jsonrpc":"2.0","id":1,"method":"openenv/session/close",)"
                               R"("params":{"session_id":")" +
                                   id + "\"}}"));
    peer.receive("}}");
  }

  void run_clients() {
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client)
      clients.emplace_back([this, client] {
        for (int round = 0; round < kRounds && !over_; ++round) {
          play();
          leave_rudely(round);
          if (client % 2 == 0) ask_http(client);
          else ask_mcp();
        }
      });
    for (std::thread& client : clients) client.join();
  }

  unsigned short port() const { return server_->port(); }

  // The value of a metric.
  double metric(const std::string& name) {
    Peer peer(port());
    peer.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string page = peer.receive("process_cpu_seconds_total ");
    const std::size_t at = page.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(page.substr(at + name.size() + 2));
  }

  std::optional<Server> server_;
  std::atomic<int> steps_ = 0;
  std::atomic<bool> over_ = false;
};

TEST_F(LoadTest, ManyAtOnceAndNothingIsLost) {
  ServerOptions options;
  options.port = 0;
  options.threads = 4;
  options.peer_connections = 500;  // so that peers are counted
  options.peer_requests = 1'000'000;
  server_ = std::move(*Server::start(options, tiny_catalog()));
  run_clients();
  EXPECT_EQ(steps_, kClients * kRounds * 4 + kClients / 2 * kRounds);
  EXPECT_TRUE(becomes_true([&] { return server_->sessions() == 0; })) << server_->sessions();
  EXPECT_EQ(metric("sqlenv_steps_total"), steps_);
  // Each client plays once a round and breaks off in two of three rounds. Every second one begins a
  // session over MCP.
  EXPECT_EQ(metric("sqlenv_sessions_opened_total"),
            kClients * kRounds + kClients * (kRounds * 2 / 3) + kClients / 2 * kRounds);
}

TEST_F(LoadTest, StoppingInTheMiddle) {
  for (const bool drain : {true, false}) {
    ServerOptions options;
    options.port = 0;
    options.threads = 2;
    server_ = std::move(*Server::start(options, tiny_catalog()));
    std::thread clients([this] { run_clients(); });
    EXPECT_TRUE(becomes_true([&] { return steps_ > 0; }));
    over_ = true;
    if (drain) server_->drain();
    server_->stop();
    server_->wait();
    EXPECT_FALSE(server_->running());
    EXPECT_EQ(server_->sessions(), 0);
    clients.join();
    steps_ = 0;
    over_ = false;
  }
}

}  // namespace
}  // namespace sqlenv
