#include "app/server/watch.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "app/server/api.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

StepResult observed(int step, std::string result = "") {
  StepResult out;
  out.observation.question = "How many?";
  out.observation.result = std::move(result);
  out.observation.step_count = step;
  return out;
}

ServerOptions watchable() {
  ServerOptions options;
  options.watch = true;
  return options;
}

class WatchApiTest : public testing::Test {
 protected:
  HttpResponse get(std::string_view target) { return api_.handle({"GET", target, "", "", ""}); }
  HttpResponse post(std::string_view target, std::string_view body) {
    return api_.handle({"POST", target, body, "", ""});
  }

  Service service_{watchable(), tiny_catalog(), WebFiles()};
  std::unique_ptr<Worker> worker_ = service_.new_worker();
  HttpApi api_{service_, *worker_};
};

constexpr char kReset[] = R"({"type":"reset","data":{"question_id":"music_train_001"}})";

std::string step(const std::string& type, const std::string& argument) {
  return R"({"type":"step","data":{"action_type":")" + type + R"(","argument":")" + argument +
         R"("}})";
}

TEST(WatchTest, IsRefusedUnlessAllowed) {
  Service service{{}, tiny_catalog(), WebFiles()};
  const std::unique_ptr<Worker> worker = service.new_worker();
  EXPECT_EQ(worker->board(), nullptr) << "a step would ask it";
  HttpApi api(service, *worker);
  const HttpResponse response = api.handle({"GET", "/watch", "", "", ""});
  EXPECT_EQ(response.status, 403);
  EXPECT_TRUE(has(response.body, "sqlenv serve --watch")) << response.body;
}

TEST_F(WatchApiTest, ShowsWhatTheAgentReads) {
  Session session(*worker_);
  EXPECT_TRUE(has(get("/watch").body, R"("sessions":[])"));
  session.on_text(kReset);
  session.on_text(step("DESCRIBE", "singer"));
  const std::string list = get("/watch").body;
  EXPECT_TRUE(has(list, R"("sessions":[{"session":1,"episode":1,"question":"How many singers are )"
                        R"(there?","step_count":1,"budget_remaining":14,"done":false,)"
                        R"("ended":false}])"))
      << list;
  std::string seen = get("/watch?session=1").body;
  EXPECT_TRUE(has(seen, "band_id INTEGER")) << seen;
  EXPECT_TRUE(has(seen, R"("step":1,"action_type":"DESCRIBE","argument":"singer")")) << seen;
  session.on_text(step("ANSWER", "3"));
  seen = get("/watch?session=1&episode=1&after=1").body;
  EXPECT_TRUE(has(seen, R"("step":2,"action_type":"ANSWER")")) << seen;
  EXPECT_TRUE(has(seen, R"("reward":1.0)")) << seen;
  EXPECT_FALSE(has(seen, R"("step":1)")) << seen;
  session.on_text(kReset);
  seen = get("/watch?session=1&episode=1&after=2").body;
  EXPECT_TRUE(has(seen, R"("episode":2)") && has(seen, R"("steps":[])")) << seen;
  EXPECT_EQ(get("/watch?session=2").status, 404);
  EXPECT_EQ(get("/watch?session=nonsense").status, 404);
  EXPECT_EQ(post("/watch", "").status, 405);
}

// Terms, verdict and gold are hidden from the agent, before the end and after it.
TEST_F(WatchApiTest, NeverShowsMoreThanThat) {
  Session session(*worker_);
  session.on_text(kReset);
  for (const std::string& message : {step("QUERY", "SELECT count(*) FROM singer"),
                                     step("QUERY", "SELECT 1"), step("ANSWER", "17")}) {
    session.on_text(message);
    const std::string seen = get("/watch?session=1").body + get("/watch").body;
    for (const char* secret : {"gold", "progress", "verdict", "terms", "question_id", "seed"})
      EXPECT_FALSE(has(seen, secret)) << secret << " in " << seen;
  }
}

TEST_F(WatchApiTest, ShowsEpisodesOfEveryKind) {
  post("/reset", R"({"episode_id":"mine"})");
  post("/step", R"({"episode_id":"mine","action":{"action_type":"SAMPLE","argument":"band"}})");
  EXPECT_TRUE(has(get("/watch?session=1").body, "Die Ärzte"));
  EXPECT_FALSE(has(get("/watch?session=1").body, "mine")) << "an id is a key";
  const std::string id = *service_.store.create();
  service_.store.with(id, [](Session& session) { session.on_text(kReset); });
  EXPECT_TRUE(has(get("/watch").body, R"("session":2)"));
  EXPECT_FALSE(has(get("/watch").body, id));
  service_.store.close(id);
  EXPECT_TRUE(has(get("/watch?session=2").body, R"("ended":true)"));
  post("/reset", "{}");
  post(
      "/mcp",
      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"reset","arguments":{}}})");
  EXPECT_FALSE(has(get("/watch").body, R"("session":3)")) << "requests that stand alone";
}

TEST_F(WatchApiTest, NeedsTheToken) {
  Service service{watchable(), tiny_catalog(), WebFiles(),
                  *Access::make("0123456789abcdef", {}, {}, true)};
  HttpApi api(service, *worker_);
  ApiRequest request{"GET", "/watch", "", "", ""};
  EXPECT_EQ(api.refusal(request)->status, 401);
  request.authorization = "Bearer 0123456789abcdef";
  EXPECT_FALSE(api.refusal(request).has_value());
}

TEST(WatchBoardTest, IsBounded) {
  WatchBoard board("b");
  const WatchBoard::Clock::time_point now = WatchBoard::Clock::now();
  std::vector<Watched> sessions(WatchBoard::kPlaces + 10);
  for (Watched& session : sessions) session.begin(&board, observed(0), now);
  EXPECT_FALSE(has(board.list(), R"("session":65)")) << "all places are taken";
  for (int i = 1; i <= 100; ++i)
    sessions[0].step({"QUERY", std::string(50'000, 'x')}, observed(i, std::string(50'000, 'y')),
                     now);
  const std::string seen = *board.session(1, 0, 0);
  EXPECT_LT(seen.size(), WatchBoard::kMostSteps * 3 * WatchBoard::kMostTextBytes);
  EXPECT_FALSE(has(seen, R"("step":36,)")) << "the first ones are gone";
  EXPECT_TRUE(has(seen, R"("step":37,)"));

  sessions[3] = Watched();  // leaves and makes room
  EXPECT_TRUE(has(*board.session(4, 0, 0), R"("ended":true)"));
  sessions.back().begin(&board, observed(0), now);
  EXPECT_FALSE(board.session(4, 0, 0).has_value());
  EXPECT_TRUE(board.session(65, 0, 0).has_value());

  sessions[70].begin(&board, observed(0), now + 61s);  // the others are idle
  EXPECT_TRUE(board.session(66, 0, 0).has_value());
  for (Watched& session : sessions) session.step({"SAMPLE", "a"}, observed(1), now + 62s);
  EXPECT_TRUE(has(*board.session(66, 0, 0), R"("argument":"a")"));
}

// ThreadSanitizer checks here that everything shared is locked.
TEST(WatchBoardTest, IsReadWhileSessionsPlay) {
  WatchBoard board("b");
  std::atomic<bool> over = false;
  std::thread watcher([&] {
    std::size_t bytes = 0;
    do {
      for (std::uint64_t i = 1; i <= 160; ++i)
        bytes += board.list().size() + board.session(i, 1, 10).value_or("").size();
    } while (!over);
    EXPECT_GT(bytes, 0);
  });
  std::vector<std::thread> players;
  for (int i = 0; i < 4; ++i)
    players.emplace_back([&] {
      for (int session = 0; session < 40; ++session) {
        Watched watched;
        watched.begin(&board, observed(0));
        for (int step = 1; step <= 20; ++step) watched.step({"QUERY", "q"}, observed(step, "r"));
        Watched moved = std::move(watched);
        moved.begin(&board, observed(0));
      }
    });
  for (std::thread& player : players) player.join();
  over = true;
  watcher.join();
  EXPECT_TRUE(has(board.list(), R"("session":160)"));
  EXPECT_FALSE(has(board.list(), R"("ended":false)"));
}

}  // namespace
}  // namespace sqlenv
