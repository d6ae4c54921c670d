#include "core/policy/evaluate.h"

#include <gtest/gtest.h>

#include <map>

#include "core/explorer/builtin_policies.h"
#include "core/wire/evaluation_json.h"
#include "tests/core/policy/evaluate_named.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

// Answers the first of two questions right, the second wrong, and never answers the others.
class ScriptedPolicy : public Policy {
 public:
  void begin(const Observation& first, std::uint64_t) override { question_ = first.question; }
  Action act(const Observation&) override {
    if (question_.starts_with("How many")) return {"ANSWER", "4"};
    if (question_.starts_with("What is")) return {"ANSWER", "1"};
    return {"QUERY", "SELECT nothing"};
  }

 private:
  std::string question_;
};

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
  // Two episodes of one ANSWER, one of three failing QUERYs, and one without a policy or steps.
  EXPECT_EQ(result->all.steps, 5);
  EXPECT_EQ(result->failures, (std::map<std::string, std::int64_t>{
                                  {"BAD_OPTION", 1}, {"NO_ANSWER", 1}, {"VALUE", 1}}));
  EXPECT_EQ(result->step_errors, (std::map<std::string, std::int64_t>{{"SYNTAX", 3}}));
  EXPECT_EQ(result->by_difficulty.at("easy").episodes, 2);
  EXPECT_EQ(result->by_difficulty.at("easy").successes, 1);
  EXPECT_EQ(result->by_database.at("zoo").episodes, 4);
  // v3: 1 for the right answer, 0 for the wrong one; a step costs 0.02, a repeat 0.03 more, and the
  // step that spends the budget gives 0.
  EXPECT_EQ(result->all.total_return, kOne - 20'000 - 50'000);
  EXPECT_DOUBLE_EQ(result->all.success_rate(), 0.25);
  EXPECT_DOUBLE_EQ(result->all.mean_steps(), 1.25);
  EXPECT_DOUBLE_EQ(result->all.mean_return(), 0.2325);
}

TEST(Evaluate, WilsonIntervals) {
  // Computed by hand from the formula with z = 1.959964.
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
      test::evaluate_named(environment, "random", options, [&](const EpisodeReport& report) {
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
  EXPECT_EQ(test::evaluate_named(environment, "random", options).error().code,
            ErrorCode::kBadOption);
  options.reset.reward = "v2";
  options.reset.filter.database = "aquarium";
  EXPECT_EQ(test::evaluate_named(environment, "random", options).error().code,
            ErrorCode::kBadOption);
}

TEST(Evaluate, JsonHasItsKeysInOrder) {
  Environment environment(test::small_catalog());
  EvaluateOptions options;
  const Result<Evaluation> result = test::evaluate_named(environment, "oracle", options);
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
