#include "core/explorer/explorer_policy.h"

#include <gtest/gtest.h>

#include "core/policy/evaluate.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

const PolicyMaker kMakeExplorer = [](const GoldSource&) -> Result<std::unique_ptr<Policy>> {
  return std::make_unique<ExplorerPolicy>();
};

TEST(ExplorerPolicy, PlaysTheSmallPack) {
  Environment environment(test::small_catalog());
  const Result<Evaluation> result = evaluate(environment, {}, kMakeExplorer);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->all.successes, 4);
}

// A recording of the observations makes the explorer act the same: it reads nothing else.
TEST(ExplorerPolicy, GoesByObservationsAlone) {
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

// Tables that the budget leaves undescribed take part in the plans, though no column is known.
TEST(ExplorerPolicy, PlansWithTablesThatItHasNotDescribed) {
  Environment environment(test::starter_catalog());
  for (int budget : {7, 9}) {
    EvaluateOptions options;
    options.reset.seed = 5;
    options.reset.filter.difficulty = "easy";
    options.reset.step_budget = budget;
    options.episodes = 60;
    const Result<Evaluation> result = evaluate(environment, options, kMakeExplorer);
    ASSERT_TRUE(result.has_value());
    EXPECT_GT(result->all.successes, 5) << budget;
  }
}

// The explorer reads only the first words of a question as long as a book.
TEST(ExplorerPolicy, DoesBoundedWork) {
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

}  // namespace
}  // namespace sqlenv
