#include "core/wire/task_api.h"

#include <gtest/gtest.h>

#include "core/episode/episode.h"
#include "core/wire/openapi.h"
#include "core/wire/schemas.h"

namespace sqlenv {
namespace {

Pack three_questions() {
  Pack pack;
  for (const char* split : {"train", "eval", "train"}) {
    Question& question = pack.questions.emplace_back();
    question.id = "q" + std::to_string(pack.questions.size());
    question.text = "How many?";
    question.gold_sql = "SELECT 'gold-marker'";
    question.split = split;
  }
  return pack;
}

TEST(TaskApi, ShowsQuestionsWithoutTheirGold) {
  const Pack pack = three_questions();
  EXPECT_EQ(environments_json(), R"(["sql_env"])");
  EXPECT_EQ(splits_json(pack),
            R"([{"name":"train","type":"train"},{"name":"eval","type":"validation"}])");
  const TaskReply all = task_reply(pack, TaskRoute::kTasks, R"({"split":"train"})");
  EXPECT_EQ(all.body,
            R"({"tasks":[{"question_id":"q1","question":"How many?","database":"","difficulty":"",)"
            R"("split":"train"},{"question_id":"q3","question":"How many?","database":"",)"
            R"("difficulty":"","split":"train"}],"env_name":"sql_env"})");
  EXPECT_EQ(task_reply(pack, TaskRoute::kNumTasks, R"({"split":"eval"})").body,
            R"({"num_tasks":1})");
}

TEST(TaskApi, Indices) {
  const Pack pack = three_questions();
  const auto task = [&](const char* index) {
    return task_reply(pack, TaskRoute::kTask,
                      R"({"split":"train","index":)" + std::string(index) + "}");
  };
  EXPECT_NE(task("1").body.find("q3"), std::string::npos);
  EXPECT_NE(task("0.0").body.find("q1"), std::string::npos);
  for (const char* index : {"2", "-1", "1e99", "18446744073709551615"})
    EXPECT_EQ(task(index).status, 400) << index;
  for (const char* index : {"\"0\"", "null", "0.5", "[]"})
    EXPECT_EQ(task(index).status, 422) << index;
  const auto range = [&](const std::string& more) {
    return task_reply(pack, TaskRoute::kTaskRange, R"({"split":"train")" + more + "}");
  };
  EXPECT_NE(range("").body.find("q3"), std::string::npos);
  EXPECT_EQ(range(R"(,"start":1,"stop":1)").body, R"({"tasks":[]})");
  EXPECT_EQ(range(R"(,"start":2,"stop":1)").body, R"({"tasks":[]})");
  EXPECT_EQ(range(R"(,"stop":1)").body.find("q3"), std::string::npos);
  EXPECT_EQ(range(R"(,"stop":3)").status, 400);
}

TEST(TaskApi, BadRequests) {
  const Pack pack = three_questions();
  for (const char* body :
       {"", "{", "null", "[]", "{}", R"({"split":1})", R"({"split":"train","x":1})"})
    EXPECT_EQ(task_reply(pack, TaskRoute::kTasks, body).status, 422) << body;
  const TaskReply unknown = task_reply(pack, TaskRoute::kTasks, R"({"split":"test"})");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_NE(unknown.body.find("train, eval"), std::string::npos);
}

TEST(Schemas, NameTheDefaultsOfAReset) {
  const ResetOptions defaults;
  for (const std::string& text :
       {"The reward preset; " + defaults.reward, "How answers are compared; " + defaults.verifier,
        "Steps before the episode ends by itself; " + std::to_string(defaults.step_budget)})
    EXPECT_NE(reset_options_schema().find(text + " if absent"), std::string_view::npos) << text;
}

TEST(OpenApi, HasTheControlRoutesInSimulationAlone) {
  for (const bool simulation : {true, false}) {
    const std::string text = openapi_json(simulation);
    EXPECT_EQ(text.find("\"/step\"") != std::string::npos, simulation);
    EXPECT_NE(text.find("\"/mcp\""), std::string::npos);
    EXPECT_NE(text.find(R"("version":"1.0.0")"), std::string::npos);
  }
  EXPECT_EQ(schema_json().find('\n'), std::string::npos);
}

}  // namespace
}  // namespace sqlenv
