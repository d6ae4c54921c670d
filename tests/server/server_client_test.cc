// The desktop program's connection to a server, against a real one.
#include "app/desktop/server_client.h"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "app/server/server.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv::desktop {
namespace {

using namespace std::chrono_literals;

constexpr int kHurry = 20;
constexpr char kToken[] = "0123456789abcdef";

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

Server serve(ServerOptions options = {}) {
  options.threads = 1;
  return std::move(*Server::start(std::move(options), tiny_catalog()));
}

ServerOptions at_port(unsigned short port = 0) {
  ServerOptions options;
  options.port = port;
  options.watch = true;
  return options;
}

class ServerClientTest : public testing::Test {
 protected:
  void connect(const Server& server, bool watch = false, std::string token = "") {
    ResetRequest reset;
    reset.options.filter.question_id = "music_train_001";
    connect("http://127.0.0.1:" + std::to_string(server.port()), watch, std::move(token), reset);
  }
  void connect(std::string address, bool watch, std::string token, ResetRequest reset = {}) {
    ASSERT_TRUE(client_.connect({std::move(address), std::move(token), watch, reset}));
  }

  // What is shown as soon as it is so; the test fails if it never is.
  ui::Transcript until(const std::function<bool(const ui::Transcript&)>& good) {
    for (int i = 0; i < 1500; ++i) {
      if (std::optional<ui::Transcript> newer = client_.take()) seen_ = std::move(*newer);
      if (good(seen_)) return seen_;
      std::this_thread::sleep_for(10ms);
    }
    ADD_FAILURE() << "it stays at: " << seen_.state;
    return seen_;
  }
  ui::Transcript until_says(const std::string& text) {
    return until([&](const ui::Transcript& seen) { return has(seen.state, text); });
  }
  ui::Transcript play(const Action& action) {
    const std::size_t before = seen_.steps.size();
    client_.act(action);
    return until([&](const ui::Transcript& seen) {
      return seen.steps.size() > before && !has(seen.state, "plays the step");
    });
  }
  bool offers(const std::string& id) const {
    for (const ui::Transcript::Choice& choice : seen_.choices)
      if (choice.id == id) return true;
    return false;
  }

  ServerClient client_{{}, kHurry};
  ui::Transcript seen_;
};

TEST_F(ServerClientTest, PlaysAndWins) {
  const Server server = serve();
  connect(server);
  until_says("Connected");
  EXPECT_EQ(seen_.question, "How many singers are there?");
  EXPECT_EQ(seen_.schema, "Tables: band, singer");
  EXPECT_TRUE(seen_.acts && seen_.plays);
  EXPECT_EQ(server.sessions(), 1);
  play({"DESCRIBE", "singer"});
  EXPECT_TRUE(has(seen_.schema, "band_id INTEGER")) << seen_.schema;
  EXPECT_TRUE(seen_.acts);
  play({"QUERY", "SELECT nought FROM singer"});
  EXPECT_TRUE(has(seen_.steps.back().error, "NO_SUCH_COLUMN"));
  play({"ANSWER", "3"});
  EXPECT_TRUE(has(seen_.state, "over: right")) << seen_.state;
  EXPECT_EQ(seen_.steps.back().reward, 1'000'000);
  EXPECT_FALSE(seen_.acts);
  client_.choose("again");
  until([](const ui::Transcript& seen) { return seen.acts && seen.steps.empty(); });
  EXPECT_EQ(seen_.question, "How many singers are there?");
  client_.choose("leave");
  for (int i = 0; i < 500 && server.sessions() > 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(server.sessions(), 0) << "its place is given back";
  EXPECT_FALSE(client_.take().has_value());
}

TEST_F(ServerClientTest, SaysWhyItIsRefused) {
  connect("http://127.0.0.1:1", false, "");
  until_says("does not answer");
  EXPECT_TRUE(seen_.bad && offers("retry"));
  ServerOptions options = at_port();
  options.token = kToken;
  options.max_sessions = 1;
  options.watch = false;
  const Server server = serve(options);
  connect(server);
  until_says("asks for a token");
  EXPECT_TRUE(offers("token"));
  connect(server, false, "fedcba9876543210");
  until_says("does not take this token");
  connect(server, true, kToken);
  until_says("watching is not allowed");
  connect(server, false, kToken);
  until_says("Connected");
  ServerClient second({}, kHurry);
  ASSERT_TRUE(second.connect({"http://127.0.0.1:" + std::to_string(server.port()), kToken}));
  second.wait(5s);
  const ui::Transcript full = second.take().value_or(ui::Transcript());
  EXPECT_TRUE(has(full.state, "The server is full")) << full.state;
  EXPECT_FALSE(client_.connect({"ftp://x/y", ""}));
  EXPECT_FALSE(client_.connect({"http://x/y?z", ""}));
}

TEST_F(ServerClientTest, TheSameStepsArePlayedAgainAfterARestart) {
  std::optional<Server> server = serve(at_port());
  const unsigned short port = server->port();
  connect(*server);
  until_says("Connected");
  play({"DESCRIBE", "singer"});
  const ui::Transcript before = play({"QUERY", "SELECT count(*) FROM singer"});
  server.reset();
  until_says("connection is lost");
  EXPECT_TRUE(seen_.bad && offers("retry"));
  EXPECT_FALSE(seen_.acts);
  EXPECT_EQ(seen_.steps, before.steps) << "what was seen stays";
  server = serve(at_port(port));
  until_says("does not have the episode any more");
  EXPECT_TRUE(offers("replay"));
  client_.choose("replay");
  until_says("the episode is where it was");
  EXPECT_EQ(seen_.steps, before.steps);
  EXPECT_EQ(seen_.question, before.question);
  play({"ANSWER", "3"});
  EXPECT_TRUE(has(seen_.state, "over: right")) << seen_.state;
}

// A step whose answer did not come may have been played or not.
TEST_F(ServerClientTest, ALostStepIsNotPlayedTwice) {
  std::optional<Server> server = serve(at_port());
  const unsigned short port = server->port();
  connect(*server);
  until_says("Connected");
  play({"SAMPLE", "band"});
  server.reset();
  client_.act({"ANSWER", "3"});
  until_says("connection is lost");
  server = serve(at_port(port));
  until_says("Connected again");
  client_.choose("replay");
  until_says("where it was");
  EXPECT_EQ(seen_.steps.size(), 1);
  EXPECT_TRUE(seen_.acts);
}

TEST_F(ServerClientTest, WatchesWhatOthersPlay) {
  std::optional<Server> server = serve(at_port());
  const unsigned short port = server->port();
  connect(*server, true);
  until_says("No session plays yet");
  ServerClient player({}, kHurry);
  const std::string address = "http://127.0.0.1:" + std::to_string(port);
  ASSERT_TRUE(player.connect({address, ""}));
  until([](const ui::Transcript& seen) { return seen.rows.size() == 1; });
  client_.choose(seen_.rows[0].id);
  until_says("read only");
  player.act({"SAMPLE", "band"});
  until([](const ui::Transcript& seen) { return seen.steps.size() == 1; });
  EXPECT_TRUE(has(seen_.steps[0].result, "Die Ärzte"));
  EXPECT_FALSE(seen_.acts || seen_.plays);
  player.act({"ANSWER", "17"});
  until_says("Its episode is over");
  EXPECT_EQ(seen_.steps.size(), 2);
  player.choose("leave");
  until_says("It has left");
  server.reset();
  until_says("connection is lost");
  server = serve(at_port(port));
  until_says("started anew");
  EXPECT_TRUE(seen_.rows.empty());
}

}  // namespace
}  // namespace sqlenv::desktop
