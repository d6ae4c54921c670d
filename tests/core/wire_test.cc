#include "core/wire/episode_json.h"
#include "core/wire/trajectory.h"

#include <gtest/gtest.h>

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

TEST(ActionJson, RefusesWhatIsNone) {
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

// Adding a member takes as long as the object is large: without a limit this would take minutes.
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

// The exact bytes of a short episode: whoever changes them changes the format.
StepResult said(const std::string& text) {
  StepResult result;
  result.observation.result = text;
  return result;
}

TEST(StepJson, ExactBytes) {
  StepResult result = said("a | \"b\"\n\\ é\t\x01\x7f\xff");
  result.observation.question = "How many?\n\"\\";
  result.observation.error = "SYNTAX: near \"x\"";
  result.observation.step_count = 2;
  result.observation.budget_remaining = 13;
  result.observation.action_history = {"QUERY \"a\"", "é"};
  result.reward = -0.02;
  EXPECT_EQ(step_json(result),
            "{\"observation\":{\"question\":\"How many?\\n\\\"\\\\\",\"schema_info\":\"\","
            "\"result\":\"a | \\\"b\\\"\\n\\\\ é\\t\\u0001\x7f\xEF\xBF\xBD\","
            "\"error\":\"SYNTAX: near \\\"x\\\"\",\"step_count\":2,\"budget_remaining\":13,"
            "\"action_history\":[\"QUERY \\\"a\\\"\",\"é\"]},\"reward\":-0.02,\"done\":false}");
  EXPECT_TRUE(step_json(said("")).starts_with(
      R"({"observation":{"question":"","schema_info":"","result":"","error":"",)"));
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
          R"x(","question_id":"zoo_train_001","seed":5,"options":{"step_budget":15,"reward":"v2","verifier":"strict"},)x"
          R"x("observation":{"question":"How many animals are there?","schema_info":"Tables: animal, keeper, feeding, heavy",)x"
          R"x("result":"","error":"","step_count":0,"budget_remaining":15,"action_history":[]}})x"
          "\n"
          R"x({"step":1,"action":{"action_type":"QUERY","argument":"SELECT count(*) FROM keeper"},)x"
          R"x("observation":{"question":"How many animals are there?","schema_info":"Tables: animal, keeper, feeding, heavy",)x"
          R"x("result":"count(*)\n2\n(1 row)","error":"","step_count":1,"budget_remaining":14,)x"
          R"x("action_history":["QUERY SELECT count(*) FROM keeper -> ok"]},"reward":0.0475,)x"
          R"x("terms":{"executed":0.02,"new_information":0.01,"repeat":0.0,"step_cost":-0.02,"progress":0.0375,"clip":0.0,"terminal":0.0},"done":false})x"
          "\n"
          R"x({"step":2,"action":{"action_type":"ANSWER","argument":"4"},)x"
          R"x("observation":{"question":"How many animals are there?","schema_info":"Tables: animal, keeper, feeding, heavy",)x"
          R"x("result":"Correct (MATCH). Every row matches.","error":"","step_count":2,"budget_remaining":13,)x"
          R"x("action_history":["QUERY SELECT count(*) FROM keeper -> ok","ANSWER 4 -> ok"]},"reward":1.0,)x"
          R"x("terms":{"executed":0.0,"new_information":0.0,"repeat":0.0,"step_cost":0.0,"progress":0.0,"clip":0.0,"terminal":1.0},"done":true})x"
          "\n"
          R"x({"done":true,"verdict":{"correct":true,"reason":"MATCH"},"steps":2,"total_reward":1.0475})x"
          "\n");
}

}  // namespace
}  // namespace sqlenv
