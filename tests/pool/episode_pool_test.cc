#include "core/pool/episode_pool.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/wire/episode_json.h"
#include "core/wire/episode_save.h"
#include "core/wire/trajectory.h"
#include "tests/core/play.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

using test::small_catalog;
using test::starter_catalog;

// The seeded action number `turn` of slot `slot`: right, wrong or hostile.
Action action_of(int slot, int turn, const Episode& episode) {
  Random random(static_cast<std::uint64_t>(slot * 1000 + turn));
  return test::random_action(episode, random);
}

std::string shown(const SlotAnswer& answer) {
  std::string text = answer.error ? answer.error->to_string() : step_json(answer.step);
  if (answer.last) text += "\nlast " + step_json(*answer.last);
  if (answer.ending)
    text += "\n" + answer.ending->question_id + " " + std::to_string(answer.ending->seed) + " " +
            answer.ending->reason + " " + std::to_string(answer.ending->total_reward);
  return text + (answer.began ? "\nbegan" : "");
}

std::vector<PoolCommand> begin_all(int slots, std::uint64_t seed, const ResetOptions& options) {
  std::vector<PoolCommand> commands;
  for (int i = 0; i < slots; ++i)
    commands.push_back({i, PoolCommand::Begin{options, seed + static_cast<std::uint64_t>(i)}});
  return commands;
}

// All answers of each slot in order, and its last trajectory.
using Transcript = std::vector<std::vector<std::string>>;

Transcript play_pool(std::shared_ptr<const Catalog> catalog, const PoolOptions& options, int turns,
                     std::size_t at_once) {
  EpisodePool pool(std::move(catalog), options);
  Transcript transcript(static_cast<std::size_t>(options.slots));
  ResetOptions reset;
  reset.step_budget = 4;
  std::vector<int> turn(static_cast<std::size_t>(options.slots));
  pool.send(begin_all(options.slots, 7, reset));
  while (pool.owed() > 0) {
    std::vector<PoolCommand> commands;
    for (PoolAnswer& one : pool.recv(std::min(at_once, pool.owed()))) {
      const auto index = static_cast<std::size_t>(one.slot);
      transcript[index].push_back(shown(one.answer));
      if (turn[index] == turns) continue;
      commands.push_back(
          {one.slot, action_of(one.slot, ++turn[index], *pool.slot(one.slot).episode())});
    }
    pool.send(std::move(commands));
  }
  for (int i = 0; i < options.slots; ++i)
    transcript[static_cast<std::size_t>(i)].push_back(trajectory_jsonl(*pool.slot(i).finished()));
  return transcript;
}

// Plays the same actions by one slot after another, without a pool.
Transcript play_slots(const std::shared_ptr<const Catalog>& catalog, const PoolOptions& options,
                      int turns) {
  Transcript transcript(static_cast<std::size_t>(options.slots));
  for (int i = 0; i < options.slots; ++i) {
    Environment environment(catalog);
    environment.keep_tables(false);
    Slot slot(environment, options.autoreset);
    ResetOptions reset;
    reset.step_budget = 4;
    auto& lines = transcript[static_cast<std::size_t>(i)];
    lines.push_back(shown(slot.begin(reset, 7 + static_cast<std::uint64_t>(i))));
    for (int turn = 1; turn <= turns; ++turn)
      lines.push_back(shown(slot.step(action_of(i, turn, *slot.episode()))));
    lines.push_back(trajectory_jsonl(*slot.finished()));
  }
  return transcript;
}

class EveryAutoreset : public testing::TestWithParam<Autoreset> {};

TEST_P(EveryAutoreset, SlotsAnswerAlikeWithAnyNumberOfThreads) {
  constexpr int kSlots = 6;
  constexpr int kTurns = 12;
  const auto catalog = small_catalog();
  const Transcript alone = play_slots(catalog, {kSlots, 0, GetParam()}, kTurns);
  for (const int threads : {0, 1, 2, 4})
    for (const std::size_t at_once : {std::size_t{1}, std::size_t{kSlots}})
      EXPECT_EQ(play_pool(catalog, {kSlots, threads, GetParam()}, kTurns, at_once), alone)
          << threads << " threads, " << at_once << " at once";
}

INSTANTIATE_TEST_SUITE_P(Modes, EveryAutoreset,
                         testing::Values(Autoreset::kNextStep, Autoreset::kSameStep,
                                         Autoreset::kDisabled));

TEST(EpisodePoolTest, ContinuesAnEpisodeInAnotherSlotAndFromASave) {
  const auto catalog = small_catalog();
  EpisodePool pool(catalog, {4, 2, Autoreset::kDisabled});
  pool.send(begin_all(1, 3, {}));
  pool.recv(1);
  pool.send({{0, Action{"DESCRIBE", "animal"}}});
  const std::string before = shown(pool.recv(1).front().answer);
  const auto copy = std::make_shared<const Episode>(*pool.slot(0).episode());
  const std::string saved = save_episode(*copy);
  pool.send({{1, PoolCommand::Adopt{copy}},
             {2, PoolCommand::Load{saved}},
             {3, PoolCommand::Load{"rubbish"}}});
  for (const PoolAnswer& one : pool.recv(3)) {
    if (one.slot == 3) EXPECT_EQ(one.answer.error->code, ErrorCode::kBadSave);
    else EXPECT_EQ(shown(one.answer), before) << one.slot;
  }
  EXPECT_EQ(pool.slot(3).episode(), nullptr);
  for (int slot = 0; slot < 3; ++slot) pool.send({{slot, Action{"ANSWER", "4"}}});
  pool.recv(3);
  for (int slot = 1; slot < 3; ++slot)
    EXPECT_EQ(trajectory_jsonl(*pool.slot(slot).finished()),
              trajectory_jsonl(*pool.slot(0).finished()));
}

TEST(EpisodePoolTest, AnswersABadResetWithItsError) {
  EpisodePool pool(small_catalog(), {2, 1});
  ResetOptions wrong;
  wrong.filter.database = "atlantis";
  pool.send({{0, PoolCommand::Begin{wrong, 1}}, {1, PoolCommand::Begin{{}, 1}}});
  for (const PoolAnswer& one : pool.recv(2)) EXPECT_EQ(one.answer.error.has_value(), one.slot == 0);
}

TEST(EpisodePoolTest, EndsWithWorkLeft) {
  for (int round = 0; round < 20; ++round) {
    EpisodePool pool(small_catalog(), {16, 3});
    pool.send(begin_all(16, 0, {}));
    if (round % 2 == 0) pool.recv(5);
  }
}

TEST(EpisodePoolTest, PlaysTheBundledPackOnTwoThreads) {
  const auto catalog = starter_catalog();
  const PoolOptions options{8, 2, Autoreset::kSameStep};
  EXPECT_EQ(play_pool(catalog, options, 6, 3), play_slots(catalog, options, 6));
}

}  // namespace
}  // namespace sqlenv
