// One episode that a model behind an address plays: what is asked, what is made of the replies, and
// how it ends.
#include "app/model/model_episode.h"

#include <gtest/gtest.h>

#include <string>

#include "core/wire/json_writer.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

HttpReply status(int status, std::string body = "") {
  HttpReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

// A chat completion with this content, and with more members of its message.
HttpReply says(const std::string& content, const std::string& more = "") {
  JsonWriter json;
  json.value(content);
  return status(200, R"({"choices":[{"message":{"content":)" + json.take() + more + "}}]}");
}

class ModelEpisodeTest : public testing::Test {
 protected:
  ModelEpisodeTest() {
    ResetOptions options;
    options.filter.question_id = "zoo_train_001";
    game_.emplace(*environment_.reset(options));
  }

  ModelEpisode episode(Dialect dialect = Dialect::kChat) {
    return ModelEpisode(
        *model_episode_options("http://localhost:8080", "small-1", "sk-secret-77", dialect));
  }
  Observation first() { return game_->latest().observation; }
  Observation play(const ModelEpisode::Next& next) {
    return game_->step(next.turn->action).observation;
  }

  Environment environment_{test::small_catalog()};
  std::optional<Episode> game_;
};

TEST_F(ModelEpisodeTest, PlaysToTheEnd) {
  ModelEpisode model = episode();
  ModelEpisode::Next next = model.begin(first());
  ASSERT_TRUE(next.request.has_value());
  EXPECT_EQ(next.request->url, "http://localhost:8080/v1/chat/completions");
  EXPECT_EQ(next.wait, 0ms);
  next = model.reply(
      says(
          "",
          R"(,"tool_calls":[{"id":"c","function":{"name":"describe","arguments":"{\"table\":\"animal\"}"}}])"),
      0, 0);
  ASSERT_TRUE(next.turn.has_value());
  EXPECT_EQ(next.turn->action, (Action{"DESCRIBE", "animal"}));
  EXPECT_EQ(next.turn->text, R"(describe({"table":"animal"}))");
  next = model.go_on(play(next));
  ASSERT_TRUE(next.request.has_value());
  EXPECT_NE(next.request->body.find("species"), std::string::npos) << "what DESCRIBE showed";
  next = model.reply(says("Final answer: 4"), 0, 0);
  ASSERT_TRUE(next.turn.has_value());
  play(next);
  EXPECT_TRUE(game_->verdict()->correct);
}

TEST_F(ModelEpisodeTest, TheCompactDialectContinuesAText) {
  ModelEpisode model = episode(Dialect::kCompact);
  ModelEpisode::Next next = model.begin(first());
  EXPECT_EQ(next.request->url, "http://localhost:8080/v1/completions");
  next = model.reply(status(200, R"({"choices":[{"text":"D animal"}]})"), 0, 0);
  EXPECT_EQ(next.turn->action, (Action{"DESCRIBE", "animal"}));
  EXPECT_EQ(next.turn->text, "D animal");
}

TEST_F(ModelEpisodeTest, ThoughtsStandApart) {
  struct Case {
    HttpReply reply;
    std::string thoughts;
    std::string text;
  };
  const Case cases[] = {
      {says("<think>\nFour, I think.\n</think>\nAnswer: 4"), "Four, I think.", "Answer: 4"},
      {says("Four, I think.</think>Answer: 4"), "Four, I think.", "Answer: 4"},
      {says("<thinking>Four.</thinking> Answer: 4"), "Four.", "Answer: 4"},
      {says("<think>It never ends"), "It never ends", ""},
      {says("Hm. <think>Four.</think>Answer: 4"), "Four.", "Hm. Answer: 4"},
      {says("Answer: 4", R"(,"reasoning_content":"Four.")"), "Four.", "Answer: 4"},
      {says("Answer: 4", R"(,"reasoning":"Four.","reasoning_content":"Four.")"), "Four.",
       "Answer: 4"},
      {says("Answer: 4"), "", "Answer: 4"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.reply.body);
    ModelEpisode model = episode();
    (void)model.begin(first());
    const ModelEpisode::Next next = model.reply(one.reply, 0, 0);
    ASSERT_TRUE(next.turn.has_value());
    EXPECT_EQ(next.turn->thoughts, one.thoughts);
    EXPECT_EQ(next.turn->text, one.text);
  }
}

TEST_F(ModelEpisodeTest, WhatCannotBeReadIsAWrongAction) {
  ModelEpisode model = episode();
  (void)model.begin(first());
  const ModelEpisode::Next next = model.reply(says("I am only a parrot."), 0, 0);
  ASSERT_TRUE(next.turn.has_value());
  EXPECT_EQ(next.turn->action.action_type, kUnreadable);
  EXPECT_FALSE(play(next).error.empty());
}

TEST_F(ModelEpisodeTest, ABusyServerIsAskedAgain) {
  ModelEpisode model = episode();
  const HttpRequest asked = *model.begin(first()).request;
  HttpReply busy = status(429);
  busy.retry_after = "3";
  ModelEpisode::Next next = model.reply(busy, 0, 0);
  ASSERT_TRUE(next.request.has_value());
  EXPECT_EQ(next.request->body, asked.body);
  EXPECT_EQ(next.wait, 3s);
  EXPECT_EQ(next.note, "The server takes no more requests for now: asked again in 3 s");
  next = model.reply(status(503), 0, 0);
  EXPECT_EQ(next.note, "The server failed: asked again in 2 s");
  next = model.reply(says("Answer: 4"), 0, 0);
  EXPECT_TRUE(next.turn.has_value());
}

TEST_F(ModelEpisodeTest, GivesUpAfterItsRequests) {
  ModelEpisode model = episode();
  ModelEpisode::Next next = model.begin(first());
  for (int i = 0; i < 3; ++i) next = model.reply(status(500), 0, 0);
  ASSERT_TRUE(next.request.has_value());
  next = model.reply(status(500), 0, 0);
  EXPECT_NE(next.error.find("500"), std::string::npos) << next.error;
  EXPECT_FALSE(next.request.has_value());
}

// Each turn has all its requests.
TEST_F(ModelEpisodeTest, RequestsAreCountedByTurn) {
  ModelEpisode model = episode();
  ModelEpisode::Next next = model.begin(first());
  for (int turn = 0; turn < 3; ++turn) {
    for (int i = 0; i < 3; ++i) next = model.reply(status(500), 0, 0);
    ASSERT_TRUE(next.request.has_value()) << "turn " << turn;
    next = model.reply(says("DESCRIBE animal"), 0, 0);
    ASSERT_TRUE(next.turn.has_value());
    next = model.go_on(play(next));
  }
}

TEST_F(ModelEpisodeTest, SaysWhyItCannotGoOn) {
  const std::pair<HttpReply, const char*> cases[] = {
      {status(401), "refuses the key"},
      {status(404, R"({"error":{"message":"The model small-1 does not exist"}})"),
       "does not know the model \"small-1\""},
      {status(400, R"({"error":{"message":"maximum context length is 512 tokens"}})"), "context"},
      {status(200, "<html>"), "not a completion"},
      {status(302), "Redirects are not followed"},
      {HttpReply{}, "cannot be reached"},
  };
  for (const auto& [reply, words] : cases) {
    ModelEpisode model = episode();
    (void)model.begin(first());
    const ModelEpisode::Next next = model.reply(reply, 0, 0);
    EXPECT_NE(next.error.find(words), std::string::npos) << next.error;
    EXPECT_EQ(next.error.find("sk-secret-77"), std::string::npos) << next.error;
  }
}

TEST(ModelEpisodeOptionsTest, ReadsWhatAPersonEnters) {
  const auto options =
      model_episode_options(" http://localhost:8080 ", " qwen ", "  ", Dialect::kCompact);
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->server.address.base, "http://localhost:8080/v1");
  EXPECT_EQ(options->model.model, "qwen");
  EXPECT_EQ(options->server.key, "");
  EXPECT_FALSE(model_episode_options("localhost", "", "", Dialect::kChat).has_value());
  EXPECT_FALSE(model_episode_options("http://localhost", "", "a b", Dialect::kChat).has_value());
}

}  // namespace
}  // namespace sqlenv
