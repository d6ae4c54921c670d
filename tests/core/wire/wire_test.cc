#include "core/wire/episode_json.h"
#include "core/wire/trajectory.h"

#include <gtest/gtest.h>

#include "core/wire/fast_step_parser.h"
#include "core/wire/log_json.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

std::string action_error(const std::string& json) {
  const Result<Action> action = parse_action(json);
  return action ? "ok" : action.error().to_string();
}

std::string reset_error(const std::string& json) {
  const Result<ResetRequest> request = parse_reset(json);
  return request ? "ok" : request.error().to_string();
}

TEST(ActionJson, ReadsActions) {
  EXPECT_EQ(*parse_action(R"({"action_type":"QUERY","argument":"SELECT 'é'"})"),
            (Action{"QUERY", "SELECT 'é'"}));
  EXPECT_EQ(*parse_action(R"({"argument":"\ud83d\ude42","action_type":"x","metadata":{"a":1}})"),
            (Action{"x", "🙂"}));
}

TEST(ActionJson, RefusesOtherJson) {
  EXPECT_EQ(action_error("{"), "BAD_JSON: this is not JSON.");
  EXPECT_EQ(action_error(""), "BAD_JSON: this is not JSON.");
  EXPECT_EQ(action_error("[]"), "BAD_JSON: an action is an object with action_type and argument.");
  EXPECT_EQ(action_error("{}"), "BAD_JSON: the action lacks action_type.");
  EXPECT_EQ(action_error(R"({"action_type":"QUERY"})"), "BAD_JSON: the action lacks argument.");
  EXPECT_EQ(action_error(R"({"action_type":1,"argument":""})"),
            "BAD_JSON: the action's action_type must be a text.");
  EXPECT_EQ(action_error(R"({"action_type":"QUERY","argument":"","sql":""})"),
            "BAD_JSON: an action has no member \"sql\".");
  EXPECT_EQ(action_error(std::string(100'000, '[')), "BAD_JSON: this is not JSON.");
  EXPECT_EQ(action_error("{\"action_type\":\"\xff\",\"argument\":\"\"}"),
            "BAD_JSON: this is not JSON.");
}

// The action that parse_fast_step() reads from `data`, if any.
std::optional<Action> plain(const std::string& data) {
  return parse_fast_step(R"({"type":"step","data":)" + data + "}");
}

TEST(FastStepParser, ReadsTheUsualForms) {
  const Action action{"QUERY", "SELECT \"a\\b\"\n/ 'é'\t\r\b\f\x7f"};
  EXPECT_EQ(plain(R"({"action_type":"QUERY","argument":"SELECT \"a\\b\"\n\/ 'é'\t\r\b\f)"
                  "\x7f\"}"),
            action);
  EXPECT_EQ(
      parse_fast_step("{\"data\" : {\n\"argument\": \"1\", \"metadata\": { },\t\"action_type\": "
                      "\"ANSWER\"} ,\r\"type\": \"step\"} "),
      (Action{"ANSWER", "1"}));
  EXPECT_EQ(plain(R"({"action_type":"","argument":""})"), (Action{"", ""}));
}

// Messages of another form, right or wrong, are left to the JSON parser.
TEST(FastStepParser, LeavesOtherFormsToTheJsonParser) {
  const char* kOthers[] = {R"({"action_type":"QUERY","argument":"\u0041"})",
                           R"({"action_type":"QUERY"})",
                           R"({"action_type":"QUERY","argument":1})",
                           R"({"action_type":"QUERY","argument":"1","argument":"2"})",
                           R"({"action_type":"QUERY","argument":"1","metadata":{"a":1}})",
                           R"({"action_type":"QUERY","argument":"1","metadata":null})",
                           R"({"action_type":"QUERY","argument":"1","other":"2"})",
                           R"({"action_type":"QUERY","argument":"1",})",
                           R"({"action_type":"QUERY","argument":"1"}})",
                           R"({"action_type":"QUERY","argument":"1\)",
                           R"({"action_type":"QUERY","argument":"\x"})",
                           R"({"action\u005ftype":"QUERY","argument":"1"})",
                           "{\"action_type\":\"QUERY\",\"argument\":\"\n\"}",
                           "{\"action_type\":\"QUERY\",\"argument\":\"\xff\"}",
                           "{\"action_type\":\"QUERY\",\"argument\":\"\xed\xa0\x80\"}",
                           "{}",
                           "[]",
                           ""};
  for (const char* data : kOthers) EXPECT_FALSE(plain(data)) << data;
  const std::string data = R"({"action_type":"SAMPLE","argument":"band"})";
  EXPECT_TRUE(plain(data));
  for (const std::string& message :
       {R"({"type":"state","data":)" + data + "}", R"({"type":"step","data":)" + data + "}x",
        R"({"type":"step","id":1,"data":)" + data + "}", R"({"data":)" + data + "}",
        R"({"type":"step"})" + data, std::string(R"({"type":"step"})")})
    EXPECT_FALSE(parse_fast_step(message)) << message;
}

// Tries every prefix of a message, and every message with one byte changed: what parse_fast_step()
// reads, the JSON parser reads too.
TEST(FastStepParser, ReadsNothingThatTheJsonParserRefuses) {
  const std::string data = R"({"action_type":"a\\b","argument": "\"é\n","metadata":{}})";
  int read = 0;
  const auto check = [&](const std::string& text) {
    const std::optional<Action> action = plain(text);
    if (!action) return;
    ++read;
    const Result<Action> any = parse_action(text);
    ASSERT_TRUE(any) << text;
    EXPECT_EQ(*any, *action) << text;
  };
  for (std::size_t at = 0; at <= data.size(); ++at) check(data.substr(0, at));
  for (std::size_t at = 0; at < data.size(); ++at)
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = data;
      changed[at] = static_cast<char>(byte);
      check(changed);
    }
  EXPECT_GT(read, 300);
}

TEST(ActionJson, RefusesObjectsOfTooManyMembers) {
  const auto with_metadata = [](int members) {
    std::string metadata = "\"0\":0";
    for (int i = 1; i < members; ++i) metadata += ",\"" + std::to_string(i) + "\":{\"a\":[{}]}";
    return action_error(R"({"action_type":"QUERY","argument":"","metadata":{)" + metadata + "}}");
  };
  EXPECT_EQ(with_metadata(1000), "ok");
  for (int members : {1001, 10'000, 1'000'000})
    EXPECT_EQ(with_metadata(members), "BAD_JSON: this is not JSON.") << members;
}

TEST(ResetJson, ReadsEveryOption) {
  const Result<ResetRequest> request = parse_reset(
      R"({"seed":18446744073709551615,"episode_id":"e","question_id":"q","database":"d",
          "difficulty":"easy","split":"train","pack":"p","step_budget":3,"reward":"v1",
          "verifier":"strict"})");
  ASSERT_TRUE(request.has_value()) << request.error().to_string();
  EXPECT_EQ(request->options.seed, 18446744073709551615ULL);
  EXPECT_TRUE(request->has_seed);
  EXPECT_EQ(request->episode_id, "e");
  EXPECT_EQ(request->options.filter.question_id, "q");
  EXPECT_EQ(request->options.filter.database, "d");
  EXPECT_EQ(request->options.step_budget, 3);
  EXPECT_EQ(request->options.reward, "v1");
}

TEST(ResetJson, NothingIsTheDefault) {
  for (const char* json : {"", "  ", "{}", R"({"seed":null,"database":null})"}) {
    const Result<ResetRequest> request = parse_reset(json);
    ASSERT_TRUE(request.has_value()) << json;
    EXPECT_FALSE(request->has_seed);
    EXPECT_EQ(request->options.step_budget, 15);
  }
}

TEST(ResetJson, RefusesWithTheNameOfTheOption) {
  EXPECT_EQ(reset_error("[]"), "BAD_JSON: the reset options must be an object.");
  EXPECT_EQ(reset_error("{"), "BAD_JSON: this is not JSON.");
  for (const char* seed : {"-1", "1.5", "\"7\"", "true", "[]", "1e400"})
    EXPECT_NE(reset_error(std::string("{\"seed\":") + seed + "}"), "ok") << seed;
  EXPECT_EQ(reset_error(R"({"step_budget":0})"),
            "BAD_OPTION: the option step_budget must be a whole number from 1 to 1000.");
  EXPECT_EQ(reset_error(R"({"database":5})"), "BAD_OPTION: the option database must be a text.");
  EXPECT_EQ(reset_error(R"({"databse":"x"})").substr(0, 44),
            "BAD_OPTION: there is no option \"databse\". Kn");
  EXPECT_NE(reset_error("{\"episode_id\":\"" + std::string(256, 'x') + "\"}"), "ok");
}

// The exact bytes of a short episode. Changing them changes the format.
StepResult result_of(const std::string& text) {
  StepResult result;
  result.observation.result = text;
  return result;
}

TEST(StepJson, ExactBytes) {
  StepResult result = result_of("a | \"b\"\n\\ é\t\x01\x7f\xff");
  result.observation.question = "How many?\n\"\\";
  result.set_error({ErrorCode::kSyntax, "near \"x\""});
  result.observation.step_count = 2;
  result.observation.budget_remaining = 13;
  result.observation.action_history = {"QUERY \"a\"", "é"};
  result.reward = -0.02;
  EXPECT_EQ(step_json(result),
            "{\"observation\":{\"question\":\"How many?\\n\\\"\\\\\",\"schema_info\":\"\","
            "\"result\":\"a | \\\"b\\\"\\n\\\\ é\\t\\u0001\x7f\xEF\xBF\xBD\","
            "\"error\":\"SYNTAX: near \\\"x\\\"\",\"step_count\":2,\"budget_remaining\":13,"
            "\"action_history\":[\"QUERY \\\"a\\\"\",\"é\"]},\"reward\":-0.02,\"done\":false}");
  EXPECT_TRUE(step_json(result_of(""))
                  .starts_with(
                      R"({"observation":{"question":"","schema_info":"","result":"","error":"",)"));
}

// Tries every byte, valid or not, at every place of eight.
TEST(StepJson, TextsAreWrittenLikeByTheJsonWriter) {
  for (int byte = 0; byte < 256; ++byte)
    for (std::size_t at = 0; at < 15; ++at)
      for (const char* around :
           {"a plain text of words", "a \"quoted\"\ntext", "é and ü and 日本"}) {
        StepResult result;
        result.observation.question = around;
        result.observation.question.insert(at, 1, static_cast<char>(byte));
        const std::string written = fields_json({{"question", result.observation.question}});
        const std::string expected = R"({"observation":)" + written.substr(0, written.size() - 1);
        ASSERT_EQ(step_json(result).substr(0, expected.size()), expected) << byte << " " << at;
      }
}

TEST(TrajectoryJson, ExactBytes) {
  Environment environment(test::small_catalog());
  ResetOptions options;
  options.seed = 5;
  options.filter.question_id = "zoo_train_001";
  Result<Episode> episode = environment.reset(options);
  episode->step({"QUERY", "SELECT count(*) FROM keeper"});
  episode->step({"ANSWER", "4"});
  const std::string digest = episode->task().pack->digest;
  EXPECT_EQ(
      trajectory_jsonl(*episode),
      R"x({"format":"sqlenv-trajectory/1","core":")x" SQLENV_VERSION
      R"x(","pack":"small","pack_digest":")x" +
          digest +
          R"x(","question_id":"zoo_train_001","seed":5,"options":{"step_budget":15,"reward":"v3","verifier":"strict"},)x"
          R"x("observation":{"question":"How many animals are there?","schema_info":"Tables: animal, keeper, feeding, heavy",)x"
          R"x("result":"","error":"","step_count":0,"budget_remaining":15,"action_history":[]}})x"
          "\n"
          R"x({"step":1,"action":{"action_type":"QUERY","argument":"SELECT count(*) FROM keeper"},)x"
          R"x("observation":{"question":"How many animals are there?","schema_info":"Tables: animal, keeper, feeding, heavy",)x"
          R"x("result":"count(*)\n2\n(1 row)","error":"","step_count":1,"budget_remaining":14,)x"
          R"x("action_history":["QUERY SELECT count(*) FROM keeper -> ok"]},"reward":0.0425,)x"
          R"x("terms":{"executed":0.015,"new_information":0.01,"repeat":0.0,"step_cost":-0.02,"progress":0.0375,"clip":0.0,"terminal":0.0},"done":false})x"
          "\n"
          R"x({"step":2,"action":{"action_type":"ANSWER","argument":"4"},)x"
          R"x("observation":{"question":"How many animals are there?","schema_info":"Tables: animal, keeper, feeding, heavy",)x"
          R"x("result":"Correct (MATCH). Every row matches.","error":"","step_count":2,"budget_remaining":13,)x"
          R"x("action_history":["QUERY SELECT count(*) FROM keeper -> ok","ANSWER 4 -> ok"]},"reward":1.0,)x"
          R"x("terms":{"executed":0.0,"new_information":0.0,"repeat":0.0,"step_cost":0.0,"progress":0.0,"clip":0.0,"terminal":1.0},"done":true})x"
          "\n"
          R"x({"done":true,"verdict":{"correct":true,"reason":"MATCH"},"steps":2,"total_reward":1.0425})x"
          "\n");
}

}  // namespace
}  // namespace sqlenv
