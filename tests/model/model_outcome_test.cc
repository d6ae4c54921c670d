#include "app/model/model_outcome.h"

#include <gtest/gtest.h>

#include <string>

#include "app/model/retry_after.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

const std::string kKey = "sk-very-secret-0123456789";

ModelServer server(std::string key = kKey) {
  return {*parse_model_address("https://models.example"), std::move(key)};
}

HttpReply reply_of(int status, std::string body = "") {
  HttpReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

HttpReply lost(HttpFailure failure) {
  HttpReply reply;
  reply.failure = failure;
  return reply;
}

ModelOutcome outcome(const HttpReply& reply, const ModelAttempt& attempt = {},
                     const std::string& key = kKey) {
  ModelOptions options;
  options.model = "small-1";
  return read_model_outcome(server(key), Dialect::kChat, options, reply, attempt);
}

std::string kind(const ModelOutcome& outcome) {
  return outcome.reply ? "" : std::string(model_failure_name(outcome.trouble.kind));
}

TEST(ModelRequestTest, TheKeyIsAHeaderAndRedirectsAreNotFollowed) {
  Environment environment(test::small_catalog());
  const Observation first = environment.reset({})->first().observation;
  for (const Dialect dialect : kDialects) {
    const HttpRequest request =
        model_request(server(), AgentEpisode(dialect, first), ModelOptions{}, 7s);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://models.example/v1/" + std::string(model_path(dialect)));
    EXPECT_EQ(request.limit, 7s);
    EXPECT_FALSE(request.follow);
    EXPECT_EQ(request.headers.back(), std::pair(std::string("Authorization"), "Bearer " + kKey));
    EXPECT_EQ(request.body.find(kKey), std::string::npos);
    EXPECT_NE(request.body.find(first.question), std::string::npos);
  }
  for (const auto& [name, value] :
       model_request(server(""), AgentEpisode(Dialect::kChat, first), {}, 7s).headers)
    EXPECT_NE(name, "Authorization") << value;
}

TEST(ModelRequestTest, KeysThatCannotBeSentAreRefused) {
  EXPECT_EQ(*check_model_key(" sk-1\n"), "sk-1");
  for (const char* key : {"", "  ", "a b", "a\r\nHost: evil", "schl\xc3\xbcssel"}) {
    const Result<std::string> checked = check_model_key(key);
    ASSERT_FALSE(checked) << key;
    EXPECT_EQ(checked.error().message.find("Host"), std::string::npos);
  }
}

TEST(ModelOutcomeTest, ACompletionComesWithItsTokens) {
  const ModelOutcome came = outcome(reply_of(
      200,
      R"({"choices": [{"message": {"content": "A 9"}}], "usage": {"prompt_tokens": 5, "completion_tokens": 2}})"));
  ASSERT_TRUE(came.reply);
  EXPECT_EQ(came.reply->completion.text, "A 9");
  EXPECT_EQ(came.reply->prompt_tokens, 5);
  EXPECT_EQ(came.reply->completion_tokens, 2);
  EXPECT_FALSE(came.retry_in);
}

TEST(ModelOutcomeTest, EachFailureHasItsKind) {
  const std::pair<HttpReply, const char*> cases[] = {
      {lost(HttpFailure::kUnreachable), "UNREACHABLE"},
      {lost(HttpFailure::kTls), "TLS_REFUSED"},
      {lost(HttpFailure::kTimedOut), "TIMED_OUT"},
      {lost(HttpFailure::kBroken), "REPLY_BROKEN"},
      {lost(HttpFailure::kTooLarge), "REPLY_TOO_LARGE"},
      {reply_of(301), "REDIRECTED"},
      {reply_of(308), "REDIRECTED"},
      {reply_of(401), "KEY_REFUSED"},
      {reply_of(403), "KEY_REFUSED"},
      {reply_of(402), "QUOTA_SPENT"},
      {reply_of(429, R"({"error": {"message": "No.", "code": "insufficient_quota"}})"),
       "QUOTA_SPENT"},
      {reply_of(404, R"({"detail": "Not Found"})"), "PATH_NOT_FOUND"},
      {reply_of(404, "<html>the model page is gone</html>"), "PATH_NOT_FOUND"},
      {reply_of(404, R"({"error": {"message": "The model `small-1` does not exist."}})"),
       "MODEL_NOT_FOUND"},
      {reply_of(400, R"({"error": {"message": "Invalid model: x"}})"), "MODEL_NOT_FOUND"},
      {reply_of(400, R"({"error": {"message": "The model takes no tools."}})"), "REQUEST_REFUSED"},
      {reply_of(400, R"({"error": "model 'small-1' not found"})"), "MODEL_NOT_FOUND"},
      {reply_of(400, R"({"error": {"message": "too long", "code": "context_length_exceeded"}})"),
       "CONTEXT_EXCEEDED"},
      {reply_of(400, R"({"error": {"message": "This model's maximum context length is 4096"}})"),
       "CONTEXT_EXCEEDED"},
      {reply_of(422), "REQUEST_REFUSED"},
      {reply_of(429), "RATE_LIMITED"},
      {reply_of(500), "SERVER_FAILED"},
      {reply_of(501), "SERVER_FAILED"},
      {reply_of(200, "<html>hello</html>"), "NO_COMPLETION"},
      {reply_of(200, ""), "NO_COMPLETION"},
      {reply_of(204), "NO_COMPLETION"},
  };
  for (const auto& [reply, name] : cases) {
    const ModelOutcome came = outcome(reply);
    EXPECT_EQ(kind(came), name) << reply.status << " " << reply.body;
    EXPECT_GT(came.trouble.message.size(), 20U) << name;
    EXPECT_EQ(find_model_failure(name), came.trouble.kind);
  }
  EXPECT_EQ(kind(outcome(reply_of(401), {}, "")), "KEY_MISSING");
  EXPECT_EQ(kind(outcome(reply_of(403), {}, "")), "KEY_MISSING");
  EXPECT_FALSE(find_model_failure("SOMETHING"));
}

TEST(ModelOutcomeTest, WhatMayPassIsTriedAgain) {
  for (const int status : {408, 429, 500, 502, 503, 504, 529})
    EXPECT_EQ(outcome(reply_of(status)).retry_in, 1s) << status;
  for (const HttpFailure failure : {HttpFailure::kTimedOut, HttpFailure::kBroken})
    EXPECT_EQ(outcome(lost(failure)).retry_in, 1s);
  for (const int status : {301, 400, 401, 402, 403, 404, 405, 413, 422, 501})
    EXPECT_FALSE(outcome(reply_of(status)).retry_in) << status;
  for (const HttpFailure failure : {HttpFailure::kTls, HttpFailure::kTooLarge})
    EXPECT_FALSE(outcome(lost(failure)).retry_in);
}

TEST(ModelOutcomeTest, ADeadAddressIsFinalUntilTheServerWasThere) {
  ModelAttempt attempt;
  EXPECT_FALSE(outcome(lost(HttpFailure::kUnreachable), attempt).retry_in);
  EXPECT_FALSE(outcome(reply_of(200, "hello"), attempt).retry_in);
  attempt.proven = true;
  EXPECT_TRUE(outcome(lost(HttpFailure::kUnreachable), attempt).retry_in);
  EXPECT_TRUE(outcome(reply_of(200, "hello"), attempt).retry_in);
}

TEST(ModelOutcomeTest, WaitsDoubleUpToALimitAndEndWithTheLastAttempt) {
  ModelAttempt attempt;
  attempt.most = 50;
  for (const auto wait : {1s, 2s, 4s, 8s, 16s, 30s, 30s, 30s}) {
    EXPECT_EQ(outcome(reply_of(503), attempt).retry_in, wait);
    ++attempt.number;
  }
  attempt = {.number = 2, .spread = 0.5};
  EXPECT_EQ(outcome(reply_of(503), attempt).retry_in, 2500ms);
  attempt = {.number = 6, .most = 6};
  EXPECT_FALSE(outcome(reply_of(503), attempt).retry_in);
  attempt = {.number = 2'000'000'000, .most = 2'000'000'001};
  EXPECT_EQ(outcome(reply_of(503), attempt).retry_in, 30s);
}

TEST(ModelOutcomeTest, ALateReplyIsWaitedForOnlyTwice) {
  EXPECT_TRUE(outcome(lost(HttpFailure::kTimedOut), {.number = 1}).retry_in);
  EXPECT_FALSE(outcome(lost(HttpFailure::kTimedOut), {.number = 2}).retry_in);
  EXPECT_TRUE(outcome(lost(HttpFailure::kBroken), {.number = 2}).retry_in);
}

TEST(ModelOutcomeTest, RetryAfterIsTheServersToSay) {
  HttpReply reply = reply_of(429);
  reply.retry_after = "7";
  ModelAttempt attempt;
  attempt.number = 4;
  attempt.spread = 1;
  EXPECT_EQ(outcome(reply, attempt).retry_in, 7s);
  reply.retry_after = "Sun, 06 Nov 1994 08:49:37 GMT";
  attempt.now = 784'111'777 - 3;
  EXPECT_EQ(outcome(reply, attempt).retry_in, 3s);
  reply.retry_after = "86400";
  EXPECT_FALSE(outcome(reply, attempt).retry_in) << "nobody waits a day";
  reply.retry_after = "soon";
  EXPECT_EQ(outcome(reply, attempt).retry_in, 12s) << "as without the header";
}

TEST(ModelOutcomeTest, TheServersWordsAreShownWithoutItsKeyOrItsControls) {
  const ModelOutcome came = outcome(reply_of(401, R"({"error": {"message": "Incorrect key )" +
                                                      kKey + R"( given.\u001b[2J\nTry again"}})"));
  EXPECT_EQ(came.trouble.message.find(kKey), std::string::npos);
  EXPECT_NE(came.trouble.message.find("Incorrect key [key] given."), std::string::npos)
      << came.trouble.message;
  EXPECT_EQ(came.trouble.message.find('\x1b'), std::string::npos);
  HttpReply redirect = reply_of(302);
  redirect.location = "https://elsewhere.example/" + kKey + "/v1?token=abc";
  const std::string message = outcome(redirect).trouble.message;
  EXPECT_NE(message.find("https://elsewhere.example/[key]/v1"), std::string::npos) << message;
  EXPECT_EQ(message.find("abc"), std::string::npos) << message;
  const ModelOutcome echoed = outcome(
      reply_of(200, R"({"choices": [{"message": {"content": "my key is )" + kKey + "\"}}]}"));
  ASSERT_TRUE(echoed.reply);
  EXPECT_EQ(echoed.reply->completion.text, "my key is [key]");
}

TEST(ModelOutcomeTest, TheTransportsOwnReasonIsShown) {
  HttpReply reply = lost(HttpFailure::kTls);
  reply.reason = "The certificate is too old.";
  EXPECT_EQ(outcome(reply).trouble.message, "The certificate is too old.");
}

TEST(RetryAfterTest, SecondsAndDates) {
  EXPECT_EQ(read_retry_after("0", 5), 0ms);
  EXPECT_EQ(read_retry_after(" 120 ", 0), 120s);
  EXPECT_EQ(read_retry_after("1.5", 0), 1500ms);
  EXPECT_EQ(read_retry_after("0.0004", 0), 0ms);
  EXPECT_EQ(read_retry_after("Thu, 01 Jan 1970 00:00:10 GMT", 4), 6s);
  EXPECT_EQ(read_retry_after("Thu, 29 Feb 2024 23:59:59 GMT", 1'709'251'199 - 60), 60s);
  EXPECT_EQ(read_retry_after("Thu, 29 Feb 2024 23:59:59 GMT", 1'709'251'199 + 60), 0s);
  for (const char* value :
       {"", "-1", "1e3", "12345678901", ".5", "1.", "1.x", "Thu, 29 Feb 2023 23:59:59 GMT",
        "Thu, 29 Feb 2024 23:59:59 CET", "Thu, 29 Xyz 2024 23:59:59 GMT", "2024-02-29T23:59:59Z"})
    EXPECT_FALSE(read_retry_after(value, 5)) << value;
  EXPECT_FALSE(read_retry_after("Thu, 29 Feb 2024 23:59:59 GMT", 0)) << "the time is not known";
}

}  // namespace
}  // namespace sqlenv
