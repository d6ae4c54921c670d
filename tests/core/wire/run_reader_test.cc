#include "core/wire/run_reader.h"

#include <gtest/gtest.h>

#include <initializer_list>

#include "core/base/random.h"
#include "core/explorer/builtin_policies.h"
#include "core/policy/evaluate.h"
#include "core/wire/comparison_json.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

struct Played {
  std::string text;
  Evaluation counted;
};

Played play(const char* policy, std::int64_t episodes = 0) {
  static Environment environment(test::small_catalog());
  Played out;
  EvaluateOptions options;
  options.episodes = episodes;
  const PolicyMaker make_policy = builtin_policies().find(policy).value();
  out.counted = evaluate(environment, options, make_policy, [&](const EpisodeReport& report) {
                  out.text += trajectory_jsonl(*report.episode);
                }).value();
  return out;
}

Result<AgentRun> read(std::string_view text, std::size_t piece = 1 << 20) {
  RunReader reader("run");
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
    reader.add(text.substr(0, piece));
  return reader.finish();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(RunReader, ReadsWhatTheEvaluationCounted) {
  const std::shared_ptr<const Catalog> catalog = test::small_catalog();
  const Pack& pack = catalog->packs().front();
  for (const char* policy : {"random", "explorer", "oracle"}) {
    const Played played = play(policy);
    const Result<AgentRun> run = read(played.text, 777);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->problems, "");
    EXPECT_EQ(run->episodes.front().options, (PlayOptions{15, "v3", "strict"}));
    const Result<RunComparison> comparison = compare_runs({*run}, &pack, {});
    ASSERT_TRUE(comparison) << comparison.error().message;
    const RunResult& result = comparison->runs[0];
    const Tally& all = played.counted.all;
    EXPECT_EQ(result.all.episodes, all.episodes);
    EXPECT_EQ(result.all.successes, all.successes);
    EXPECT_NEAR(result.all.mean_return, all.mean_return(), 1e-12);
    EXPECT_NEAR(result.all.mean_steps, all.mean_steps(), 1e-12);
    EXPECT_EQ(result.failures, played.counted.failures);
    for (const auto& [name, tally] : played.counted.by_difficulty)
      EXPECT_EQ(result.by_difficulty.at(name).successes, tally.successes) << name;
    for (const auto& [name, tally] : played.counted.by_database)
      EXPECT_EQ(result.by_database.at(name).episodes, tally.episodes) << name;
  }
}

TEST(RunReader, LeavesOutWhatIsNotWhole) {
  const std::string text = play("oracle", 3).text;
  const std::size_t last_line = text.rfind('\n', text.size() - 2) + 1;
  const Result<AgentRun> cut = read(text.substr(0, last_line));
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->episodes.size(), 2);
  EXPECT_EQ(cut->cut_off, 1);
  EXPECT_EQ(cut->problems, "");
  const Result<AgentRun> damaged = read(replaced(text, "{\"step\":2", "{\"step\":7"));
  ASSERT_TRUE(damaged);
  EXPECT_EQ(damaged->episodes.size(), 2);
  EXPECT_EQ(damaged->damaged, 1);
  EXPECT_NE(damaged->problems.find("1 line is not of a trajectory. Line 3:"), std::string::npos);
  const Result<AgentRun> empty = read("");
  ASSERT_TRUE(empty);
  EXPECT_TRUE(empty->episodes.empty());
  EXPECT_NE(empty->problems, "");
}

// An episode without a reason must not count as solved.
TEST(RunReader, AVerdictNeedsItsReason) {
  const std::string text = play("random", 1).text;
  const std::size_t reason = text.rfind("\"reason\":\"") + 10;
  std::string without = text;
  without.erase(reason, text.find('"', reason) - reason);
  EXPECT_EQ(read(text)->episodes.size(), 1);
  const Result<AgentRun> run = read(without);
  EXPECT_TRUE(run->episodes.empty());
  EXPECT_EQ(run->damaged, 1);
}

// Whatever happens to the bytes, each header is an episode of the run or is counted as left out.
TEST(RunReader, DamagedFilesAreCounted) {
  const std::string text = play("random", 3).text;
  Random random(7);
  std::int64_t damaged = 0;
  for (int round = 0; round < 400; ++round) {
    std::string other = text;
    for (std::uint64_t edits = 1 + random.below(3); edits > 0; --edits) {
      const auto at = static_cast<std::size_t>(random.below(other.size()));
      const std::uint64_t kind = random.below(3);
      if (kind == 0) other.erase(at, 1 + static_cast<std::size_t>(random.below(40)));
      else if (kind == 1) other.insert(at, 1, "\n{}\",9"[random.below(7)]);
      else other[at] = static_cast<char>(random.below(256));
    }
    const Result<AgentRun> run = read(other, 1 + static_cast<std::size_t>(random.below(5000)));
    if (!run) continue;
    const auto whole = static_cast<std::int64_t>(run->episodes.size());
    ASSERT_LE(whole + run->cut_off + run->damaged, 3 + 3) << round;
    ASSERT_TRUE(whole == 3 || run->cut_off + run->damaged > 0 || !run->problems.empty());
    damaged += run->damaged;
    const Result<RunComparison> comparison = compare_runs({*run}, nullptr, {});
    ASSERT_EQ(comparison.has_value(), whole > 0);
    if (comparison) {
      ASSERT_EQ(comparison->runs[0].all.episodes, whole);
    }
  }
  EXPECT_GT(damaged, 100);
}

TEST(RunReader, ARunIsOfOnePack) {
  const std::string text = play("oracle", 2).text;
  const Result<AgentRun> mixed =
      read(replaced(text, "\"pack_digest\":\"sha256:", "\"pack_digest\":\"sha256:0"));
  ASSERT_FALSE(mixed);
  EXPECT_EQ(mixed.error().code, ErrorCode::kMismatch);
}

// Whether the names occur as members one after the other, from `at` on, which moves behind them.
bool follow(const std::string& json, std::size_t& at, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    at = json.find('"' + std::string(name) + "\":", at);
    if (at == std::string::npos) return false;
  }
  return true;
}

TEST(ComparisonJson, HasAllMembersInOrder) {
  std::vector<AgentRun> runs;
  for (const char* policy : {"random", "oracle"}) {
    runs.push_back(read(play(policy).text).value());
    runs.back().name = policy;
  }
  const std::shared_ptr<const Catalog> catalog = test::small_catalog();
  const Pack& pack = catalog->packs().front();
  const std::string text = comparison_json(compare_runs(runs, &pack, {}).value());
  std::size_t at = 0;
  EXPECT_TRUE(follow(text, at,
                     {"format", "core", "pack", "pack_digest", "options", "tasks", "shared_tasks",
                      "method", "resamples", "runs"}));
  const std::size_t first_run = at;
  EXPECT_TRUE(follow(text, at,
                     {"name", "tasks", "episodes", "successes", "success_rate", "success_interval",
                      "mean_return", "mean_steps", "failures", "cut_off", "damaged", "problems",
                      "by_difficulty", "by_database", "pairs"}));
  EXPECT_LT(text.find("\"oracle\"", first_run), text.find("\"random\"", first_run));
  EXPECT_TRUE(follow(text, at,
                     {"first", "second", "tasks", "only_first", "only_second", "ahead", "behind",
                      "success_difference", "success_interval", "return_difference",
                      "return_interval", "p", "corrected_p", "success_differs", "return_differs"}));
  EXPECT_NE(text.find("\"sqlenv-comparison/1\""), std::string::npos);
}

}  // namespace
}  // namespace sqlenv
