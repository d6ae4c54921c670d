#include "core/policy/policy.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/explorer/builtin_policies.h"
#include "core/explorer/explorer_policy.h"
#include "core/policy/evaluate.h"
#include "core/policy/random_policy.h"
#include "core/wire/episode_json.h"
#include "core/wire/evaluation_json.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

Result<Evaluation> evaluate_named(Environment& environment, std::string_view policy,
                                  const EvaluateOptions& options = {},
                                  const std::function<void(const EpisodeReport&)>& report = {}) {
  return evaluate(environment, options, builtin_policies().find(policy).value(), report);
}

// Joins everything that a run gives out.
std::string run_text(Environment& environment, std::string_view policy,
                     const EvaluateOptions& options) {
  std::string text;
  const Result<Evaluation> result =
      evaluate_named(environment, policy, options, [&text](const EpisodeReport& report) {
        if (report.episode != nullptr) text += trajectory_jsonl(*report.episode);
      });
  if (!result) return result.error().to_string();
  return text + evaluation_json(environment.catalog().packs().front(), policy, options, *result);
}

class NamedPolicyTest : public testing::TestWithParam<std::string> {
 protected:
  Environment environment_{test::starter_catalog()};
};

TEST_P(NamedPolicyTest, EqualSeedsGiveEqualBytes) {
  EvaluateOptions options;
  options.reset.seed = 7;
  options.episodes = 12;
  const std::string first = run_text(environment_, GetParam(), options);
  Environment other(test::starter_catalog());
  EXPECT_EQ(run_text(other, GetParam(), options), first);
  options.reset.seed = 8;
  EXPECT_NE(run_text(environment_, GetParam(), options), first);
}

TEST_P(NamedPolicyTest, AlwaysAnswersWithinAnyBudget) {
  for (int budget : {1, 2, 3, 5, 15}) {
    EvaluateOptions options;
    options.reset.step_budget = budget;
    options.episodes = 8;
    const Result<Evaluation> result = evaluate_named(environment_, GetParam(), options);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->failures.count("NO_ANSWER"), 0u) << budget;
    EXPECT_LE(result->all.steps, 8 * budget);
  }
}

// Tables that the budget leaves undescribed take part in the plans, though no column is known.
TEST(Policy, TheExplorerPlansWithTablesThatItHasNotDescribed) {
  Environment environment(test::starter_catalog());
  for (int budget : {7, 9}) {
    EvaluateOptions options;
    options.reset.seed = 5;
    options.reset.filter.difficulty = "easy";
    options.reset.step_budget = budget;
    options.episodes = 60;
    const Result<Evaluation> result = evaluate_named(environment, "explorer", options);
    ASSERT_TRUE(result.has_value());
    EXPECT_GT(result->all.successes, 5) << budget;
  }
}

INSTANTIATE_TEST_SUITE_P(Policies, NamedPolicyTest, testing::ValuesIn(builtin_policies().names()),
                         [](const auto& test) { return test.param; });

TEST(Policy, TheOracleIsAlwaysRight) {
  Environment environment(test::starter_catalog());
  const Result<Evaluation> result = evaluate_named(environment, "oracle");
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->all.successes, result->all.episodes);
  EXPECT_EQ(result->all.episodes,
            static_cast<std::int64_t>(environment.catalog().packs()[0].questions.size()));
  EXPECT_TRUE(result->failures.empty());
  EXPECT_TRUE(result->step_errors.empty());
}

TEST(Policy, TheExplorerPlaysTheSmallPack) {
  Environment environment(test::small_catalog());
  const Result<Evaluation> result = evaluate_named(environment, "explorer");
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->all.successes, 4);
}

TEST(Policy, TheExplorerBeatsTheRandomPolicyByFar) {
  Environment environment(test::starter_catalog());
  EvaluateOptions options;
  options.reset.filter.split = "train";
  options.episodes = 60;
  const Result<Evaluation> explorer = evaluate_named(environment, "explorer", options);
  const Result<Evaluation> random = evaluate_named(environment, "random", options);
  ASSERT_TRUE(explorer && random);
  EXPECT_GT(explorer->all.success_rate(), random->all.success_rate() + 0.1);
}

// A recording of the observations makes the explorer act the same: it reads nothing else.
TEST(Policy, TheExplorerGoesByObservationsAlone) {
  Environment environment(test::small_catalog());
  ResetOptions reset;
  reset.filter.question_id = "zoo_eval_002";
  Result<Episode> episode = environment.reset(reset);
  ASSERT_TRUE(episode.has_value());
  ExplorerPolicy explorer;
  std::vector<Observation> seen = {episode->first().observation};
  std::vector<Action> actions;
  explorer.begin(seen[0], 1);
  while (!episode->done()) {
    actions.push_back(explorer.act(seen.back()));
    seen.push_back(episode->step(actions.back()).observation);
  }
  ExplorerPolicy replayed;
  replayed.begin(seen[0], 2);
  for (std::size_t i = 0; i < actions.size(); ++i) EXPECT_EQ(replayed.act(seen[i]), actions[i]);
}

// The explorer reads only the first words of a question as long as a book.
TEST(Policy, TheExplorersWorkIsBounded) {
  const auto actions = [](int words) {
    Observation seen;
    for (int i = 0; i < words; ++i) seen.question += "animal" + std::to_string(i) + " ";
    seen.schema_info = "Tables: animal";
    seen.budget_remaining = 15;
    ExplorerPolicy explorer;
    explorer.begin(seen, 1);
    std::vector<Action> taken = {explorer.act(seen)};
    seen.result = "Table animal (3 rows)\n  id INTEGER PRIMARY KEY\n  name TEXT";
    for (; taken.back().action_type != "ANSWER" && taken.size() < 15; --seen.budget_remaining)
      taken.push_back(explorer.act(seen));
    return taken;
  };
  EXPECT_EQ(actions(20'000), actions(400));
  EXPECT_NE(actions(400), actions(200));
}

TEST(Policy, PoliciesSurviveObservationsThatMakeNoSense) {
  for (const char* text : {"", "Tables: ", "Table x", "(1 row)", "a | b\n1\n(1 row)",
                           "Tables: a, b\n(9 of 3 rows shown)", "\n\n\n"}) {
    Observation observation;
    observation.question = text;
    observation.schema_info = text;
    observation.result = text;
    observation.budget_remaining = 15;
    for (const char* name : {"random", "explorer"}) {
      const std::unique_ptr<Policy> policy = builtin_policies().make(name).value();
      policy->begin(observation, 3);
      bool answered = false;
      Observation now = observation;
      for (; !answered && now.budget_remaining > 0; --now.budget_remaining)
        answered = policy->act(now).action_type == "ANSWER";
      EXPECT_TRUE(answered) << name << " on " << text;
    }
  }
}

// Answers the first of two questions right, the second wrong, and never answers the others.
class ScriptedPolicy : public Policy {
 public:
  void begin(const Observation& first, std::uint64_t) override { question_ = first.question; }
  Action act(const Observation&) override {
    if (question_.rfind("How many", 0) == 0) return {"ANSWER", "4"};
    if (question_.rfind("What is", 0) == 0) return {"ANSWER", "1"};
    return {"QUERY", "SELECT nothing"};
  }

 private:
  std::string question_;
};

TEST(PolicyRegistry, FindsByNameInTheOrderOfAdding) {
  PolicyRegistry policies;
  policies.add<ScriptedPolicy>("scripted");
  policies.add<RandomPolicy>("another");
  EXPECT_EQ(policies.names(), (std::vector<std::string>{"scripted", "another"}));
  EXPECT_TRUE(policies.make("another"));
  const Error error = policies.find("genius").error();
  EXPECT_EQ(error.code, ErrorCode::kBadOption);
  EXPECT_EQ(error.message, "there is no policy \"genius\". Known: scripted, another.");
}

TEST(PolicyRegistry, TheOracleNeedsTheGold) {
  EXPECT_EQ(builtin_policies().make("oracle").error().code, ErrorCode::kBadOption);
  EXPECT_TRUE(builtin_policies().make("oracle", [] { return OracleKnowledge{}; }));
}

TEST(Evaluate, CountsWhatHappened) {
  Environment environment(test::small_catalog());
  EvaluateOptions options;
  options.reset.step_budget = 3;
  const PolicyMaker make_policy = [](const GoldSource& gold) -> Result<std::unique_ptr<Policy>> {
    if (gold()->gold_sql.starts_with("SELECT name, species"))
      return fail(ErrorCode::kBadOption, "no policy for this");
    return std::make_unique<ScriptedPolicy>();
  };
  const Result<Evaluation> result = evaluate(environment, options, make_policy);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->all.episodes, 4);
  EXPECT_EQ(result->all.successes, 1);
  // One ANSWER, one ANSWER, three QUERYs that fail; the one without a policy has no steps.
  EXPECT_EQ(result->all.steps, 5);
  EXPECT_EQ(result->failures, (std::map<std::string, std::int64_t>{
                                  {"BAD_OPTION", 1}, {"NO_ANSWER", 1}, {"VALUE", 1}}));
  EXPECT_EQ(result->step_errors, (std::map<std::string, std::int64_t>{{"SYNTAX", 3}}));
  EXPECT_EQ(result->by_difficulty.at("easy").episodes, 2);
  EXPECT_EQ(result->by_difficulty.at("easy").successes, 1);
  EXPECT_EQ(result->by_database.at("zoo").episodes, 4);
  // v2: 1 for the right answer, 0 for the wrong one; a step costs 0.02, a repeat 0.03 more, and the
  // step that spends the budget gives 0.
  EXPECT_EQ(result->all.total_return, kOne - 20'000 - 50'000);
  EXPECT_DOUBLE_EQ(result->all.success_rate(), 0.25);
  EXPECT_DOUBLE_EQ(result->all.mean_steps(), 1.25);
  EXPECT_DOUBLE_EQ(result->all.mean_return(), 0.2325);
}

TEST(Evaluate, WilsonIntervals) {
  // By hand from the formula with z = 1.959964.
  const Interval half = wilson_interval(5, 10);
  EXPECT_NEAR(half.low, 0.236593, 1e-6);
  EXPECT_NEAR(half.high, 0.763407, 1e-6);
  const Interval none = wilson_interval(0, 20);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.161125, 1e-6);
  const Interval all = wilson_interval(20, 20);
  EXPECT_NEAR(all.low, 0.838875, 1e-6);
  EXPECT_EQ(all.high, 1);
  EXPECT_EQ(wilson_interval(0, 0).low, 0);
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
}

TEST(Evaluate, ASampleRepeatsNoQuestionBeforeAllWerePlayed) {
  Environment environment(test::small_catalog());
  EvaluateOptions options;
  options.episodes = 6;
  std::map<std::string, int> played;
  std::int64_t last = 0;
  const Result<Evaluation> result =
      evaluate_named(environment, "random", options, [&](const EpisodeReport& report) {
        ++played[report.task->question->id];
        EXPECT_EQ(report.total, 6);
        EXPECT_EQ(report.number, ++last);
      });
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->all.episodes, 6);
  EXPECT_EQ(played.size(), 4u);
  for (const auto& [id, times] : played) EXPECT_LE(times, 2) << id;
}

TEST(Evaluate, ReportsWrongOptionsOnce) {
  Environment environment(test::small_catalog());
  EvaluateOptions options;
  options.reset.reward = "v9";
  EXPECT_EQ(evaluate_named(environment, "random", options).error().code, ErrorCode::kBadOption);
  options.reset.reward = "v2";
  options.reset.filter.database = "aquarium";
  EXPECT_EQ(evaluate_named(environment, "random", options).error().code, ErrorCode::kBadOption);
}

TEST(Evaluate, JsonHasItsKeysInOrder) {
  Environment environment(test::small_catalog());
  EvaluateOptions options;
  const Result<Evaluation> result = evaluate_named(environment, "oracle", options);
  ASSERT_TRUE(result.has_value());
  const std::string json =
      evaluation_json(environment.catalog().packs().front(), "oracle", options, *result);
  std::size_t at = 0;
  for (const char* key :
       {"\"format\": \"sqlenv-evaluation/1\"", "\"policy\": \"oracle\"", "\"pack_digest\"",
        "\"options\"", "\"episodes\": 4", "\"successes\": 4", "\"success_rate\": 1.0",
        "\"success_interval\"", "\"mean_return\"", "\"mean_steps\"", "\"failures\": {}",
        "\"step_errors\": {}", "\"by_database\"", "\"by_difficulty\""}) {
    const std::size_t found = json.find(key, at);
    ASSERT_NE(found, std::string::npos) << key << " in " << json;
    at = found;
  }
}

}  // namespace
}  // namespace sqlenv
