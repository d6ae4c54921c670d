// The desktop program's transport to language models, against a scripted server.
#include "app/desktop/model_client.h"

#include <gtest/gtest.h>

#include <deque>

#include "core/episode/episode.h"
#include "core/wire/json_writer.h"
#include "tests/server/scripted_server.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv::desktop {
namespace {

using namespace std::chrono_literals;

std::string http(const std::string& status, const std::string& body, const std::string& head = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + head +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string says(const std::string& content) {
  JsonWriter json;
  json.value(content);
  return http("200 OK", R"({"choices":[{"message":{"content":)" + json.take() + "}}]}");
}

class ModelClientTest : public testing::Test {
 protected:
  ModelClientTest() {
    ResetOptions options;
    options.filter.question_id = "music_train_001";
    game_.emplace(*environment_.reset(options));
  }

  std::unique_ptr<ui::ModelPlayer> player(const std::string& address) {
    return client_.player(
        *model_episode_options(address, "small-1", "sk-secret-77", Dialect::kChat));
  }
  ui::ModelPlayer::Tell tell() {
    return [this](ui::ModelNews news) { told_.push_back(std::move(news)); };
  }
  // The next thing that is told; nothing within ten seconds.
  ui::ModelNews next() {
    for (int i = 0; i < 200 && told_.empty(); ++i) {
      client_.wait(50ms);
      client_.hand_over();
    }
    if (told_.empty()) return {};
    ui::ModelNews news = std::move(told_.front());
    told_.pop_front();
    return news;
  }
  Observation first() { return game_->latest().observation; }

  Environment environment_{tiny_catalog()};
  std::optional<Episode> game_;
  std::deque<ui::ModelNews> told_;
  ModelClient client_{{}, 1000};
};

TEST_F(ModelClientTest, PlaysAnEpisode) {
  std::atomic<int> asked = 0;
  ScriptedServer server(
      [&](const std::string&) { return says(++asked == 1 ? "SAMPLE singer" : "Answer: 1"); });
  const auto model = player(server.address());
  model->begin(first(), tell());
  ui::ModelNews news = next();
  ASSERT_TRUE(news.action.has_value()) << news.error;
  EXPECT_EQ(news.action->action_type, "SAMPLE");
  EXPECT_EQ(news.said.text, "SAMPLE singer");
  model->go_on(game_->step(*news.action).observation, tell());
  news = next();
  ASSERT_TRUE(news.action.has_value()) << news.error;
  EXPECT_EQ(*news.action, (Action{"ANSWER", "1"}));
  const std::vector<std::string> requests = server.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_NE(requests[0].find("Authorization: Bearer sk-secret-77"), std::string::npos);
  EXPECT_NE(requests[0].find("/v1/chat/completions"), std::string::npos);
}

TEST_F(ModelClientTest, WaitsAndAsksAgain) {
  std::atomic<int> asked = 0;
  ScriptedServer server([&](const std::string&) {
    return ++asked == 1 ? http("429 Too Many Requests", "{}", "Retry-After: 60\r\n")
                        : says("Answer: 1");
  });
  const auto model = player(server.address());
  model->begin(first(), tell());
  EXPECT_EQ(next().note, "The server takes no more requests for now: asked again in 60 s");
  EXPECT_TRUE(next().action.has_value()) << "60 s are 60 ms here";
}

TEST_F(ModelClientTest, SaysWhyItCannot) {
  ScriptedServer refusing([](const std::string&) { return http("401 Unauthorized", "{}"); });
  auto model = player(refusing.address());
  model->begin(first(), tell());
  const std::string refused = next().error;
  EXPECT_NE(refused.find("refuses the key"), std::string::npos) << refused;
  EXPECT_EQ(refused.find("sk-secret-77"), std::string::npos);
  model = player("http://127.0.0.1:1");
  model->begin(first(), tell());
  EXPECT_FALSE(next().error.empty());
}

TEST_F(ModelClientTest, ARedirectIsNotFollowed) {
  ScriptedServer elsewhere([](const std::string&) { return says("Answer: 1"); });
  ScriptedServer server([&](const std::string&) {
    return http("302 Found", "", "Location: " + elsewhere.address() + "/v1/chat/completions\r\n");
  });
  const auto model = player(server.address());
  model->begin(first(), tell());
  EXPECT_NE(next().error.find("Redirects are not followed"), std::string::npos);
  EXPECT_TRUE(elsewhere.requests().empty());
}

TEST_F(ModelClientTest, WhatWasGivenUpIsNotTold) {
  std::atomic<bool> answers = false;
  ScriptedServer slow([&](const std::string&) {
    while (!answers) std::this_thread::sleep_for(1ms);
    return says("Answer: 1");
  });
  auto model = player(slow.address());
  model->begin(first(), tell());
  EXPECT_TRUE(client_.plays());
  while (slow.requests().empty()) std::this_thread::sleep_for(1ms);
  model.reset();
  EXPECT_FALSE(client_.plays());
  answers = true;
  client_.wait(100ms);
  client_.hand_over();
  EXPECT_TRUE(told_.empty());
}

// A model that waits for its turn is given up like any other.
TEST_F(ModelClientTest, AWaitingOneIsGivenUp) {
  ScriptedServer busy([](const std::string&) {
    return http("429 Too Many Requests", "{}", "Retry-After: 100\r\n");
  });
  auto model = player(busy.address());
  model->begin(first(), tell());
  EXPECT_FALSE(next().note.empty());
  model.reset();
  client_.wait(200ms);
  client_.hand_over();
  client_.wait(50ms);
  EXPECT_EQ(busy.requests().size(), 1u);
  EXPECT_TRUE(told_.empty());
}

TEST_F(ModelClientTest, EndsWhileOneIsUnderWay) {
  ScriptedServer server([](const std::string&) { return std::string(); });
  ModelClient client;
  const auto options = *model_episode_options(server.address(), "", "", Dialect::kCompact);
  auto model = client.player(options);
  model->begin(first(), tell());
  model.reset();
}

}  // namespace
}  // namespace sqlenv::desktop
