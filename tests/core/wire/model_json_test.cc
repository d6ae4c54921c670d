#include "core/wire/model_json.h"

#include <gtest/gtest.h>

namespace sqlenv {
namespace {

Observation first_observation() {
  Observation first;
  first.question = "How many pets have died?";
  first.schema_info = "Tables: student, pet";
  first.budget_remaining = 15;
  return first;
}

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

ModelCompletion completion_of(const std::string& body) {
  const Result<ModelReply> reply = read_model_reply(body);
  EXPECT_TRUE(reply.has_value()) << body;
  return reply ? reply->completion : ModelCompletion{};
}

std::string message(const std::string& members) {
  return R"({"choices":[{"index":0,"message":{"role":"assistant",)" + members + "}}]}";
}

TEST(ModelJson, AsksForALineInTheCompactDialect) {
  const AgentEpisode episode(Dialect::kCompact, first_observation());
  ModelOptions options;
  options.model = "small";
  options.temperature = 0.7;
  options.seed = 9;
  options.grammar = "root ::= \"A\"";
  EXPECT_EQ(model_request_json(episode, options),
            R"({"model":"small","prompt":"How many pets have died?\nstudent pet\n","stop":["\n"],)"
            R"("max_tokens":256,"temperature":0.700,"seed":9,"grammar":"root ::= \"A\"",)"
            R"("structured_outputs":{"grammar":"root ::= \"A\""},)"
            R"("stream":false})");
  EXPECT_EQ(model_path(Dialect::kCompact), "completions");
}

TEST(ModelJson, BeginsTheCompactPromptWithExamplesWhereAsked) {
  ModelOptions options;
  options.examples = true;
  const AgentEpisode compact(Dialect::kCompact, first_observation());
  const std::string request = model_request_json(compact, options);
  EXPECT_TRUE(has(request, R"("prompt":"How many books did Ada Quill write?\nauthor book loan\n)"))
      << request;
  EXPECT_TRUE(has(request, R"(\nA =\n\nHow many pets have died?\nstudent pet\n","stop")"))
      << request;
  const AgentEpisode chat(Dialect::kChat, first_observation());
  EXPECT_EQ(model_request_json(chat, options), model_request_json(chat, {}));
}

TEST(ModelJson, OffersTheFourActionsAsToolsInTheChatDialect) {
  const AgentEpisode episode(Dialect::kChat, first_observation());
  const std::string request = model_request_json(episode, {});
  EXPECT_TRUE(has(request, R"({"messages":[{"role":"system","content":)")) << request;
  for (const char* name : {"describe", "sample", "query", "answer"})
    EXPECT_TRUE(has(request, R"({"type":"function","function":{"name":")" + std::string(name)));
  EXPECT_FALSE(has(request, R"("name":"reset")"));
  EXPECT_EQ(model_path(Dialect::kChat), "chat/completions");
}

TEST(ModelJson, ConversationsKeepTheCallsAndTheirAnswers) {
  AgentEpisode episode(Dialect::kChat, first_observation());
  const ModelCompletion completion =
      completion_of(message(R"("content":null,"tool_calls":[{"id":"c7","type":"function",
        "function":{"name":"describe","arguments":"{\"table\":\"pet\"}"}}])"));
  const ReadCompletion read = episode.read(completion);
  EXPECT_EQ(read.action.argument, "pet");
  Observation seen = first_observation();
  seen.result = "pet(pet_id)";
  episode.add(completion, read, seen);
  const std::string messages = messages_json(episode.messages());
  EXPECT_TRUE(has(messages, R"({"role":"assistant","content":"","tool_calls":[{"id":"c7",)"
                            R"("type":"function","function":{"name":"describe",)"
                            R"("arguments":"{\"table\":\"pet\"}"}}]})"))
      << messages;
  EXPECT_TRUE(has(messages, R"("tool_call_id":"c7"}])")) << messages;
}

TEST(ModelJson, ReadsWhatServersSend) {
  EXPECT_EQ(completion_of(R"({"choices":[{"text":"D pet"}]})").text, "D pet");
  EXPECT_EQ(completion_of(message(R"("content":"hello")")).text, "hello");
  EXPECT_EQ(completion_of(message(R"("content":[{"type":"text","text":"a"},{"text":"b"}])")).text,
            "ab");
  EXPECT_TRUE(completion_of(R"({"choices":[{"text":"D pe","finish_reason":"length"}]})").cut);

  const auto first_call = [](const std::string& members) {
    const ModelCompletion completion = completion_of(message(members));
    EXPECT_EQ(completion.tool_calls.size(), 1u) << members;
    return completion.tool_calls.empty() ? ModelToolCall{} : completion.tool_calls.front();
  };
  const ModelToolCall object =
      first_call(R"("tool_calls":[{"function":{"name":"query","arguments":{"sql":"SELECT 1"}}}])");
  EXPECT_EQ(object.arguments, R"({"sql":"SELECT 1"})");
  EXPECT_EQ(object.id, "call_0");
  EXPECT_EQ(first_call(R"("function_call":{"name":"answer","arguments":"{}"})").name, "answer");
  EXPECT_EQ(first_call(R"("tool_calls":[{"name":"answer","arguments":{}}])").name, "answer");
  EXPECT_EQ(first_call(R"("tool_calls":[{"index":1,"function":{"name":"answer"}}])").name,
            "answer");
  EXPECT_TRUE(completion_of(message(R"("tool_calls":[{"index":-1,"function":{"name":"x"}},7])"))
                  .tool_calls.empty());
}

TEST(ModelJson, ThoughtsComeApart) {
  for (const std::string name : {"reasoning", "reasoning_content"}) {
    const Result<ModelReply> reply =
        read_model_reply(message("\"content\":\"A 4\",\"" + name + "\":\"Four.\""));
    EXPECT_EQ(reply->completion.text, "A 4");
    EXPECT_EQ(reply->thoughts, "Four.");
  }
  EXPECT_EQ(read_model_reply(message(R"("content":"A 4","reasoning":null)"))->thoughts, "");
  EXPECT_EQ(read_model_reply(message(R"("reasoning":"a","reasoning_content":"a")"))->thoughts, "a");
  EXPECT_EQ(read_model_reply("data: {\"choices\":[{\"delta\":{\"reasoning\":\"Fo\"}}]}\n"
                             "data: {\"choices\":[{\"delta\":{\"reasoning\":\"ur.\"}}]}\n")
                ->thoughts,
            "Four.");
}

TEST(ModelJson, CountsTokens) {
  const Result<ModelReply> reply = read_model_reply(
      R"({"choices":[{"text":"A 1"}],"usage":{"prompt_tokens":31,"completion_tokens":4}})");
  EXPECT_EQ(reply->prompt_tokens, 31);
  EXPECT_EQ(reply->completion_tokens, 4);
}

TEST(ModelJson, JoinsRepliesThatAreStreamedThoughNotAskedFor) {
  const Result<ModelReply> reply = read_model_reply(
      "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"I \"}}]}\n\n"
      "data: {\"choices\":[{\"delta\":{\"content\":\"look.\",\"tool_calls\":[{\"index\":0,"
      "\"id\":\"c\",\"function\":{\"name\":\"query\",\"arguments\":\"{\\\"sql\\\":\"}}]}}]}\r\n\r\n"
      ": a comment\n"
      "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,"
      "\"function\":{\"arguments\":\"\\\"SELECT 1\\\"}\"}}]}}]}\n\n"
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n"
      "data: [DONE]\n");
  ASSERT_TRUE(reply.has_value());
  EXPECT_EQ(reply->completion.text, "I look.");
  ASSERT_EQ(reply->completion.tool_calls.size(), 1u);
  EXPECT_EQ(reply->completion.tool_calls[0].arguments, R"({"sql":"SELECT 1"})");
  EXPECT_EQ(reply->completion_tokens, 2);
}

TEST(ModelJson, SaysWhatCameInsteadOfACompletion) {
  const auto problem = [](const std::string& body) {
    const Result<ModelReply> reply = read_model_reply(body);
    EXPECT_FALSE(reply.has_value()) << body;
    if (reply) return std::string();
    EXPECT_EQ(reply.error().code, ErrorCode::kBadModelReply);
    return reply.error().message;
  };
  EXPECT_EQ(problem("  "), "The server sent an empty reply.");
  EXPECT_EQ(problem("<html>\x1b hello</html>"),
            "The server's reply is not a completion: <html>\\x1b hello</html>");
  EXPECT_EQ(problem(R"({"error":{"message":"no such model"}})"), "no such model");
  for (const char* none : {"null", "[]", "7", "{}", R"({"choices":[]})", R"({"choices":[null]})",
                           R"({"choices":{"a":1}})", R"({"choices":[{"message":7}]})"})
    EXPECT_NE(problem(none), "");
  EXPECT_LT(problem(std::string(100'000, 'x')).size(), 300u);
}

TEST(ModelJson, ReadsWhyAServerRefuses) {
  EXPECT_EQ(read_model_refusal(R"({"error":{"message":"bad key","type":"auth"}})"), "bad key");
  EXPECT_EQ(read_model_refusal(R"({"error":"no"})"), "no");
  EXPECT_EQ(read_model_refusal(R"({"detail":"Not Found"})"), "Not Found");
  EXPECT_EQ(read_model_refusal("<html>"), "");
}

TEST(ModelJson, CompletionsSurviveAFile) {
  const ModelCompletion completion{"I look.\n", {{"c", "query", R"({"sql":"SELECT 1"})"}}, true};
  const std::optional<ModelCompletion> again = parse_completion(completion_json(completion));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(completion_json(*again), completion_json(completion));
  EXPECT_EQ(again->tool_calls[0].name, "query");
  EXPECT_TRUE(again->cut);
  for (const char* none : {"", "[]", "{}", R"({"text":7})"}) EXPECT_FALSE(parse_completion(none));
}

}  // namespace
}  // namespace sqlenv
