#include "core/agent/agent_episode.h"

#include <gtest/gtest.h>

#include "core/agent/compact_text.h"
#include "core/agent/grammar.h"
#include "core/agent/last_result.h"
#include "core/policy/evaluate.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

Observation observed(std::string result, std::string error = "", int left = 9) {
  Observation observation;
  observation.schema_info = "Tables: pet, order items";
  observation.result = std::move(result);
  observation.error = std::move(error);
  observation.budget_remaining = left;
  return observation;
}

TEST(DialectTest, HasNamesWithVersions) {
  EXPECT_EQ(dialect_name(Dialect::kCompact), "compact");
  EXPECT_EQ(dialect_version(Dialect::kChat), "chat/1");
  EXPECT_EQ(find_dialect("compact"), Dialect::kCompact);
  EXPECT_EQ(find_dialect("chat/1"), Dialect::kChat);
  EXPECT_FALSE(find_dialect("chat/9"));
  EXPECT_FALSE(find_dialect(""));
}

TEST(CompactTextTest, OpensWithQuestionAndTables) {
  Observation first = observed("");
  first.question = "How many\npets?";
  EXPECT_EQ(compact_opening(first), "How many pets?\npet \"order items\"\n");
}

TEST(CompactTextTest, WritesATableAsALine) {
  const Observation seen = observed(
      "Table pet (3 rows)\n  pet_id INTEGER PRIMARY KEY\n  species_id INTEGER NOT NULL\n"
      "  owner INTEGER\n  order TEXT\n"
      "  FOREIGN KEY species_id -> species(species_id)\n  FOREIGN KEY owner -> person(id)");
  EXPECT_EQ(compact_observation({"describe", "pet"}, seen),
            "pet(pet_id*, species_id>species, owner>person.id, \"order\")\n");
}

TEST(CompactTextTest, CutsWideTablesAtAColumn) {
  std::string result = "Table pet (3 rows)";
  for (int i = 100; i < 400; ++i)
    result.append("\n  column_").append(std::to_string(i)).append(" TEXT");
  const std::string line = compact_observation({"DESCRIBE", "pet"}, observed(result));
  EXPECT_LT(line.size(), 700u);
  EXPECT_NE(line.find(", …+"), std::string::npos);
}

TEST(CompactTextTest, ShowsAFewRowsAndCountsTheRest) {
  EXPECT_EQ(compact_observation({"QUERY", ""}, observed("n\n9\n(1 row)")), "= 9\n");
  EXPECT_EQ(compact_observation({"QUERY", ""}, observed("n\n(0 rows)")), "= (0 rows)\n");
  EXPECT_EQ(compact_observation({"SAMPLE", ""},
                                observed("a | b\n1 | x\n2 | y\n3 | z\n4 | w\n(4 of 9 rows shown)")),
            "= 1 | x\n= 2 | y\n= 3 | z\n= (4 of 9 rows shown)\n");
}

TEST(CompactTextTest, ShowsErrorsAndTheLastStep) {
  EXPECT_EQ(compact_observation({"QUERY", "x"}, observed("", "SYNTAX: near \"x\"")),
            "! SYNTAX: near \"x\"\n");
  EXPECT_EQ(compact_observation({"QUERY", "x"}, observed("n\n9\n(1 row)", "", 1)),
            "= 9\n! last step: only A is left\n");
  EXPECT_EQ(compact_observation({"ANSWER", "9"}, observed("")), "");
  EXPECT_EQ(compact_observation({"ANSWER", " "}, observed("", "BLANK_ARGUMENT: what?")),
            "! BLANK_ARGUMENT: what?\n");
  const std::string cut = compact_error(std::string(50, 'a') + " " + std::string(100, 'b'));
  EXPECT_EQ(cut, "! " + std::string(50, 'a') + "…\n");
}

TEST(LastResultTest, GivesTheRowsAsShown) {
  EXPECT_EQ(answer_from_result("n\n9\n(1 row)"), "9");
  EXPECT_EQ(answer_from_result("n\n(0 rows)"), "[]");
  EXPECT_EQ(answer_from_result("a | b\n1 | x\n007 | NULL\n(2 of 9 rows shown)"),
            "1 | x\n007 | NULL");
  EXPECT_FALSE(answer_from_result("Table pet (3 rows)\n  a TEXT"));
  EXPECT_FALSE(answer_from_result("Table pet (3 rows)"));
  EXPECT_FALSE(answer_from_result(""));
}

TEST(GrammarTest, AllowsTheListedTablesOnly) {
  Observation first;
  first.schema_info = "Tables: pet, a \"b\"\npet(x)";
  EXPECT_EQ(compact_grammar(AgentEpisode(Dialect::kCompact, first).tables()),
            "root ::= (look | query | answer) \"\\n\"\n"
            "look ::= (\"D \" | \"S \") table\n"
            "table ::= \"pet\" | \"\\\"a \\\"\\\"b\\\"\\\"\\\"\"\n"
            "query ::= \"Q \" (\"SELECT \" | \"WITH \" | \"VALUES \") line\n"
            "answer ::= \"A \" (\"=\" | line)\n"
            "line ::= [^\\r\\n]+\n");
  EXPECT_EQ(compact_grammar(AgentEpisode(Dialect::kCompact, Observation{}).tables()).find("look"),
            std::string::npos);
}

// Plays a scripted model through a real episode.
std::string play(Dialect dialect, const std::vector<std::string>& completions, Episode& episode) {
  AgentEpisode agent(dialect, episode.first().observation);
  for (const std::string& text : completions) {
    const ModelCompletion completion{text, {}, false};
    const ReadCompletion read = agent.read(completion);
    agent.add(completion, read, episode.step(read.action).observation);
  }
  if (dialect == Dialect::kCompact) return agent.prompt();
  std::string out;
  for (const ChatMessage& message : agent.messages())
    out.append(message.role).append(": ").append(message.content).append("\n");
  return out;
}

class AgentEpisodeTest : public ::testing::Test {
 protected:
  Episode start() {
    ResetOptions options;
    options.filter.question_id = "pets_1_train_001";
    return std::move(*environment_.reset(options));
  }

  std::shared_ptr<const Catalog> catalog_ = test::starter_catalog();
  Environment environment_{catalog_};
};

TEST_F(AgentEpisodeTest, PlaysAnEpisodeInTheCompactDialect) {
  Episode episode = start();
  const std::string text = play(Dialect::kCompact,
                                {"D pet", "What now?", " \n", "D animal",
                                 "Q SELECT count(*) FROM pet WHERE died_on IS NOT NULL", "A ="},
                                episode);
  EXPECT_EQ(text.substr(0, text.find('\n')), episode.first().observation.question);
  EXPECT_NE(text.find("\nD pet\npet(pet_id*, "), std::string::npos) << text;
  EXPECT_NE(text.find("\nWhat now?\n! UNREADABLE: your text holds no action; write one line"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("Q query or A answer\n! UNREADABLE: your text is empty; write one line"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\nD animal\n! NO_SUCH_TABLE: "), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("IS NOT NULL\n= 9\nA 9\n")) << text;
  ASSERT_TRUE(episode.verdict());
  EXPECT_TRUE(episode.verdict()->correct);
  EXPECT_EQ(episode.step_count(), 6);
}

TEST_F(AgentEpisodeTest, PlaysAnEpisodeInTheChatDialect) {
  Episode episode = start();
  const std::string text =
      play(Dialect::kChat,
           {"I look first. {\"action_type\": \"DESCRIBE\", \"argument\": \"pet\"}",
            "```sql\nSELECT count(*) FROM pet WHERE died_on IS NOT NULL\n```", "ANSWER: 9"},
           episode);
  EXPECT_NE(text.find("user: Question: " + episode.first().observation.question + "\n\nTables: "),
            std::string::npos);
  EXPECT_NE(text.find("user: Table pet ("), std::string::npos) << text;
  EXPECT_NE(text.find("\n\nSteps left: 14."), std::string::npos) << text;
  EXPECT_TRUE(episode.verdict()->correct);
}

TEST_F(AgentEpisodeTest, AnswersToolCallsWithToolMessages) {
  Episode episode = start();
  AgentEpisode agent(Dialect::kChat, episode.first().observation);
  const ModelCompletion completion{
      "",
      {{"c1", "describe", R"({"table":"pet"})"}, {"c2", "sample", R"({"table":"pet"})"}},
      false};
  const ReadCompletion read = agent.read(completion);
  EXPECT_TRUE(read.several);
  agent.add(completion, read, episode.step(read.action).observation);
  ASSERT_EQ(agent.messages().size(), 4u);
  ASSERT_EQ(agent.messages()[2].tool_calls.size(), 1u);
  EXPECT_EQ(agent.messages()[3].role, "tool");
  EXPECT_EQ(agent.messages()[3].tool_call_id, "c1");
}

// A model that writes the gold query and answers with its result, for all that can be shown.
TEST_F(AgentEpisodeTest, GoldPlayInTheCompactDialectWinsWhatIsShownWhole) {
  std::size_t won = 0, shown = 0, bytes = 0, episodes = 0;
  const auto plan = plan_evaluation(*catalog_, EvaluateOptions());
  for (const PlannedEpisode& planned : *plan) {
    ResetOptions reset;
    reset.filter.question_id = planned.task.question->id;
    Episode episode = std::move(*environment_.reset(reset));
    const std::string sql = planned.task.question->gold_sql;
    const std::string text = play(Dialect::kCompact, {"Q " + sql, "A ="}, episode);
    ASSERT_TRUE(episode.verdict()) << sql;
    const std::string& result = episode.steps()[0].result.observation.result;
    const bool whole = result.find(" rows shown)") == std::string::npos;
    shown += whole ? 1 : 0;
    won += whole && episode.verdict()->correct ? 1 : 0;
    bytes += text.size();
    ++episodes;
  }
  EXPECT_EQ(episodes, 500u);
  EXPECT_EQ(won, shown);
  EXPECT_GE(shown, 480u);
  EXPECT_LT(bytes / episodes, 1000u);
}

}  // namespace
}  // namespace sqlenv
