// Random play over every database of the packs: clones, saves, equal bytes, the contents and size
// of observations, counts, the reward's bounds, and that nothing hidden leaks.
//
// Plays Spider's release too if it exists (shared/spider beside the checkout, or the folder that
// SQLENV_SPIDER names).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/task/examples.h"
#include "core/task/import.h"
#include "core/task/sqlite_importer.h"
#include "core/wire/episode_json.h"
#include "core/wire/episode_save.h"
#include "core/wire/examples_json.h"
#include "core/wire/trajectory.h"
#include "tests/core/episode/reward_bounds.h"
#include "tests/core/play.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

#if defined(NDEBUG) && !defined(__EMSCRIPTEN__)
constexpr std::uint64_t kEpisodesOfADatabase = 20;
#else
constexpr std::uint64_t kEpisodesOfADatabase = 4;  // under the sanitizers, and in node
#endif

namespace fs = std::filesystem;

// Makes the pack of `sqlenv pack import spider` in memory.
std::shared_ptr<const Catalog> spider_catalog(const fs::path& release) {
  std::vector<Example> examples;
  for (const auto& [file, split] :
       {std::pair{"train_spider.json", "train"}, std::pair{"dev.json", "eval"}}) {
    auto read = parse_examples(test::read_test_file((release / file).string()), {file, split});
    SQLENV_CHECK(read.has_value());
    examples.insert(examples.end(), read->examples.begin(), read->examples.end());
  }
  ExampleImporter importer(std::move(examples));
  Import import;
  import.name = "spider";
  for (const std::string& name : importer.databases()) {
    const fs::path file = release / "database" / name / (name + ".sqlite");
    if (!fs::exists(file)) continue;
    Result<PackDatabase> taken =
        take_sqlite({name, test::read_test_file(file.string())}, name, import.notes);
    SQLENV_CHECK(taken.has_value());
    Result<Database> opened = Database::open(taken->image);
    SQLENV_CHECK(importer.take(name, *opened).has_value());
    import.databases.push_back(std::move(*taken));
  }
  import.questions = importer.finish();
  Result<Pack> pack = pack_of(std::move(import));
  SQLENV_CHECK(pack.has_value());
  std::vector<Pack> packs;
  packs.push_back(std::move(*pack));
  return std::make_shared<const Catalog>(std::move(packs));
}

// The texts that no observation may hold before the end. Rows may: a query can show them.
std::vector<std::string> secrets_of(const Task& task) {
  std::vector<std::string> secrets = {
      task.question->gold_sql, task.question->id, task.pack->digest, "gold_sql",   "\"terms\"",
      "\"progress\"",          "\"verdict\"",     "Correct (",       "Incorrect ("};
  for (const NamedTerm& term : reward_term_names())
    secrets.push_back("\"" + std::string(term.name) + "\"");
  return secrets;
}

class RandomPlay {
 public:
  explicit RandomPlay(std::shared_ptr<const Catalog> catalog)
      : catalog_(catalog), environment_(catalog), elsewhere_(catalog) {
    for (Environment* environment : {&environment_, &elsewhere_}) {
      environment->keep_tables(false);
      environment->query_limits().max_operations = 200'000;
    }
  }

  void every_database() {
    for (const PackDatabase& database : catalog_->packs().front().databases)
      for (std::uint64_t seed = 0; seed < kEpisodesOfADatabase; ++seed) {
        ResetOptions options;
        options.filter.database = database.name;
        options.seed = seed;
        options.reward = std::string(reward_presets()[seed % reward_presets().size()].name);
        options.step_budget = seed % 7 == 4 ? 40 : 15;
        one_episode(options);
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << database.name << ", seed " << seed;
      }
  }

 private:
  void one_episode(const ResetOptions& options) {
    Result<Episode> episode = environment_.reset(options);
    Result<Episode> twin = elsewhere_.reset(options);
    ASSERT_TRUE(episode.has_value() && twin.has_value());
    check_observation(*episode, episode->first().observation);
    Micros total = 0;
    sent_.clear();
    while (!episode->done()) {
      Episode clone = *episode;
      const Action action = test::random_action(*episode, random_);
      sent_ += action.action_type + " " + action.argument + "\n";
      const StepResult result = episode->step(action);
      Episode other = clone;
      other.step({"QUERY", "SELECT 'another way'"});  // must not change the original
      ASSERT_EQ(step_json(clone.step(action)), step_json(result));
      ASSERT_EQ(step_json(twin->step(action)), step_json(result));
      ASSERT_EQ(trajectory_jsonl(clone), trajectory_jsonl(*episode));
      check_saved(*episode);
      ASSERT_EQ(result.done, episode->done());
      ASSERT_EQ(result.reward, to_double(result.terms.total()));
      total += result.terms.total();
      check_observation(*episode, result.observation);
      if (!result.done) check_secrets(*episode, result);
    }
    ASSERT_EQ(total, episode->total_reward());
    ASSERT_EQ(trajectory_jsonl(*twin), trajectory_jsonl(*episode));
    check_total(*episode);
  }

  // Restores the save in another environment. random_steps_test.cc tests how it goes on.
  void check_saved(const Episode& episode) {
    const std::string saved = save_episode(episode);
    const Result<Episode> restored = restore_episode(elsewhere_, saved);
    ASSERT_TRUE(restored.has_value()) << restored.error().to_string();
    ASSERT_EQ(save_episode(*restored), saved);
    ASSERT_EQ(trajectory_jsonl(*restored), trajectory_jsonl(episode));
    const std::string& gold = episode.task().question->gold_sql;
    ASSERT_TRUE(sent_.find(gold) != std::string::npos || saved.find(gold) == std::string::npos);
  }

  void check_observation(const Episode& episode, const Observation& observation) {
    const auto steps = static_cast<std::size_t>(observation.step_count);
    ASSERT_EQ(observation.step_count, episode.step_count());
    ASSERT_EQ(observation.step_count + observation.budget_remaining, episode.options().step_budget);
    ASSERT_EQ(observation.action_history.size(), steps);
    ASSERT_TRUE(observation.result.empty() || observation.error.empty());
    ASSERT_EQ(observation.question, episode.task().question->text);
    ASSERT_LE(observation.error.size(), 2'000u) << observation.error;
    for (const std::string& line : observation.action_history) {
      ASSERT_LE(line.size(), 240u) << line;
      ASSERT_EQ(line.find('\n'), std::string::npos) << line;
      ASSERT_EQ(valid_utf8(line), line);
    }
    for (const std::string* text : {&observation.result, &observation.error})
      ASSERT_EQ(valid_utf8(*text), *text);
    const std::string& last =
        observation.action_history.empty() ? std::string() : observation.action_history.back();
    const bool rows = equal_ignoring_case(last.substr(0, 5), "query") ||
                      equal_ignoring_case(last.substr(0, 6), "sample");
    if (!observation.result.empty() && rows) check_rows(observation.result);
  }

  // A header, at most 20 rows of cells of at most 400 bytes and an ellipsis, and the count.
  void check_rows(const std::string& result) {
    std::size_t lines = 1;
    std::size_t longest = 0;
    for (std::size_t from = 0; from < result.size();) {
      const std::size_t end = std::min(result.find('\n', from), result.size());
      longest = std::max(longest, end - from);
      lines += end < result.size() ? 1 : 0;
      from = end + 1;
    }
    ASSERT_LE(lines, kShownRows + 2) << result;
    ASSERT_LE(longest, 64 * (kShownCellBytes + 6)) << result;
  }

  // An observation may repeat what the agent wrote itself.
  void check_secrets(const Episode& episode, const StepResult& result) {
    const std::string json = step_json(result);
    const Observation& seen = result.observation;
    const std::string texts = seen.question + "\n" + seen.schema_info + "\n" + seen.result + "\n" +
                              seen.error + "\n" + join(seen.action_history, "\n");
    for (const std::string& secret : secrets_of(episode.task())) {
      if (sent_.find(secret) != std::string::npos) continue;
      ASSERT_EQ(json.find(secret), std::string::npos) << secret << "\n" << json;
      ASSERT_EQ(texts.find(secret), std::string::npos) << secret << "\n" << texts;
    }
  }

  void check_total(const Episode& episode) {
    const auto key = std::pair{episode.options().reward, episode.options().step_budget};
    if (bounds_.count(key) == 0) {
      const RewardPreset preset = preset_for_budget(*find_reward_preset(key.first), key.second);
      bounds_[key] =
          test::total_bounds(preset, key.first == "v1" ? std::min(key.second, 18) : key.second)
              .back();
    }
    const test::TotalBounds& bounds = bounds_[key];
    const bool right = episode.verdict() && episode.verdict()->correct;
    ASSERT_LE(episode.total_reward(), right ? bounds.right_most : bounds.never_right_most);
    ASSERT_GE(episode.total_reward(), right ? bounds.right_least : -10 * kOne);
  }

  std::shared_ptr<const Catalog> catalog_;
  Environment environment_;
  Environment elsewhere_;
  Random random_{2025};
  std::string sent_;
  std::map<std::pair<std::string, int>, test::TotalBounds> bounds_;
};

TEST(RandomPlayBattery, SmallPack) { RandomPlay(test::small_catalog()).every_database(); }

TEST(RandomPlayBattery, StarterPack) { RandomPlay(test::starter_catalog()).every_database(); }

TEST(RandomPlayBattery, Spider) {
  const fs::path release = test::spider_folder();
  if (!fs::exists(release / "dev.json"))
    GTEST_SKIP() << "Spider's release is not there; name its folder by SQLENV_SPIDER.";
  RandomPlay(spider_catalog(release)).every_database();
}

}  // namespace
}  // namespace sqlenv
