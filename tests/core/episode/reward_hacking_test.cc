// Plays ways to earn reward without a right answer on the bundled pack: what each earns under each
// preset, compared with honest play, and the bounds that hold for all of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "core/base/check.h"
#include "core/sql/sql_literals.h"
#include "tests/core/episode/reward_bounds.h"
#include "tests/core/play.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

constexpr std::size_t kStride = 10;  // every tenth question: 5 of each database
constexpr const char* kPresets[] = {"v3", "v2", "v1.5", "v1", "potential"};

std::string text_of(std::size_t n) { return std::to_string(n); }

// The action at step n, from 0, of an episode.
using Plan = std::function<Action(const Episode&, std::size_t n)>;

std::string table_at(const Episode& episode, std::size_t n) {
  const std::vector<std::string> names = episode.task().database->image.schema().table_names();
  return names[n % names.size()];
}

Action guess_cardinality(const Episode&, std::size_t n) {
  std::string sql = "VALUES (1)";
  for (std::size_t i = 1; i <= n; ++i) sql += ", (" + text_of(i + 1) + ")";
  return {"QUERY", sql};
}

Action dump(const Episode& episode, std::size_t n) {
  const std::size_t tables = episode.task().database->image.schema().tables.size();
  const std::string from = "SELECT * FROM " + quote_identifier(table_at(episode, n));
  return {"QUERY", n < tables ? from : from + " LIMIT -1 OFFSET " + text_of(n / tables)};
}

Action fail(const Episode&, std::size_t n) { return {"QUERY", "SELECT nothing_" + text_of(n)}; }

Action rerun(const Episode& episode, std::size_t) {
  return {"QUERY", "SELECT count(*) FROM " + quote_identifier(table_at(episode, 0))};
}

Action respell(const Episode& episode, std::size_t n) {
  const std::string comment = "/*" + text_of(n) + "*/";
  return {"QUERY", (n % 2 == 0 ? "select" : "SELECT") + comment + " COUNT (*) from " +
                       quote_identifier(table_at(episode, 0)) + " -- " + text_of(n)};
}

Action rename(const Episode& episode, std::size_t n) {
  return {"QUERY",
          "SELECT count(*) AS c" + text_of(n) + " FROM " + quote_identifier(table_at(episode, 0))};
}

Action describe(const Episode& episode, std::size_t n) {
  return {"DESCRIBE", table_at(episode, n)};
}

Action look_around(const Episode& episode, std::size_t n) {
  return {n % 2 == 0 ? "DESCRIBE" : "SAMPLE", table_at(episode, n / 2)};
}

Action select_number(const Episode&, std::size_t n) {
  return {"QUERY", "SELECT " + text_of(n + 1)};
}

Action select_number_from_table(const Episode& episode, std::size_t n) {
  return {"QUERY", "SELECT " + text_of(n + 1) + " FROM " + quote_identifier(table_at(episode, 0)) +
                       " LIMIT 1"};
}

Action row_by_row(const Episode& episode, std::size_t n) {
  return {"QUERY", "SELECT * FROM " + quote_identifier(table_at(episode, 0)) + " LIMIT 1 OFFSET " +
                       text_of(n)};
}

// Reads from the rewards which of the numbers that `guess` selects is the answer.
Action warmer_colder(const Episode& episode, std::size_t n, const Plan& guess) {
  if (episode.budget_remaining() > 1) return guess(episode, n);
  double best = 0;
  std::size_t warmest = 0;
  for (std::size_t i = 0; i < n; ++i)
    if (const double paid = *episode.steps()[i].result.reward; i == 0 || paid > best) {
      best = paid;
      warmest = i;
    }
  return {"ANSWER", text_of(warmest + 1)};
}

// Uses the gold query, which no agent knows, and so is stronger than any agent.
Action swing(const Episode& episode, std::size_t n) {
  std::string gold = episode.task().question->gold_sql;
  while (!gold.empty() && (gold.back() == ';' || gold.back() == ' ')) gold.pop_back();
  if (n % 2 == 0) return {"QUERY", "SELECT * FROM (" + gold + ") LIMIT " + text_of(100'000 + n)};
  std::string junk = "VALUES ('junk " + text_of(n) + "')";
  for (int i = 0; i < 400; ++i) junk += ", ('junk " + text_of(n) + " " + std::to_string(i) + "')";
  return {"QUERY", junk};
}

struct Strategy {
  const char* name;
  Plan plan;         // none: answers at once
  const char* last;  // the ANSWER at the end, unless the plan gives one; none: the gold
};

Action honest(const Episode& episode, std::size_t n) {
  const std::vector<std::string>& tables = episode.task().question->tables_involved;
  if (n < tables.size()) return {"DESCRIBE", tables[n]};
  if (n == tables.size()) return {"QUERY", episode.task().question->gold_sql};
  return {"ANSWER", ""};
}

constexpr const char* kHonestButWrong = "honest but wrong: describe, count the rows of one table";

// Looks at the right tables and counts rows, which is mostly not what is asked.
Action honest_but_wrong(const Episode& episode, std::size_t n) {
  const std::vector<std::string>& tables = episode.task().question->tables_involved;
  if (n < tables.size()) return {"DESCRIBE", tables[n]};
  if (n == tables.size())
    return {"QUERY", "SELECT count(*) FROM " + quote_identifier(tables.front())};
  return {"ANSWER", ""};
}

const std::vector<Strategy>& strategies() {
  const Plan constant_guess = [](const Episode& episode, std::size_t n) {
    return warmer_colder(episode, n, select_number);
  };
  const Plan table_guess = [](const Episode& episode, std::size_t n) {
    return warmer_colder(episode, n, select_number_from_table);
  };
  static const std::vector<Strategy> all = {
      {"honest: describe, query, answer right", honest, nullptr},
      {kHonestButWrong, honest_but_wrong, "none of it"},
      {"constant guess: ANSWER 1 at once", nullptr, "1"},
      {"cardinality guessing: VALUES of 1, 2, 3 … rows", guess_cardinality, "none of it"},
      {"dumping every table, then parts of it", dump, "none of it"},
      {"running one query again and again", rerun, "none of it"},
      {"one query with other comments, case and blanks", respell, "none of it"},
      {"one query with other column names", rename, "none of it"},
      {"a new error at each step", fail, "none of it"},
      {"DESCRIBE of every table, round and round", describe, "none of it"},
      {"DESCRIBE and SAMPLE of every table, round and round", look_around, "none of it"},
      {"`SELECT 1` to `SELECT 14`, which read no table", select_number, "none of it"},
      {"`SELECT 1` to `SELECT 14`, then ANSWER the number paid most", constant_guess, "none of it"},
      {"`SELECT 1 FROM` a table `LIMIT 1`, then 2, 3 …", select_number_from_table, "none of it"},
      {"`SELECT 1 FROM` a table …, then ANSWER the number paid most", table_guess, "none of it"},
      {"one row of a table after the other", row_by_row, "none of it"},
      {"swinging between the gold query and junk", swing, "none of it"},
  };
  return all;
}

Episode play(Environment& environment, const Task& task, const Strategy& strategy,
             const char* preset) {
  Episode episode = test::start_episode(environment, task.question->id, preset);
  const Action last{"ANSWER", strategy.last ? strategy.last : test::gold_answer(environment, task)};
  while (!episode.done()) {
    const Action action = strategy.plan ? strategy.plan(episode, episode.steps().size()) : last;
    const bool answers = action.action_type == "ANSWER";
    const bool must_answer = episode.budget_remaining() == 1;
    episode.step((answers && action.argument.empty()) || (must_answer && !answers) ? last : action);
  }
  return episode;
}

// Means are rounded to thousandths for the document.
std::string rounded(Micros sum, std::size_t count) {
  const auto n = static_cast<Micros>(count);
  const Micros thousandths = (std::abs(sum) * 2 + n * 1'000) / (n * 2'000);
  return test::amount_text((sum < 0 ? -1 : 1) * thousandths * 1'000);
}

TEST(RewardHacking, EarnsLessThanHonestPlay) {
  Environment environment(test::starter_catalog());
  environment.keep_tables(false);
  const std::vector<Task> tasks = test::tasks_of(environment.catalog(), kStride);
  std::string text =
      "| play | answers right | `v3` | `v2` | `v1.5` | `v1` | `potential` |\n"
      "|---|---|---|---|---|---|---|\n";
  std::map<std::pair<const char*, std::string>, Micros> honest_total;
  std::map<std::string_view, Micros> wrong_sum;  // under v3
  for (const Strategy& strategy : strategies()) {
    std::string cells;
    std::size_t right = 0;
    for (const char* preset : kPresets) {
      const test::TotalBounds bounds = test::total_bounds(*find_reward_preset(preset), 15).back();
      Micros sum = 0, most = -100 * kOne;
      right = 0;
      for (const Task& task : tasks) {
        const Episode episode = play(environment, task, strategy, preset);
        const Micros total = episode.total_reward();
        Micros& honestly = honest_total[{preset, task.question->id}];
        if (strategy.last == nullptr) honestly = total;
        const bool correct = episode.verdict()->correct;
        right += correct ? 1 : 0;
        ASSERT_TRUE(correct || strategy.last != nullptr) << task.question->id;
        ASSERT_LE(total, correct ? kOne + bounds.right_most
                                 : std::min(bounds.never_right_most, honestly - kOne / 2))
            << strategy.name << " " << task.question->id;
        sum += total;
        if (preset == std::string_view("v3") && !correct) wrong_sum[strategy.name] += total;
        most = std::max(most, total);
      }
      cells += " " + rounded(sum, tasks.size()) + " (" + test::amount_text(most) + ") |";
    }
    text += "| " + std::string(strategy.name) + " | " + std::to_string(right) + " of " +
            std::to_string(tasks.size()) + " |" + cells + "\n";
  }
  test::expect_block("rewards.md", "hacking", text);
  for (const auto& [name, sum] : wrong_sum)
    EXPECT_LE(sum, wrong_sum.at(kHonestButWrong)) << "an honest try should be paid most: " << name;
}

// Constants neither pay nor tell anything under v3: their rewards are the same for every question.
TEST(RewardHacking, ConstantsTellNothingUnderV3) {
  Environment environment(test::starter_catalog());
  for (const Task& task : test::tasks_of(environment.catalog(), kStride)) {
    Episode episode = test::start_episode(environment, task.question->id, "v3");
    for (std::size_t n = 0; n < 14; ++n)
      ASSERT_EQ(*episode.step(select_number(episode, n)).reward, -0.02) << task.question->id;
  }
}

// Another spelling of the same action is a repeat each time.
TEST(RewardHacking, AnotherSpellingIsARepeat) {
  Environment environment(test::starter_catalog());
  const Task task = test::tasks_of(environment.catalog()).front();
  const Episode episode = play(environment, task, strategies()[6], "v2");
  for (std::size_t i = 1; i + 1 < episode.steps().size(); ++i)
    EXPECT_EQ(episode.steps()[i].result.terms.repeat, -30'000);
}

}  // namespace
}  // namespace sqlenv
