// Shared episodes: what goes into a link comes out of it, and what is no link is refused.
#include "core/wire/share.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

class ShareTest : public testing::Test {
 protected:
  Episode started(int budget = 15) {
    ResetOptions options;
    options.seed = 41;
    options.filter.question_id = "zoo_train_001";
    options.step_budget = budget;
    options.reward = "v1.5";
    return *environment_.reset(options);
  }

  Episode won() {
    Episode episode = started();
    for (const Action& action :
         {Action{"DESCRIBE", "animal"}, Action{"describe", "lion"}, Action{"QUERY", ""},
          Action{"QUERY", "SELECT count(*) FROM animal"}, Action{"QUERY", "SELECT nothing"},
          Action{"QUERY", "SELECT count(*)  FROM animal"}, Action{"SAMPLE", "keeper"},
          Action{"ANSWER", "4"}})
      episode.step(action);
    return episode;
  }

  Episode played(const SharedEpisode& shared) {
    Result<Episode> episode = start_shared(environment_, shared);
    EXPECT_TRUE(episode.has_value()) << episode.error().to_string();
    for (const Action& action : shared.actions) episode->step(action);
    return std::move(*episode);
  }

  Environment environment_{test::small_catalog()};
};

TEST_F(ShareTest, ALinkGivesTheSameTrajectory) {
  const Episode episode = won();
  const std::optional<std::string> text = share_text(episode, 3);
  ASSERT_TRUE(text);
  EXPECT_LT(text->size(), 230u);
  EXPECT_EQ(
      text->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
  const Result<SharedEpisode> shared = read_share(*text);
  ASSERT_TRUE(shared.has_value()) << shared.error().to_string();
  EXPECT_EQ(shared->step, 3u);
  EXPECT_EQ(shared->state, share_state(episode));
  const Episode again = played(*shared);
  EXPECT_EQ(trajectory_jsonl(again), trajectory_jsonl(episode));
  EXPECT_EQ(share_text(again, 3), text);
}

TEST_F(ShareTest, AnyActionsComeBack) {
  Random random(7);
  const std::string pieces[] = {
      "SELECT ",           "é", "漢", "\n", "'", "aaaaaaaaaaaaaaaaaaaa", "x", " FROM animal WHERE ",
      std::string("\0", 1)};
  for (int round = 0; round < 120; ++round) {
    Episode episode = started(1000);
    for (std::uint64_t count = random.below(12); count > 0; --count) {
      std::string argument;
      for (std::uint64_t length = random.below(round < 110 ? 30 : 900); length > 0; --length)
        argument += pieces[random.below(9)];
      episode.step({random.below(4) == 0 ? argument.substr(0, 0) + "look" : "SAMPLE", argument});
    }
    const std::optional<std::string> text = share_text(episode, 0);
    if (!text) continue;
    const Result<SharedEpisode> shared = read_share(*text);
    ASSERT_TRUE(shared.has_value()) << shared.error().to_string();
    ASSERT_EQ(shared->actions.size(), episode.steps().size());
    for (std::size_t i = 0; i < shared->actions.size(); ++i)
      EXPECT_EQ(shared->actions[i], episode.steps()[i].action);
  }
}

TEST_F(ShareTest, DamageIsRefused) {
  const std::string text = *share_text(won(), 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_FALSE(read_share(text.substr(0, i)).has_value()) << i;
    for (const char other : {'A', 'b', '_', '=', '\0'}) {
      std::string changed = text;
      if (changed[i] == other) continue;
      changed[i] = other;
      const Result<SharedEpisode> read = read_share(changed);
      ASSERT_FALSE(read.has_value()) << i << other;
      EXPECT_EQ(read.error().code, ErrorCode::kBadSave);
    }
  }
  EXPECT_FALSE(read_share(text + "A").has_value());
  EXPECT_FALSE(read_share("1" + std::string(1 << 20, 'A')).has_value());
}

TEST_F(ShareTest, WhatIsTooLongHasNoLink) {
  Episode episode = started();
  episode.step({"ANSWER", std::string(kMaxSharedBytes, 'x')});
  EXPECT_EQ(share_text(episode, 0), std::nullopt);
}

TEST_F(ShareTest, OtherPacksAreNamed) {
  SharedEpisode shared = *read_share(*share_text(won(), 0));
  const auto code = [&] { return start_shared(environment_, shared).error().code; };
  shared.pack_digest[0] = shared.pack_digest[0] == '0' ? '1' : '0';
  EXPECT_EQ(code(), ErrorCode::kMismatch);
  shared.options.filter.pack = "other";
  EXPECT_EQ(code(), ErrorCode::kNotFound);
  shared = *read_share(*share_text(won(), 0));
  shared.options.reward = "v9";
  EXPECT_EQ(code(), ErrorCode::kBadOption);
}

TEST_F(ShareTest, AnEpisodeIsWhatItWasAfterEachStep) {
  const Episode whole = won();
  Episode played = started();
  for (std::size_t count = 0; count <= whole.steps().size(); ++count) {
    const Episode past = whole.until(count);
    EXPECT_EQ(trajectory_jsonl(past), trajectory_jsonl(played));
    EXPECT_EQ(past.described(), played.described());
    Episode one = past;
    Episode other = played;
    const Action next{"QUERY", "SELECT 4, 'x'"};
    EXPECT_EQ(one.step(next).terms.total(), other.step(next).terms.total());
    if (count < whole.steps().size()) played.step(whole.steps()[count].action);
  }
}

}  // namespace
}  // namespace sqlenv
