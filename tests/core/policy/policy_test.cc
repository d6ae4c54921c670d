#include "core/policy/policy.h"

#include <gtest/gtest.h>

#include "core/explorer/builtin_policies.h"
#include "core/explorer/explorer_policy.h"
#include "core/policy/evaluate.h"
#include "core/policy/random_policy.h"
#include "core/wire/episode_json.h"
#include "core/wire/evaluation_json.h"
#include "core/wire/trajectory.h"
#include "tests/core/policy/evaluate_named.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

// Joins everything that a run gives out.
std::string run_text(Environment& environment, std::string_view policy,
                     const EvaluateOptions& options) {
  std::string text;
  const Result<Evaluation> result =
      test::evaluate_named(environment, policy, options, [&text](const EpisodeReport& report) {
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
    const Result<Evaluation> result = test::evaluate_named(environment_, GetParam(), options);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->failures.count("NO_ANSWER"), 0u) << budget;
    EXPECT_LE(result->all.steps, 8 * budget);
  }
}

INSTANTIATE_TEST_SUITE_P(Policies, NamedPolicyTest, testing::ValuesIn(builtin_policies().names()),
                         [](const auto& test) { return test.param; });

TEST(Policy, TheOracleIsAlwaysRight) {
  Environment environment(test::starter_catalog());
  const Result<Evaluation> result = test::evaluate_named(environment, "oracle");
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->all.successes, result->all.episodes);
  EXPECT_EQ(result->all.episodes,
            static_cast<std::int64_t>(environment.catalog().packs()[0].questions.size()));
  EXPECT_TRUE(result->failures.empty());
  EXPECT_TRUE(result->step_errors.empty());
}

TEST(Policy, TheExplorerBeatsTheRandomPolicyByFar) {
  Environment environment(test::starter_catalog());
  EvaluateOptions options;
  options.reset.filter.split = "train";
  options.episodes = 60;
  const Result<Evaluation> explorer = test::evaluate_named(environment, "explorer", options);
  const Result<Evaluation> random = test::evaluate_named(environment, "random", options);
  ASSERT_TRUE(explorer && random);
  EXPECT_GT(explorer->all.success_rate(), random->all.success_rate() + 0.1);
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

TEST(PolicyRegistry, FindsByNameInTheOrderOfAdding) {
  PolicyRegistry policies;
  policies.add<ExplorerPolicy>("rules");
  policies.add<RandomPolicy>("another");
  EXPECT_EQ(policies.names(), (std::vector<std::string>{"rules", "another"}));
  EXPECT_TRUE(policies.make("another"));
  const Error error = policies.find("genius").error();
  EXPECT_EQ(error.code, ErrorCode::kBadOption);
  EXPECT_EQ(error.message, "there is no policy \"genius\". Known: rules, another.");
}

TEST(PolicyRegistry, TheOracleNeedsTheGold) {
  EXPECT_EQ(builtin_policies().make("oracle").error().code, ErrorCode::kBadOption);
  EXPECT_TRUE(builtin_policies().make("oracle", [] { return OracleKnowledge{}; }));
}

}  // namespace
}  // namespace sqlenv
