#include "core/episode/episode.h"

#include <gtest/gtest.h>

#include "core/wire/episode_json.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

Result<Episode> start(Environment& environment, const std::string& question,
                      const std::string& reward = "v2", int budget = 15) {
  ResetOptions options;
  options.filter.question_id = question;
  options.reward = reward;
  options.step_budget = budget;
  return environment.reset(options);
}

class EpisodeTest : public testing::Test {
 protected:
  Environment environment_{test::small_catalog()};
};

TEST_F(EpisodeTest, ResetShowsTablesAndNothingMore) {
  const Result<Episode> episode = start(environment_, "zoo_train_001");
  ASSERT_TRUE(episode.has_value());
  const StepResult& first = episode->first();
  EXPECT_EQ(first.observation.question, "How many animals are there?");
  EXPECT_EQ(first.observation.schema_info, "Tables: animal, keeper, feeding, heavy");
  EXPECT_EQ(first.observation.budget_remaining, 15);
  EXPECT_EQ(first.reward, std::nullopt);
  EXPECT_FALSE(first.done);
}

TEST_F(EpisodeTest, AWholeEpisode) {
  Result<Episode> episode = start(environment_, "zoo_train_001");
  const StepResult described = episode->step({"describe", " ANIMAL "});
  EXPECT_EQ(described.reward, 0.0);
  EXPECT_NE(described.observation.schema_info.find("animal(animal_id INTEGER"), std::string::npos);
  const StepResult sampled = episode->step({"Sample", "keeper"});
  EXPECT_EQ(sampled.observation.result,
            "keeper_id | full_name\n1 | Zoë Ångström\n2 | Otto\n(2 rows)");
  const StepResult queried = episode->step({"QUERY", "SELECT count(*) FROM animal"});
  EXPECT_EQ(queried.reward, 0.15);
  EXPECT_EQ(queried.terms.clip, -10'000);
  const StepResult answered = episode->step({"ANSWER", "4"});
  EXPECT_TRUE(answered.done);
  EXPECT_EQ(answered.reward, 1.0);
  EXPECT_EQ(to_double(episode->total_reward()), 1.15);
  ASSERT_TRUE(episode->verdict().has_value());
  EXPECT_TRUE(episode->verdict()->correct);
  EXPECT_EQ(
      answered.observation.action_history,
      (std::vector<std::string>{"describe ANIMAL -> ok", "Sample keeper -> ok",
                                "QUERY SELECT count(*) FROM animal -> ok", "ANSWER 4 -> ok"}));
}

TEST_F(EpisodeTest, TheChosenVerifierJudges) {
  for (const auto& [mode, correct] :
       {std::pair("strict", false), std::pair("spider", false), std::pair("sqlenv", true)}) {
    ResetOptions options;
    options.filter.question_id = "zoo_train_001";
    options.verifier = mode;
    Result<Episode> episode = environment_.reset(options);
    ASSERT_TRUE(episode.has_value());
    episode->step({"ANSWER", "4.9"});  // the original cuts it to 4
    EXPECT_EQ(episode->verdict()->correct, correct) << mode;
  }
}

TEST_F(EpisodeTest, WrongAnswerEndsWithNothing) {
  Result<Episode> episode = start(environment_, "zoo_train_001");
  const StepResult result = episode->step({"ANSWER", "5"});
  EXPECT_TRUE(result.done);
  EXPECT_EQ(result.reward, 0.0);
  EXPECT_EQ(episode->verdict()->reason, Reason::kValue);
}

TEST_F(EpisodeTest, AMessageNamesOnlyColumnsThatTheAgentHasSeen) {
  const std::string unknown = "NO_SUCH_COLUMN: there is no column \"nme\" here.";
  const std::string advice = " DESCRIBE a table to see its columns.";
  for (const char* look : {"DESCRIBE", "SAMPLE"}) {
    Result<Episode> episode = start(environment_, "zoo_train_001");
    const auto error = [&] {
      return episode->step({"QUERY", "SELECT nme FROM animal"}).observation.error;
    };
    EXPECT_EQ(error(), unknown + advice);
    episode->step({look, "feeding"});
    EXPECT_EQ(error(), unknown + advice);
    episode->step({look, "animal"});
    EXPECT_EQ(error(), unknown + " Did you mean \"name\"?" + advice);
  }
}

TEST_F(EpisodeTest, BadActionsAreAnsweredAndSpendAStep) {
  Result<Episode> episode = start(environment_, "zoo_train_001");
  const struct {
    Action action;
    const char* error;
  } cases[] = {
      {{"JUMP", "x"},
       "UNKNOWN_ACTION: there is no action \"JUMP\". Use DESCRIBE, SAMPLE, QUERY or ANSWER."},
      {{"", ""}, "UNKNOWN_ACTION: there is no action \"\". Use DESCRIBE, SAMPLE, QUERY or ANSWER."},
      {{"DESCRIBE", "  "},
       "BLANK_ARGUMENT: DESCRIBE needs a table. Tables: animal, keeper, feeding, heavy."},
      {{"SAMPLE", "anmal"},
       "NO_SUCH_TABLE: there is no table \"anmal\". Did you mean animal? "
       "Tables: animal, keeper, feeding, heavy."},
      {{"ANSWER", " "}, "BLANK_ARGUMENT: ANSWER needs the answer as its argument."},
      {{"QUERY", ""}, "BLANK_ARGUMENT: QUERY needs one SELECT statement as its argument."},
  };
  int spent = 0;
  for (const auto& one : cases) {
    const StepResult result = episode->step(one.action);
    EXPECT_EQ(result.observation.error, one.error);
    EXPECT_EQ(result.observation.result, "");
    EXPECT_FALSE(result.done);
    EXPECT_EQ(result.reward, -0.02);
    EXPECT_EQ(result.observation.step_count, ++spent);
  }
  EXPECT_EQ(episode->step({"ANSWER", "4"}).reward, 1.0);
}

TEST_F(EpisodeTest, TheBudgetEndsTheEpisodeWithoutReward) {
  Result<Episode> episode = start(environment_, "zoo_train_001", "v2", 2);
  EXPECT_FALSE(episode->step({"DESCRIBE", "animal"}).done);
  const StepResult last = episode->step({"QUERY", "SELECT count(*) FROM animal"});
  EXPECT_TRUE(last.done);
  EXPECT_EQ(last.reward, 0.0);
  EXPECT_EQ(last.observation.budget_remaining, 0);
  EXPECT_EQ(episode->verdict(), std::nullopt);
}

TEST_F(EpisodeTest, AnswerOnTheLastStepCounts) {
  Result<Episode> episode = start(environment_, "zoo_train_001", "v2", 1);
  EXPECT_EQ(episode->step({"ANSWER", "4"}).reward, 1.0);
}

TEST_F(EpisodeTest, NothingHappensAfterTheEnd) {
  Result<Episode> episode = start(environment_, "zoo_train_001");
  episode->step({"ANSWER", "4"});
  const std::string before = trajectory_jsonl(*episode);
  const StepResult over = episode->step({"QUERY", "SELECT 1"});
  EXPECT_EQ(over.observation.error, "EPISODE_OVER: the episode is over; reset to start another.");
  EXPECT_TRUE(over.done);
  EXPECT_EQ(trajectory_jsonl(*episode), before);
}

TEST_F(EpisodeTest, RepeatsAreRecognisedWhateverTheirSpelling) {
  Result<Episode> episode = start(environment_, "zoo_train_001");
  EXPECT_EQ(episode->step({"DESCRIBE", "animal"}).terms.repeat, 0);
  EXPECT_EQ(episode->step({"describe", "\"ANIMAL\""}).terms.repeat, -30'000);
  EXPECT_EQ(episode->step({"QUERY", "SELECT 1"}).terms.repeat, 0);
  EXPECT_EQ(episode->step({"QUERY", " SELECT\n 1 ; "}).terms.repeat, -30'000);
  EXPECT_EQ(episode->step({"QUERY", "SELECT 1 AS one"}).terms.new_information, 10'000);
}

TEST_F(EpisodeTest, AStatementIsRecognisedByItsTokens) {
  const struct {
    const char* once;
    const char* again;
    bool same;
  } cases[] = {
      {"SELECT name FROM animal", "select NAME from\tAnimal;;", true},
      {"SELECT name FROM animal", "SELECT/**/name FROM animal -- x\n;/* y */", true},
      {"SELECT name FROM animal", "SELECT name--\n\n FROM animal /* never ends", true},
      {"SELECT 1e3, 0xAB", "SELECT 1E3 ,0xab", true},
      {"SELECT weight>=1 FROM animal", "SELECT weight >= 1 FROM animal", true},
      {"SELECT weight >= 1 FROM animal", "SELECT weight > = 1 FROM animal", false},
      {"SELECT 'a b'", "SELECT 'a  b'", false},
      {"SELECT 'a'", "SELECT 'A'", false},
      {"SELECT 'it''s'", "SELECT 'it' 's'", false},
      {"SELECT '/**/'", "SELECT ''", false},
      {"SELECT \"name\" FROM animal", "SELECT name FROM animal", false},
      {"SELECT 1 - -1", "SELECT 1--1", false},
      {"SELECT 11", "SELECT 1 1", false},
      {"SELECT 1 <> 2", "SELECT 1 < > 2", false},
  };
  for (const auto& one : cases) {
    Result<Episode> episode = start(environment_, "zoo_train_001");
    episode->step({"QUERY", one.once});
    EXPECT_EQ(episode->step({"QUERY", one.again}).terms.repeat, one.same ? -30'000 : 0)
        << one.once << " | " << one.again;
  }
}

TEST_F(EpisodeTest, OptionsAreChecked) {
  const auto error = [&](auto change) {
    ResetOptions options;
    change(options);
    const Result<Episode> episode = environment_.reset(options);
    return episode ? "ok" : episode.error().to_string();
  };
  EXPECT_EQ(error([](ResetOptions&) {}), "ok");
  EXPECT_EQ(error([](ResetOptions& o) { o.step_budget = 0; }),
            "BAD_OPTION: step_budget must be from 1 to 1000.");
  EXPECT_EQ(
      error([](ResetOptions& o) { o.reward = "v9"; }),
      "BAD_OPTION: there is no reward preset of that name. Known: v3, v2, v1.5, v1, potential.");
  EXPECT_EQ(
      error([](ResetOptions& o) { o.verifier = "lax"; }),
      "BAD_OPTION: there is no verifier mode of that name. Known: strict, sqlenv, spider, bird.");
  EXPECT_EQ(error([](ResetOptions& o) { o.filter.database = "zo"; }),
            "BAD_OPTION: there is no database \"zo\". Did you mean \"zoo\"? Known: zoo.");
  EXPECT_EQ(error([](ResetOptions& o) { o.filter.pack = "big"; }),
            "BAD_OPTION: there is no pack \"big\". Known: small.");
  EXPECT_EQ(error([](ResetOptions& o) {
              o.filter.question_id = "zoo_train_001";
              o.filter.split = "eval";
            }),
            "BAD_OPTION: no question of the pack small matches this combination of database, "
            "difficulty, split and question_id.");
}

TEST_F(EpisodeTest, SeedsReachEveryQuestionAndRepeat) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    ResetOptions options;
    options.seed = seed;
    const Result<Episode> once = environment_.reset(options);
    const Result<Episode> again = environment_.reset(options);
    EXPECT_EQ(once->task().question, again->task().question);
    seen.insert(once->task().question->id);
  }
  EXPECT_EQ(seen.size(), 4u);
}

// A face that runs its queries in pieces records the same bytes.
TEST_F(EpisodeTest, StepsInPiecesAreTheSameSteps) {
  const Action actions[] = {
      {"DESCRIBE", "animal"},
      {"query", "SELECT a.name FROM animal a, animal b, animal c, animal d, animal e"},
      {"QUERY", "SELECT nothing FROM animal"},
      {"QUERY", " "},
      {"QUERY",
       "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t"},
      {"QUERY", "SELECT '\xff' FROM animal"},
      {"JUMP", "animal"},
      {"ANSWER", "4"}};
  environment_.query_limits().max_operations = 300'000;
  Result<Episode> whole = start(environment_, "zoo_train_001");
  Result<Episode> pieces = start(environment_, "zoo_train_001");
  std::size_t waits = 0;
  for (const Action& action : actions) {
    whole->step(action);
    PendingStep step = pieces->begin(action);
    while (step.go_on(5'000)) ++waits;
    pieces->finish(std::move(step));
  }
  EXPECT_GT(waits, 40u);
  EXPECT_EQ(trajectory_jsonl(*whole), trajectory_jsonl(*pieces));
  PendingStep late = pieces->begin(actions[1]);
  EXPECT_FALSE(late.go_on(1));
  EXPECT_EQ(pieces->finish(std::move(late)).error->code, ErrorCode::kEpisodeOver);
}

TEST_F(EpisodeTest, AStepWithinABudgetIsTheSameStepOrNone) {
  const std::string endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) SELECT count(*) "
      "FROM n";
  Result<Episode> within = start(environment_, "zoo_train_001");
  Result<Episode> whole = start(environment_, "zoo_train_001");
  for (const Action& action : std::vector<Action>{{"DESCRIBE", "animal"},
                                                  {"SAMPLE", "keeper"},
                                                  {"QUERY", "SELECT 1"},
                                                  {"QUERY", endless},
                                                  {"QUERY", "SELEC"},
                                                  {"QUERY", " "},
                                                  {"FLY", "x"},
                                                  {"ANSWER", std::string(100'000, '4')},
                                                  {"ANSWER", "4"},
                                                  {"QUERY", "SELECT 1"}}) {
    const bool is_long = action.argument == endless || action.argument.size() > 50'000;
    const std::optional<StepResult> result = within->step_within(action, 10'000);
    EXPECT_EQ(result.has_value(), !is_long) << action.argument.substr(0, 50);
    if (!result) {
      EXPECT_EQ(within->step_count(), whole->step_count());
      if (action.action_type == "ANSWER") continue;
      EXPECT_EQ(step_json(within->step(action)), step_json(whole->step(action)));
    } else {
      EXPECT_EQ(step_json(*result), step_json(whole->step(action)));
    }
  }
  EXPECT_EQ(trajectory_jsonl(*within), trajectory_jsonl(*whole));
}

TEST_F(EpisodeTest, APendingStepIsGivenUpOrFinishedAtAnyTime) {
  const Action action = {"QUERY", "SELECT count(*) FROM animal a, animal b, animal c, animal d"};
  Result<Episode> episode = start(environment_, "zoo_train_001");
  {
    PendingStep step = episode->begin(action);
    EXPECT_EQ(step.action(), action);
  }
  EXPECT_EQ(episode->step_count(), 0);
  Episode copy = *episode;
  const StepResult in_one = copy.finish(episode->begin(action));
  EXPECT_EQ(in_one.observation, episode->step(action).observation);
  EXPECT_FALSE(in_one.error.has_value());
}

TEST_F(EpisodeTest, KeepsTheErrorOfARefusedStep) {
  Result<Episode> episode = start(environment_, "zoo_train_001");
  for (const Action& action :
       {Action{"ANSWER", " "}, Action{"QUERY", "SELEC"}, Action{"SAMPLE", "nothing"}}) {
    const StepResult result = episode->step(action);
    ASSERT_TRUE(result.error.has_value());
    EXPECT_EQ(result.error->to_string(), result.observation.error);
    EXPECT_EQ(episode->steps().back().result.error, result.error);
  }
  EXPECT_FALSE(episode->done());
}

}  // namespace
}  // namespace sqlenv
