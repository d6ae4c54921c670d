#include "app/server/session_store.h"

#include <gtest/gtest.h>

#include <thread>

#include "app/server/conversation.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;
using Attached = SessionStore::Attached;
using Closed = SessionStore::Closed;

const Action kSample{"SAMPLE", "band"};

class SessionStoreTest : public testing::Test {
 protected:
  static ServerOptions options() {
    ServerOptions options;
    options.max_sessions = 4;
    options.kept_episode_idle = 60s;
    options.session_lifetime = 600s;
    return options;
  }
  std::vector<std::unique_ptr<Worker>> shard_workers() {
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < 3; ++i) workers.push_back(service_.new_worker());
    return workers;
  }

  Service service_{options(), tiny_catalog(), WebFiles()};
  SessionStore& store_ = service_.store;
};

TEST_F(SessionStoreTest, TakesPlacesAndGivesThemBack) {
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i) ids.push_back(*store_.create());
  EXPECT_FALSE(store_.create().has_value());
  EXPECT_EQ(service_.sessions.active(), 4);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(store_.close(ids[0]), Closed::kYes);
  EXPECT_EQ(store_.close(ids[0]), Closed::kUnknown);
  EXPECT_EQ(service_.sessions.active(), 3);
  EXPECT_TRUE(store_.create().has_value());
}

TEST_F(SessionStoreTest, OneWebSocketAtATimeAndClosingWaitsForIt) {
  const std::string id = *store_.create();
  EXPECT_EQ(store_.attach("nope"), Attached::kUnknown);
  EXPECT_EQ(store_.attach(id), Attached::kYes);
  EXPECT_EQ(store_.attach(id), Attached::kTaken);
  store_.detach(id);
  EXPECT_EQ(store_.attach(id), Attached::kYes);
  EXPECT_EQ(store_.close(id), Closed::kWhenDetached);
  EXPECT_TRUE(store_.with(id, [](Session&) {}));
  store_.detach(id);
  EXPECT_FALSE(store_.with(id, [](Session&) {}));
  EXPECT_EQ(service_.sessions.active(), 0);
}

TEST_F(SessionStoreTest, ReapsTheIdleAndTheOldButNotTheAttached) {
  const SessionStore::Clock::time_point start{};
  const std::string idle = *store_.create(start), busy = *store_.create(start),
                    attached = *store_.create(start);
  EXPECT_EQ(store_.attach(attached), Attached::kYes);
  store_.with(
      busy, [](Session&) {}, start + 50s);
  store_.reap(start + 60s);
  EXPECT_EQ(store_.session_count(), 3u);
  store_.reap(start + 61s);
  EXPECT_EQ(store_.session_count(), 2u);
  store_.with(
      busy, [](Session&) {}, start + 601s);
  store_.reap(start + 601s);
  EXPECT_EQ(store_.session_count(), 1u);
  store_.detach(attached, start + 602s);
  store_.reap(start + 603s);  // too old
  EXPECT_EQ(service_.sessions.active(), 0);
}

TEST_F(SessionStoreTest, ManyThreadsLeaveNoSession) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([this] {
      const std::unique_ptr<Worker> worker = service_.new_worker();
      for (int round = 0; round < 200; ++round) {
        const std::optional<std::string> id = store_.create();
        if (!id) continue;
        {
          Conversation talk(service_, *worker, "/ws?session_id=" + *id, "");
          EXPECT_FALSE(talk.begin().has_value());
          EXPECT_TRUE(has(*talk.on_text(R"({"type":"reset"})").text, "observation"));
          store_.with(*id, [](Session& session) { EXPECT_FALSE(session.resting()); });
          if (round % 2 == 0) {
            EXPECT_EQ(store_.close(*id), Closed::kWhenDetached);
          }
        }
        if (round % 2 == 1) {
          EXPECT_EQ(store_.close(*id), Closed::kYes);
        }
        if (round % 50 == 0) {
          EXPECT_TRUE(has(service_.metrics.text(service_.gauges()), "resets"));
        }
        service_.reap(SessionStore::Clock::now());
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(service_.sessions.active(), 0);
  EXPECT_EQ(store_.session_count(), 0u);
}

TEST_F(SessionStoreTest, DropsTheLeastRecentlyUsedEpisodeAndTheIdle) {
  SessionStore store(shard_workers(), service_.sessions, {2, 60s, 0s});
  const SessionStore::Clock::time_point start{};
  EXPECT_TRUE(store.reset("a", {}, start).has_value());
  EXPECT_TRUE(store.reset("b", {}, start + 1s).has_value());
  EXPECT_TRUE(store.step("a", kSample, {}, start + 2s).has_value());
  EXPECT_TRUE(store.reset("c", {}, start + 3s).has_value());  // b was used least recently
  EXPECT_EQ(store.episode_count(), 2u);
  EXPECT_FALSE(store.step_count("b", start + 4s).has_value());
  EXPECT_EQ(store.step_count("a", start + 4s), 1);
  EXPECT_FALSE(store.step_count("c", start + 64s).has_value());  // 61 seconds idle
  EXPECT_EQ(store.step_count("a", start + 64s), 1);              // 60
  EXPECT_EQ(store.episode_count(), 1u);
  EXPECT_TRUE(store.reset("a", {}, start + 65s).has_value());  // starts afresh
  EXPECT_EQ(store.step_count("a", start + 65s), 0);
  EXPECT_EQ(service_.sessions.active(), 0);  // episodes take no place
  store.reap(start + 126s);
  EXPECT_EQ(store.episode_count(), 0u);
}

TEST_F(SessionStoreTest, AnEpisodeAndASessionOfOneIdAreTwo) {
  const std::string id = *store_.create();
  EXPECT_FALSE(store_.step(id, kSample, {}).has_value());
  EXPECT_TRUE(store_.reset(id, {}).has_value());
  store_.with(id, [](Session& session) { EXPECT_EQ(session.episode(), nullptr); });
  EXPECT_EQ(store_.close(id), Closed::kYes);
  EXPECT_EQ(store_.step_count(id), 0);
}

TEST_F(SessionStoreTest, AnEpisodeThatCannotBeginChangesNothing) {
  EXPECT_TRUE(store_.reset("a", {}).has_value());
  EXPECT_TRUE(store_.step("a", kSample, {}).has_value());
  ResetRequest unknown;
  unknown.options.filter.question_id = "nothing";
  EXPECT_FALSE(store_.reset("a", unknown).has_value());
  EXPECT_FALSE(store_.reset("b", unknown).has_value());
  EXPECT_EQ(store_.step_count("a"), 1);
  EXPECT_EQ(store_.episode_count(), 1u);
}

TEST_F(SessionStoreTest, ManyThreadsKeepNoMoreEpisodesThanAllowed) {
  SessionStore store(shard_workers(), service_.sessions, {5, 60s, 0s});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&store, i] {
      for (int round = 0; round < 200; ++round) {
        // All threads use the names of even rounds.
        const std::string name =
            std::to_string(round % 2 == 0 ? round % 8 : 100 * (i + 1) + round % 4);
        EXPECT_TRUE(store.reset(name, {}).has_value());
        if (const std::optional<StepResult> result = store.step(name, kSample, {})) {
          EXPECT_EQ(result->observation.error, "");
        }
        store.step_count(name);
        if (round % 50 == 0) store.reap(SessionStore::Clock::now());
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store.episode_count(), 5u);
}

TEST_F(SessionStoreTest, AQueryHoldsUpNeitherLookUpsNorTheEndOfItsSession) {
  const std::string id = *store_.create();
  store_.with(id, [&](Session& session) {
    EXPECT_EQ(store_.attach(id), Attached::kYes);
    store_.detach(id);
    EXPECT_EQ(store_.session_count(), 1u);
    EXPECT_EQ(store_.close(id), Closed::kYes);
    EXPECT_TRUE(session.resting());
  });
  EXPECT_FALSE(store_.with(id, [](Session&) {}));
}

class ConversationTest : public SessionStoreTest {
 protected:
  std::unique_ptr<Worker> worker_ = service_.new_worker();
};

TEST_F(ConversationTest, McpOverItsOwnPathAndOverMessages) {
  Conversation mcp(service_, *worker_, "/mcp", "");
  ASSERT_FALSE(mcp.begin().has_value());
  const auto ask = [&](const std::string& method, const std::string& params = "{}") {
    return *mcp.on_text(R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":)" +
                        params + "}")
                .text;
  };
  EXPECT_TRUE(has(ask("initialize"), "protocolVersion"));
  EXPECT_FALSE(
      mcp.on_text(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").text.has_value());
  EXPECT_TRUE(has(ask("tools/call", R"({"name":"sample","arguments":{"table":"band"}})"),
                  "call the tool reset first"));
  EXPECT_TRUE(has(ask("tools/call", R"({"name":"reset"})"), "budget_remaining"));
  EXPECT_FALSE(mcp.resting());
  EXPECT_TRUE(has(ask("tools/call", R"({"name":"answer","arguments":{"value":"x"}})"), "true"));
  EXPECT_TRUE(mcp.resting());
  const SessionReply list = mcp.on_text("[]");
  EXPECT_TRUE(list.close && has(*list.text, "-32000"));
  EXPECT_TRUE(mcp.on_binary().close);

  Conversation ws(service_, *worker_, "/ws", "");
  ASSERT_FALSE(ws.begin().has_value());
  EXPECT_TRUE(
      has(*ws.on_text(R"({"type":"mcp","data":{"jsonrpc":"2.0","id":1,"method":"ping"}})").text,
          R"({"type":"mcp","data":{"jsonrpc":"2.0","id":1,"result":{}}})"));
}

TEST_F(ConversationTest, NothingOfTheGoldOverMcp) {
  Conversation mcp(service_, *worker_, "/mcp", "");
  ASSERT_FALSE(mcp.begin().has_value());
  std::string all;
  for (const char* params :
       {R"({"name":"reset","arguments":{"question_id":"music_train_001"}})",
        R"({"name":"query","arguments":{"sql":"SELECT 3"}})",
        R"({"name":"query","arguments":{"sql":"SELEC"}})",
        R"({"name":"sample","arguments":{"table":"band"}})", R"({"name":"nope"})"})
    all += *mcp.on_text(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":)" +
                        std::string(params) + "}")
                .text;
  for (const char* secret : {"gold", "progress", "count(*)"}) EXPECT_FALSE(has(all, secret)) << all;
}

TEST_F(ConversationTest, LimitsOfTime) {
  ServerOptions limits;
  limits.session_idle = 10s;
  limits.session_lifetime = 60s;
  Service service(limits, tiny_catalog(), WebFiles());
  const std::unique_ptr<Worker> worker = service.new_worker();
  Conversation talk(service, *worker, "/ws", "");
  const auto now = Conversation::Clock::now();
  EXPECT_FALSE(talk.expired(now + 9s).has_value());
  EXPECT_EQ(talk.expired(now + 11s), SessionEnd::kIdle);
  EXPECT_EQ(talk.expired(now + 61s), SessionEnd::kLifetime);
}

TEST_F(ConversationTest, PlacesAreCountedOnce) {
  std::vector<std::unique_ptr<Conversation>> all;
  for (int i = 0; i < 4; ++i) {
    all.push_back(std::make_unique<Conversation>(service_, *worker_, "/ws", ""));
    EXPECT_FALSE(all.back()->begin().has_value());
  }
  Conversation refused(service_, *worker_, "/ws", ""), tool(service_, *worker_, "/mcp", "");
  EXPECT_TRUE(has(*refused.begin()->text, "CAPACITY_REACHED"));
  EXPECT_TRUE(has(*tool.begin()->text, R"("code":-32000)"));
  all[0]->end(SessionEnd::kIdle);
  all[0]->end(SessionEnd::kLeft);
  EXPECT_EQ(service_.sessions.active(), 3);
  all.clear();
  EXPECT_EQ(service_.sessions.active(), 0);
  const std::string text = service_.metrics.text(service_.gauges());
  EXPECT_TRUE(has(text, "sqlenv_sessions_closed_total{reason=\"idle\"} 1\n"));
  EXPECT_TRUE(has(text, "sqlenv_sessions_closed_total{reason=\"left\"} 3\n"));
  EXPECT_TRUE(has(text, "sqlenv_request_errors_total{code=\"CAPACITY_REACHED\"} 2\n"));
}

TEST(WorkerMetrics, PutsTimesIntoBucketsAndErrorsUnderTheirCode) {
  WorkerMetrics metrics;
  metrics.count_step(10us, {});
  metrics.count_step(11us, Error{ErrorCode::kTimeout, "too slow"});
  metrics.count_step(1h, Error{ErrorCode::kInternal, "x"});
  EXPECT_EQ(metrics.step_times[0].value(), 1u);
  EXPECT_EQ(metrics.step_times[1].value(), 1u);
  EXPECT_EQ(metrics.step_times.back().value(), 1u);
  EXPECT_EQ(metrics.step_errors[static_cast<std::size_t>(ErrorCode::kTimeout)].value(), 1u);
  EXPECT_EQ(metrics.steps.value(), 3u);
}

}  // namespace
}  // namespace sqlenv
