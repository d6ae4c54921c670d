#include "app/server/session.h"

#include <gtest/gtest.h>

#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

class SessionTest : public testing::Test {
 protected:
  // The reply to a message. Fails if there is none or if it closes.
  std::string say(const std::string& message) {
    const SessionReply reply = session_.on_text(message);
    EXPECT_FALSE(reply.close) << message;
    return reply.text.value_or("no reply");
  }
  std::string step(const std::string& type, const std::string& argument) {
    return say(R"({"type":"step","data":{"action_type":")" + type + R"(","argument":")" + argument +
               R"("}})");
  }
  void start(const std::string& options = "{}") {
    ASSERT_TRUE(has(say(R"({"type":"reset","data":)" + options + "}"), R"("step_count":0)"));
  }

  std::atomic<bool> stopping_ = false;
  Worker worker_{tiny_catalog(), std::chrono::seconds(5), stopping_, 1};
  Session session_{worker_};
};

TEST_F(SessionTest, PlaysAnEpisode) {
  start(R"({"question_id":"music_train_001","episode_id":"mine"})");
  EXPECT_EQ(say(R"({"type":"state"})"),
            R"({"type":"state","data":{"episode_id":"mine","step_count":0}})");
  EXPECT_TRUE(has(step("DESCRIBE", "singer"), "band_id INTEGER"));
  EXPECT_TRUE(has(step("QUERY", "SELECT count(*) FROM singer"), R"(count(*)\n3)"));
  const std::string last = step("ANSWER", "3");
  EXPECT_TRUE(has(last, R"("reward":1.0,"done":true)")) << last;
  EXPECT_EQ(say(R"({"type":"state"})"),
            R"({"type":"state","data":{"episode_id":"mine","step_count":3}})");
  EXPECT_TRUE(has(step("QUERY", "SELECT 1"), "EPISODE_OVER"));
}

TEST_F(SessionTest, ResetReplacesTheEpisode) {
  start(R"({"episode_id":"one"})");
  step("SAMPLE", "band");
  start(R"({"episode_id":"two"})");
  EXPECT_TRUE(has(say(R"({"type":"state"})"), R"({"episode_id":"two","step_count":0})"));
}

TEST_F(SessionTest, NamesAnEpisodeThatTheClientDidNotName) {
  start();
  const std::string first = say(R"({"type":"state"})");
  start();
  const std::string second = say(R"({"type":"state"})");
  EXPECT_NE(first, second);
  EXPECT_EQ(first.size(),
            std::string(R"({"type":"state","data":{"episode_id":"","step_count":0}})").size() + 36);
}

TEST_F(SessionTest, DrawsSeedsThatDiffer) {
  bool counted = false, oldest = false;
  for (int i = 0; i < 64 && !(counted && oldest); ++i) {
    const std::string first = say(R"({"type":"reset"})");
    counted = counted || has(first, "How many");
    oldest = oldest || has(first, "oldest");
  }
  EXPECT_TRUE(counted && oldest);
}

TEST_F(SessionTest, WithoutAnEpisode) {
  EXPECT_TRUE(has(step("QUERY", "SELECT 1"), R"("code":"EXECUTION_ERROR")"));
  EXPECT_TRUE(has(step("QUERY", "SELECT 1"), "reset"));
  EXPECT_TRUE(has(say(R"({"type":"trajectory"})"), R"("code":"EXECUTION_ERROR")"));
  EXPECT_EQ(say(R"({"type":"state"})"),
            R"({"type":"state","data":{"episode_id":null,"step_count":0}})");
}

TEST_F(SessionTest, TrajectoryOnlyWhenDone) {
  start(R"({"question_id":"music_eval_001"})");
  step("SAMPLE", "singer");
  EXPECT_TRUE(has(say(R"({"type":"trajectory"})"), R"("code":"EXECUTION_ERROR")"));
  step("ANSWER", "Bo");
  const std::string trajectory = say(R"({"type":"trajectory"})");
  EXPECT_TRUE(has(trajectory, R"({"type":"trajectory","data":{"jsonl":)"));
  EXPECT_TRUE(has(trajectory, R"(\"correct\":true)"));
}

TEST_F(SessionTest, BadResetKeepsTheEpisode) {
  start(R"({"episode_id":"kept"})");
  step("SAMPLE", "band");
  for (const char* options :
       {R"({"seed":-1})", R"({"seed":"x"})", R"({"database":"nope"})", R"({"colour":1})", "[]",
        "null", R"({"difficulty":"hard"})", R"({"database":"music","question_id":"nope"})",
        R"({"step_budget":0})", R"({"reward":"v9"})", R"({"verifier":"kind"})",
        R"({"episode_id":3})"}) {
    const std::string reply = say(R"({"type":"reset","data":)" + std::string(options) + "}");
    EXPECT_TRUE(has(reply, R"("code":"VALIDATION_ERROR")")) << options << reply;
    EXPECT_TRUE(has(reply, R"("errors":[{"type":)")) << options << reply;
  }
  EXPECT_TRUE(has(say(R"({"type":"state"})"), R"({"episode_id":"kept","step_count":1})"));
}

TEST_F(SessionTest, MalformedMessagesSpendNoStep) {
  start();
  const std::pair<const char*, const char*> cases[] = {
      {"", "INVALID_JSON"},
      {"SELECT 1", "INVALID_JSON"},
      {R"({"type":"step","data":{"action_type":"QUERY","argument":"\ud800"}})", "INVALID_JSON"},
      {"{\"type\":\"\xff\"}", "INVALID_JSON"},
      {R"({"type":"ping"})", "UNKNOWN_TYPE"},
      {R"({"type":7})", "UNKNOWN_TYPE"},
      {R"({"type":"step"})", "VALIDATION_ERROR"},
      {R"({"type":"step","data":"QUERY"})", "VALIDATION_ERROR"},
      {R"({"type":"step","data":{"action_type":"QUERY"}})", "VALIDATION_ERROR"},
      {R"({"type":"step","data":{"action_type":1,"argument":"x"}})", "VALIDATION_ERROR"},
      {R"({"type":"step","data":{"action_type":"QUERY","argument":"x","sql":"y"}})",
       "VALIDATION_ERROR"},
      {R"({"type":"state","data":{}})", "VALIDATION_ERROR"},
      {R"({"type":"state","request_id":"1"})", "VALIDATION_ERROR"}};
  for (const auto& [text, code] : cases)
    EXPECT_TRUE(has(say(text), "\"code\":\"" + std::string(code) + "\"")) << text << say(text);
  EXPECT_TRUE(has(say(R"({"type":"state"})"), R"("step_count":0)"));
}

TEST_F(SessionTest, SurvivesDeepNesting) {
  const std::string deep = std::string(400'000, '[') + std::string(400'000, ']');
  for (const std::string& text :
       {R"({"type":"reset","data":)" + deep + "}",
        R"({"type":"reset","data":{"seed":)" + deep + "}}",
        R"({"type":"step","data":{"action_type":"QUERY","argument":)" + deep + "}}",
        R"({"type":)" + deep + "}", R"({"type":"state","x":)" + deep + "}"})
    EXPECT_TRUE(has(say(text), R"("type":"error")"));
  EXPECT_TRUE(session_.on_text(deep).close);
}

TEST_F(SessionTest, WrongActionsAreObservationsAndTheEpisodeGoesOn) {
  start(R"({"question_id":"music_train_001"})");
  EXPECT_TRUE(has(step("DANCE", "x"), "UNKNOWN_ACTION"));
  EXPECT_TRUE(has(step("QUERY", "  "), "BLANK_ARGUMENT"));
  EXPECT_TRUE(has(step("DESCRIBE", "singr"), "Did you mean singer"));
  EXPECT_TRUE(has(step("QUERY", "DROP TABLE singer"), "NOT_READ_ONLY"));
  EXPECT_TRUE(has(step("QUERY", "SELECT 1; SELECT 2"), "MULTIPLE_STATEMENTS"));
  EXPECT_TRUE(has(step("QUERY", "SELECT count(*) FROM singer"), R"(\n3\n)"));
  EXPECT_TRUE(has(step("ANSWER", "3"), R"("reward":1.0,"done":true)"));
}

TEST_F(SessionTest, ClosesOnCloseAndOnInvalidMessages) {
  const SessionReply bye = session_.on_text(R"({"type":"close"})");
  EXPECT_TRUE(bye.close);
  EXPECT_FALSE(bye.text.has_value());
  for (const char* text : {"[1]", "3", "null", R"("reset")"}) {
    const SessionReply reply = session_.on_text(text);
    EXPECT_TRUE(reply.close) << text;
    EXPECT_TRUE(has(*reply.text, R"("code":"SESSION_ERROR")")) << text;
  }
  EXPECT_TRUE(session_.on_binary().close);
  EXPECT_TRUE(has(*session_.on_binary().text, R"("code":"SESSION_ERROR")"));
}

TEST_F(SessionTest, StopsAQueryByTheClockAndWhenTheServerStops) {
  const Action endless{
      "QUERY",
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t"};
  Worker worker(tiny_catalog(), std::chrono::minutes(1), stopping_, 1);
  Episode episode = *worker.reset({});
  const auto error = [&](std::optional<std::chrono::milliseconds> limit) {
    return worker.step(episode, endless, limit).observation.error;
  };
  EXPECT_TRUE(has(error(std::chrono::milliseconds(1)), "TIMEOUT"));
  stopping_ = true;
  EXPECT_TRUE(has(error(std::nullopt), "TIMEOUT"));
}

TEST_F(SessionTest, NothingOfTheGoldBeforeTheEnd) {
  start(R"({"question_id":"music_train_001"})");
  std::string all = step("QUERY", "SELECT 3") + step("QUERY", "SELECT") + step("SAMPLE", "band") +
                    say(R"({"type":"state"})") + say(R"({"type":"trajectory"})");
  for (const char* secret : {"gold", "progress", "count(*)"}) EXPECT_FALSE(has(all, secret)) << all;
}

}  // namespace
}  // namespace sqlenv
