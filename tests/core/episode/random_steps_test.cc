// Ten thousand random steps over every database of the bundled pack. The same actions give the same
// bytes when they are played again, when a clone or a restored save goes on at any step, and when
// the trajectory is read and replayed.
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/sql/sql_literals.h"
#include "core/wire/episode_json.h"
#include "core/wire/episode_save.h"
#include "core/wire/replay.h"
#include "core/wire/trajectory.h"
#include "core/wire/trajectory_reader.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

#if defined(NDEBUG) && !defined(__EMSCRIPTEN__)
constexpr std::size_t kSteps = 10'000;
#else
constexpr std::size_t kSteps = 1'000;  // under the sanitizers, and in node
#endif

template <class Items>
const auto& one_of(const Items& items, Random& random) {
  return items[static_cast<std::size_t>(random.below(items.size()))];
}

std::string random_query(const Schema& schema, Random& random) {
  const Table& table = one_of(schema.tables, random);
  const std::string name = quote_identifier(table.name);
  const std::string column = quote_identifier(one_of(table.columns, random).name);
  const std::string number = std::to_string(random.below(50));
  switch (random.below(9)) {
    case 0: return "SELECT * FROM " + name;
    case 1: return "SELECT count(*) FROM " + name;
    case 2:
      return "SELECT " + column + ", count(*) FROM " + name + " GROUP BY 1 ORDER BY 2 DESC, 1";
    case 3: return "SELECT DISTINCT " + column + " FROM " + name + " WHERE rowid > " + number;
    case 4: return "SELECT avg(" + column + "), max(" + column + ") FROM " + name;
    case 5: return "SELECT " + number + " * 0.1, 'é' || " + number;
    case 6: return "SELECT " + column + " FROM " + name + " LIMIT " + number + " ; ";
    case 7: return "DELETE FROM " + name;
    default: return "SELECT missing_" + number + " FROM " + name;
  }
}

Action random_action(const Episode& episode, Random& random) {
  const Schema& schema = episode.task().database->image.schema();
  if (!episode.steps().empty() && random.below(8) == 0)
    return one_of(episode.steps(), random).action;
  switch (random.below(12)) {
    case 0: return {"GUESS", "\xc3\x28 \"quoted\"\n"};
    case 1: return {"DESCRIBE", "no_table"};
    case 2: return {"ANSWER", random.below(2) == 0 ? "17" : "[[1, null], [\"a\", 2.5]]"};
    case 3:
    case 4: return {"describe", one_of(schema.tables, random).name};
    case 5: return {"SAMPLE", one_of(schema.tables, random).name};
    default: return {"QUERY", random_query(schema, random)};
  }
}

ResetOptions options_of(const std::string& database, std::uint64_t seed) {
  ResetOptions options;
  options.filter.database = database;
  options.seed = seed;
  options.reward = std::string(reward_presets()[seed % reward_presets().size()].name);
  return options;
}

class RandomSteps : public testing::Test {
 protected:
  // Plays to the end and checks everything.
  void check_episode(const ResetOptions& options, Random& random);

  void go_on(Episode& episode, std::size_t from, std::size_t to);
  void check_restored(std::size_t from);

  std::shared_ptr<const Catalog> catalog_ = test::starter_catalog();
  Environment environment_{catalog_};
  Environment elsewhere_{catalog_};
  std::vector<Action> actions_;
  std::vector<std::string> seen_;   // the result of each step
  std::vector<std::string> saves_;  // before each step, and after the last
  std::string text_;                // the whole trajectory
};

// Plays actions from..to-1 and compares their results.
void RandomSteps::go_on(Episode& episode, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) ASSERT_EQ(step_json(episode.step(actions_[i])), seen_[i]);
  ASSERT_EQ(episode.done(), to == actions_.size());
  ASSERT_EQ(episode.done() ? trajectory_jsonl(episode) : text_, text_);
}

void RandomSteps::check_restored(std::size_t from) {
  Result<Episode> restored = restore_episode(elsewhere_, saves_[from]);
  ASSERT_TRUE(restored.has_value()) << restored.error().to_string() << saves_[from];
  ASSERT_EQ(save_episode(*restored), saves_[from]);
  go_on(*restored, from, actions_.size());
}

void RandomSteps::check_episode(const ResetOptions& options, Random& random) {
  actions_.clear();
  seen_.clear();
  saves_.clear();
  std::vector<Episode> clones;
  Result<Episode> episode = environment_.reset(options);
  ASSERT_TRUE(episode.has_value());
  while (!episode->done()) {
    clones.push_back(*episode);
    saves_.push_back(save_episode(*episode));
    actions_.push_back(random_action(*episode, random));
    seen_.push_back(step_json(episode->step(actions_.back())));
    // A clone that plays something else does not change the original.
    Episode other = clones.back();
    other.step(random_action(other, random));
  }
  saves_.push_back(save_episode(*episode));
  text_ = trajectory_jsonl(*episode);

  Result<Episode> again = elsewhere_.reset(options);
  go_on(*again, 0, actions_.size());
  // Going on to the end from each step is quadratic in the steps, so only some episodes do.
  const bool thorough = options.seed % 16 == 0;
  for (std::size_t i = 0; i < clones.size(); ++i) {
    ASSERT_EQ(thorough ? save_episode(clones[i]) : saves_[i], saves_[i]) << "a clone was changed";
    go_on(clones[i], i, thorough ? actions_.size() : i + 1);
    if (thorough) check_restored(i);
  }
  check_restored(static_cast<std::size_t>(random.below(saves_.size())));
  const Result<Trajectory> read = parse_trajectory(text_);
  ASSERT_TRUE(read.has_value()) << read.error().to_string();
  ASSERT_EQ(*read, record(*episode));
  const Result<ReplayReport> report = replay(elsewhere_, *read);
  ASSERT_TRUE(report.has_value() && !report->difference);
}

TEST_F(RandomSteps, ReplaysClonesAndSavesGiveTheSameBytes) {
  environment_.keep_tables(false);
  elsewhere_.keep_tables(false);
  const std::vector<PackDatabase>& databases = catalog_->packs().front().databases;
  Random random(2024);
  std::size_t steps = 0;
  for (std::uint64_t seed = 0; steps < kSteps; ++seed)
    for (const PackDatabase& database : databases) {
      check_episode(options_of(database.name, seed), random);
      ASSERT_FALSE(HasFatalFailure()) << database.name << ", seed " << seed;
      steps += actions_.size();
    }
}

}  // namespace
}  // namespace sqlenv
