// Long steps and resets are played elsewhere, with the bytes of those that are played at once.

#include "app/server/detour.h"

#include <gtest/gtest.h>

#include <future>

#include "app/server/session.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

const char kReset[] =
    R"({"type":"reset","data":{"question_id":"music_train_001","episode_id":"mine","seed":1}})";

std::string step(const std::string& type, const std::string& argument) {
  return R"({"type":"step","data":{"action_type":")" + type + R"(","argument":")" + argument +
         R"("}})";
}

std::string long_query(int rows) {
  return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " +
         std::to_string(rows) + ") SELECT count(*) FROM n";
}

class DetourTest : public testing::Test {
 protected:
  DetourTest() { worker_.take_detours(); }

  // The detour that the message asks for; null if it is answered at once.
  std::shared_ptr<Detour> asks(const std::string& message) {
    try {
      session_.on_text(message);
      return nullptr;
    } catch (const NeedsDetour& needed) {
      return needed.detour;
    }
  }

  void run(const std::shared_ptr<Detour>& detour) {
    std::promise<void> done;
    pool_.run(detour, [&] { done.set_value(); });
    done.get_future().wait();
  }

  // The reply to a message, by a detour if it asks for one.
  std::string say(Session& session, const std::string& message) {
    try {
      return session.on_text(message).text.value_or("no reply");
    } catch (const NeedsDetour& needed) {
      ++detours_;
      run(needed.detour);
      const FinishedDetour scope(needed.detour.get());
      return session.on_text(message).text.value_or("no reply");
    }
  }

  const std::shared_ptr<const Catalog> catalog_ = tiny_catalog();
  std::atomic<bool> stopping_ = false;
  Worker worker_{catalog_, std::chrono::seconds(50), stopping_, 1};
  Worker plain_worker_{catalog_, std::chrono::seconds(50), stopping_, 1};
  DetourPool pool_{catalog_, stopping_};
  Session session_{worker_};
  Session plain_{plain_worker_};
  int detours_ = 0;
};

TEST_F(DetourTest, HasTheBytesOfAStepPlayedAtOnce) {
  const std::string long_answer(20'000, '3');
  for (const std::string& message :
       {std::string(kReset), step("DESCRIBE", "singer"), step("QUERY", "SELECT 1"),
        step("QUERY", long_query(100'000)), step("QUERY", long_query(100'000)),
        step("SAMPLE", "band"), step("QUERY", long_query(90'000'000)), step("QUERY", "SELEC"),
        step("ANSWER", long_answer), std::string(R"({"type":"trajectory"})")})
    EXPECT_EQ(say(session_, message), plain_.on_text(message).text) << message;
  EXPECT_EQ(detours_, 5);  // the reset, three queries and the answer
}

TEST_F(DetourTest, ChangesNothingBeforeItIsFinished) {
  say(session_, kReset);
  const std::shared_ptr<Detour> detour = asks(step("QUERY", long_query(100'000)));
  ASSERT_NE(detour, nullptr);
  EXPECT_EQ(session_.episode()->step_count(), 0);
  run(detour);
  EXPECT_EQ(session_.episode()->step_count(), 0);
}

TEST_F(DetourTest, IsNotTakenForAnotherStateOfTheEpisode) {
  say(session_, kReset);
  const std::string message = step("QUERY", long_query(100'000));
  const std::shared_ptr<Detour> detour = asks(message);
  ASSERT_NE(detour, nullptr);
  run(detour);
  say(session_, step("DESCRIBE", "band"));
  const FinishedDetour scope(detour.get());
  EXPECT_NE(asks(message), nullptr);
  EXPECT_EQ(session_.episode()->step_count(), 1);
}

TEST_F(DetourTest, AResetOfAKnownGoldIsPlayedAtOnce) {
  EXPECT_NE(asks(kReset), nullptr);
  say(session_, kReset);
  EXPECT_EQ(asks(kReset), nullptr);
}

TEST_F(DetourTest, AWrongResetIsAnsweredAtOnce) {
  EXPECT_EQ(asks(R"({"type":"reset","data":{"question_id":"nowhere"}})"), nullptr);
}

TEST_F(DetourTest, APoolThatShutsDownDropsWhatHasNotBegun) {
  say(session_, kReset);
  std::atomic<int> done = 0;
  for (int i = 0; i < 20; ++i) {
    const std::shared_ptr<Detour> detour = asks(step("QUERY", long_query(3'000'000)));
    ASSERT_NE(detour, nullptr);
    pool_.run(detour, [&] { ++done; });
  }
  stopping_ = true;
  pool_.shut_down();
  EXPECT_LE(done.load(), 20);
}

}  // namespace
}  // namespace sqlenv
