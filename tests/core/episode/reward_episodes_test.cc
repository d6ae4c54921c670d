// The reward's published numbers and its properties, through whole episodes.
#include <gtest/gtest.h>

#include "core/episode/progress.h"
#include "tests/core/episode/reward_bounds.h"
#include "tests/core/play.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

#if defined(NDEBUG) && !defined(__EMSCRIPTEN__)
constexpr std::uint64_t kEpisodes = 2'400;
#else
constexpr std::uint64_t kEpisodes = 240;  // under the sanitizers, and in node
#endif

constexpr const char* kCount = "zoo_train_001";  // how many animals: 4

std::vector<double> rewards_of(Episode episode, const std::vector<Action>& actions) {
  std::vector<double> rewards;
  for (const Action& action : actions) rewards.push_back(*episode.step(action).reward);
  return rewards;
}

class RewardEpisodes : public testing::Test {
 protected:
  Environment environment_{test::small_catalog()};
};

TEST_F(RewardEpisodes, PublishedV1Numbers) {
  EXPECT_EQ(rewards_of(test::start_episode(environment_, kCount, "v1"),
                       {{"DESCRIBE", "animal"}, {"QUERY", "SELECT day FROM feeding"}}),
            (std::vector<double>{0.015, 0.025}));
}

TEST_F(RewardEpisodes, PublishedV15OracleEpisode) {
  const std::vector<Action> oracle = {{"DESCRIBE", "animal"},
                                      {"DESCRIBE", "keeper"},
                                      {"QUERY", "SELECT count(*) FROM animal"},
                                      {"ANSWER", "4"}};
  EXPECT_EQ(rewards_of(test::start_episode(environment_, kCount, "v1.5"), oracle),
            (std::vector<double>{0.015, 0.015, 0.150, 1.0}));
  Episode episode = test::start_episode(environment_, kCount, "v1.5");
  for (const Action& action : oracle) episode.step(action);
  EXPECT_EQ(to_double(episode.total_reward()), 1.18);
  EXPECT_EQ(rewards_of(test::start_episode(environment_, kCount, "v2"), oracle),
            (std::vector<double>{0.0, 0.0, 0.150, 1.0}));
  EXPECT_EQ(rewards_of(test::start_episode(environment_, kCount, "v1"), oracle),
            (std::vector<double>{0.015, 0.015, 0.175, 1.0}));
  EXPECT_EQ(rewards_of(test::start_episode(environment_, kCount, "v3"), oracle),
            (std::vector<double>{-0.005, -0.005, 0.155, 1.0}));
  EXPECT_EQ(rewards_of(test::start_episode(environment_, kCount, "potential"), oracle),
            (std::vector<double>{-0.02, -0.02, 0.13, 0.85}));
}

TEST_F(RewardEpisodes, V1InformationIsPaidTenTimes) {
  Episode episode = test::start_episode(environment_, kCount, "v1", 30);
  Micros paid = 0;
  for (int i = 0; i < 20; ++i)
    paid += episode.step({"QUERY", "SELECT 'row " + std::to_string(i) + "'"}).terms.new_information;
  EXPECT_EQ(paid, 100'000);
}

// What reads no table of the database is not paid under v3, however it is written; what reads one
// by a join's USING clause, a view, an index or a subquery is.
TEST_F(RewardEpisodes, V3PaysOnlyQueriesThatReadATable) {
  const auto terms_of = [&](const char* sql, const char* preset) {
    return test::start_episode(environment_, kCount, preset).step({"QUERY", sql}).terms;
  };
  for (const char* sql :
       {"SELECT 4", "VALUES (4)", "WITH t(n) AS (SELECT 4) SELECT n FROM t",
        "WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t LIMIT 4) SELECT n FROM t",
        "SELECT value FROM json_each('[4]')", "SELECT count(*) + 3 FROM (SELECT 1 AS animal)",
        "SELECT 4 FROM sqlite_schema LIMIT 1"}) {
    EXPECT_EQ(terms_of(sql, "v3"), (RewardTerms{.step_cost = -20'000})) << sql;
    EXPECT_GT(terms_of(sql, "v2").total(), 0) << sql;
  }
  for (const char* sql :
       {"SELECT count(*) FROM animal", "SELECT count(*) FROM animal JOIN keeper USING (keeper_id)",
        "SELECT 1 WHERE EXISTS (SELECT * FROM animal)",
        "SELECT (SELECT max(animal_id) FROM animal)",
        "WITH t AS (SELECT * FROM animal) SELECT count(*) FROM t",
        "SELECT 4 UNION ALL SELECT animal_id FROM animal WHERE animal_id = 1"}) {
    const RewardTerms terms = terms_of(sql, "v3");
    EXPECT_EQ(terms.executed, 15'000) << sql;
    EXPECT_EQ(terms.new_information, 10'000) << sql;
    EXPECT_EQ(terms.progress, terms_of(sql, "v1").progress) << sql;
  }
}

// A query that runs in pieces, is played from its kept rows, or is judged on another connection
// reads a table just as well.
TEST_F(RewardEpisodes, V3PaysTheSameHoweverAStepIsPlayed) {
  for (const char* sql : {"SELECT 4", "SELECT count(*) FROM animal"}) {
    Episode whole = test::start_episode(environment_, kCount, "v3");
    Episode within = whole, pieces = whole;
    const RewardTerms terms = whole.step({"QUERY", sql}).terms;
    EXPECT_EQ(within.step_within({"QUERY", sql}, 100'000)->terms, terms);
    EXPECT_EQ(pieces.finish(pieces.begin({"QUERY", sql})).terms, terms);
    whole.step({"DESCRIBE", "animal"});
    EXPECT_EQ(whole.until(1).latest().terms, terms);
  }
}

TEST_F(RewardEpisodes, V3PaysNewInformationTwiceAndProgressOnce) {
  Episode episode = test::start_episode(environment_, kCount, "v3", 1000);
  RewardTerms sum;
  for (int i = 0; i < 500; ++i) {
    const std::string sql = i % 2 == 0 ? "SELECT count(*) AS n" + std::to_string(i) + " FROM animal"
                                       : "SELECT name || " + std::to_string(i) + " FROM animal";
    const RewardTerms terms = episode.step({"QUERY", sql}).terms;
    ASSERT_LT(terms.executed + terms.step_cost, 0);
    sum.new_information += terms.new_information;
    sum.progress += terms.progress;
  }
  EXPECT_EQ(sum, (RewardTerms{.new_information = 20'000, .progress = 150'000}));
}

// Ends the episode without a right ANSWER.
void end_wrongly(Episode& episode) { episode.step({"ANSWER", "none of it"}); }

// Queries of the question kCount with progress 0, 2 and 4, each with a result of its own.
Action query_of(int progress, int number) {
  const std::string n = std::to_string(number);
  if (progress == 4) return {"QUERY", "SELECT count(*) AS n" + n + " FROM animal"};
  if (progress == 2) return {"QUERY", "VALUES (4), ('x" + n + "'), ('y" + n + "')"};
  return {"QUERY", "SELECT name || 'x" + n + "' FROM animal"};
}

// Real play reaches the bounds, so they are exact.
TEST_F(RewardEpisodes, RealPlayReachesTheMostThatNeverRightCanTotal) {
  const struct {
    const char* preset;
    int budget;
    std::vector<std::size_t> start, cycle;  // progress of each query
    Micros total;
  } plans[] = {{"v1", 15, {4}, {0}, 460'000},         {"v1.5", 15, {2, 4}, {0, 2, 4}, 600'000},
               {"v1.5", 27, {2, 4}, {0, 2, 4}, kOne}, {"v2", 15, {2, 4}, {0, 4}, 470'000},
               {"v2", 36, {4}, {0, 4}, kOne},         {"v3", 2, {4}, {0}, 155'000},
               {"v3", 3, {4}, {0}, 160'000},          {"potential", 1, {4}, {4}, 0}};
  for (const auto& plan : plans) {
    Episode episode = test::start_episode(environment_, kCount, plan.preset, plan.budget);
    while (episode.budget_remaining() > 1) {
      const std::size_t n = episode.steps().size(), first = plan.start.size();
      const std::size_t progress =
          n < first ? plan.start[n] : plan.cycle[(n - first) % plan.cycle.size()];
      episode.step(query_of(static_cast<int>(progress), static_cast<int>(n)));
    }
    end_wrongly(episode);
    EXPECT_EQ(episode.total_reward(), plan.total) << plan.preset << " " << plan.budget;
    const RewardPreset preset = preset_for_budget(*find_reward_preset(plan.preset), plan.budget);
    EXPECT_EQ(test::total_bounds(preset, plan.budget).back().never_right_most, plan.total);
  }
}

TEST_F(RewardEpisodes, RealPlayReachesTheLeastThatRightCanTotal) {
  for (const RewardPreset& preset : reward_presets()) {
    const std::string name(preset.name);
    Episode episode = test::start_episode(environment_, kCount, name);
    while (episode.budget_remaining() > 1) episode.step({"DESCRIBE", "no_such_table"});
    episode.step({"ANSWER", "4"});
    ASSERT_TRUE(episode.verdict()->correct);
    EXPECT_EQ(episode.total_reward(), test::total_bounds(preset, 15).back().right_least) << name;
  }
}

// Checks everything that holds for every finished episode.
void check_finished(const Episode& episode, const test::TotalBounds& bounds) {
  const RewardPreset preset = preset_for_budget(*find_reward_preset(episode.options().reward),
                                                episode.options().step_budget);
  Micros total = 0, shaping = 0, costs = 0;
  for (const StepRecord& step : episode.steps()) {
    const RewardTerms& terms = step.result.terms;
    Micros sum = 0;
    for (const NamedTerm& term : reward_term_names()) sum += terms.*term.amount;
    ASSERT_EQ(step.result.reward, to_double(sum));
    if (preset.clip == RewardPreset::Clip::kStep && terms.terminal == 0) {
      ASSERT_GE(sum, preset.clip_low);
      ASSERT_LE(sum, preset.clip_high);
    }
    total += sum;
    if (preset.clip == RewardPreset::Clip::kCumulative && terms.terminal == 0) {
      ASSERT_GE(total, preset.clip_low);
      ASSERT_LE(total, preset.clip_high);
    }
    shaping += terms.progress;
    costs += terms.step_cost;
  }
  ASSERT_EQ(total, episode.total_reward());
  if (preset.progress == RewardPreset::Progress::kGainOverBest) {
    ASSERT_LE(shaping, 150'000);
  }
  const bool right = episode.verdict() && episode.verdict()->correct;
  if (preset.progress == RewardPreset::Progress::kPotential) {
    ASSERT_EQ(shaping, 0);
    ASSERT_EQ(total, costs + (right ? kOne : 0));
  }
  ASSERT_GE(total, right ? bounds.right_least : preset.step_cost * 1'000 - kOne);
  ASSERT_LE(total, right ? bounds.right_most : bounds.never_right_most);
}

// Ends random play at each step with a right and a wrong ANSWER: the right one pays 1 more.
void play_and_check(Environment& environment, const ResetOptions& options, Random& random,
                    const test::TotalBounds& bounds) {
  Result<Episode> started = environment.reset(options);
  ASSERT_TRUE(started.has_value());
  Episode episode = std::move(*started);
  const std::string gold = test::gold_answer(environment, episode.task());
  while (!episode.done()) {
    if (random.below(4) == 0) {
      Episode right = episode;
      Episode wrong = episode;
      right.step({"ANSWER", gold});
      end_wrongly(wrong);
      ASSERT_TRUE(right.verdict()->correct) << gold << " " << episode.task().question->id;
      ASSERT_FALSE(wrong.verdict()->correct);
      ASSERT_EQ(right.total_reward(), wrong.total_reward() + kOne);
      check_finished(right, bounds);
      check_finished(wrong, bounds);
    }
    Action action = test::random_action(episode, random);
    if (action_kind(action.action_type) == ActionKind::kAnswer && random.below(4) != 0) continue;
    if (random.below(6) == 0) action = {"QUERY", episode.task().question->gold_sql};
    episode.step(action);
    ASSERT_EQ(episode.step_count() + episode.budget_remaining(), options.step_budget);
  }
  check_finished(episode, bounds);
}

TEST(RewardProperties, HoldOverRandomEpisodes) {
  Environment environments[] = {Environment(test::small_catalog()),
                                Environment(test::starter_catalog())};
  for (Environment& environment : environments) environment.query_limits().max_operations = 100'000;
  std::map<std::pair<std::string, int>, test::TotalBounds> bounds;
  for (const RewardPreset& preset : reward_presets())
    for (const int budget : {1, 2, 5, 15, 60})
      bounds[{std::string(preset.name), budget}] =
          test::total_bounds(preset_for_budget(preset, budget),
                             preset.name == "v1" ? std::min(budget, 18) : budget)
              .back();
  Random random(41);
  for (std::uint64_t seed = 0; seed < kEpisodes; ++seed) {
    ResetOptions options;
    options.seed = seed;
    options.reward = std::string(reward_presets()[seed % reward_presets().size()].name);
    options.step_budget = std::vector<int>{15, 5, 1, 15, 60, 15, 2}[(seed / 5) % 7];
    play_and_check(environments[seed / 2 % 2], options, random,
                   bounds.at({options.reward, options.step_budget}));
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << seed;
  }
}

// Plays the worked episode of the document.
TEST(RewardDocument, TheWorkedEpisode) {
  Environment environment(test::starter_catalog());
  const std::vector<Action> actions = {
      {"DESCRIBE", "venue"},
      {"SAMPLE", "venue"},
      {"QUERY", "SELECT capacity FROM venue"},
      {"QUERY", "SELECT AVG(capacity) FROM venue"},
      {"QUERY", "select avg(capacity)  from venue;"},
      {"QUERY", "SELECT COUNT(*) FROM venue WHERE capacity > (SELECT AVG(capacity) FROM venue)"}};
  std::string text;
  std::string totals;
  for (const char* name : {"v3", "v2", "v1.5", "v1", "potential"}) {
    Episode episode = test::start_episode(environment, "concert_singer_train_008", name);
    for (const Action& action : actions) episode.step(action);
    episode.step({"ANSWER", test::gold_answer(environment, episode.task())});
    totals += (totals.empty() ? "" : ", ") + test::amount_text(episode.total_reward()) +
              " under `" + name + "`";
    if (std::string(name) != "v3") continue;
    text += episode.task().question->text + "\n\n| step |";
    std::string rule = "|---|";
    for (const NamedTerm& term : reward_term_names()) {
      text += " " + std::string(term.name) + " |";
      rule += "---|";
    }
    text += " reward |\n" + rule + "---|\n";
    for (const StepRecord& step : episode.steps()) {
      text += "| " + step.action.action_type + " `" + step.action.argument + "` |";
      for (const NamedTerm& term : reward_term_names())
        text += " " + test::amount_text(step.result.terms.*term.amount) + " |";
      text += " " + test::amount_text(step.result.terms.total()) + " |\n";
    }
  }
  test::expect_block("rewards.md", "worked-episode", text + "\nTotal: " + totals + ".\n");
}

}  // namespace
}  // namespace sqlenv
