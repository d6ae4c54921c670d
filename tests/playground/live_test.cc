// The connection to a server, with replies that the test writes: no server, no socket, no clock.
#include "app/playground/live.h"

#include <gtest/gtest.h>

#include "app/playground/transcript_json.h"
#include "core/wire/mcp.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

constexpr const char* kAddress = "http://localhost:8000";
constexpr const char* kQuestion = "How many boats are there?";

std::string step_reply(int played, std::string result, double reward = 0, bool done = false) {
  StepResult step;
  step.observation.question = kQuestion;
  step.observation.schema_info = "Tables: boat";
  step.observation.result = std::move(result);
  step.observation.step_count = played;
  step.observation.budget_remaining = 15 - played;
  step.reward = reward;
  step.done = done;
  return rpc_result("1", tool_result_json(step));
}

std::string session_reply(const std::string& id = "s1") {
  return rpc_result("1", session_created_json(id));
}

std::string gone_reply() { return rpc_error("1", {kRpcInvalidParams, "there is no session s1"}); }

WatchedSession watched(std::uint64_t number, int steps, bool done = false, bool ended = false) {
  WatchedSession session;
  session.session = number;
  session.episode = 1;
  session.question = kQuestion;
  session.schema_info = "Tables: boat";
  session.step_count = steps;
  session.budget_remaining = 15 - steps;
  session.done = done;
  session.ended = ended;
  return session;
}

WatchedStep watched_step(int number) {
  return {number, {"QUERY", "SELECT " + std::to_string(number)}, "ok", "", 0.025};
}

// Plays the face: keeps what the machine wants and shows.
class LiveTest : public testing::Test {
 protected:
  void connect(LiveOptions options) {
    options.address = kAddress;
    live_ = std::move(*connect_live(std::move(options)));
    take(live_->start());
  }
  void play() {
    connect({});
    answer(session_reply());
    answer(step_reply(0, ""));
  }
  void watch() {
    LiveOptions options;
    options.watch = true;
    connect(options);
  }

  void take(Live::Effects effects) {
    EXPECT_FALSE(effects.request && effects.timer) << "one thing at a time";
    if (effects.request || effects.timer) {
      request_ = std::move(effects.request);
      timer_ = effects.timer;
    }
    if (effects.shown) seen_ = std::move(*effects.shown);
    EXPECT_FALSE(seen_.title.empty() || seen_.state.empty());
  }
  void reply(const HttpReply& reply) {
    ASSERT_TRUE(request_.has_value()) << seen_.state;
    const int number = std::exchange(request_, std::nullopt)->number;
    take(live_->reply(number, reply));
  }
  void answer(std::string body, int status = 200) { reply({status, std::move(body), ""}); }
  void lose() { reply({}); }
  void tick() {
    ASSERT_TRUE(timer_.has_value()) << seen_.state;
    take(live_->tick(std::exchange(timer_, std::nullopt)->number));
  }
  void act(const Action& action) { take(live_->act(action)); }
  void choose(const std::string& id) { take(live_->choose(id)); }

  bool offers(const std::string& id) const {
    for (const auto* list : {&seen_.choices, &seen_.rows})
      for (const Transcript::Choice& choice : *list)
        if (choice.id == id) return true;
    return false;
  }
  std::string asked() const { return request_ ? request_->http.body : ""; }

  std::unique_ptr<Live> live_;
  std::optional<Live::Request> request_;
  std::optional<Live::Timer> timer_;
  Transcript seen_;
};

TEST(ServerAddress, IsBroughtToOneForm) {
  EXPECT_EQ(*server_address(" localhost:8000/ "), kAddress);
  EXPECT_EQ(*server_address("http://localhost:8000"), kAddress);
  EXPECT_EQ(*server_address("https://example.org/sql//"), "https://example.org/sql");
  EXPECT_EQ(*server_address("http://[::1]:8000"), "http://[::1]:8000");
  for (const char* none :
       {"", " ", "http://", "ftp://x", "http:///x", ":8000", "a b", "http://x?y", "http://me@x"})
    EXPECT_FALSE(server_address(none)) << none;
}

TEST_F(LiveTest, ConnectsWithASessionAndASeedOfItsOwn) {
  LiveOptions options;
  options.token = "secret";
  options.reset.options.filter.question_id = "zoo_train_001";
  connect(options);
  EXPECT_EQ(seen_.title, "Playing on http://localhost:8000");
  EXPECT_EQ(seen_.state, "Connecting to http://localhost:8000 …");
  EXPECT_TRUE(seen_.plays && !seen_.acts && live_->busy());
  EXPECT_EQ(request_->http.url, "http://localhost:8000/mcp");
  EXPECT_EQ(request_->http.method, "POST");
  using Header = std::pair<std::string, std::string>;
  EXPECT_EQ(request_->http.headers[0], Header("Authorization", "Bearer secret"));
  EXPECT_EQ(request_->http.headers[1], Header("Content-Type", "application/json"));
  EXPECT_TRUE(request_->explain);
  EXPECT_TRUE(holds(asked(), "openenv/session/create")) << asked();
  EXPECT_FALSE(live_->farewell().has_value());
  answer(session_reply());
  EXPECT_TRUE(holds(asked(), "zoo_train_001") && holds(asked(), "\"seed\":")) << asked();
  answer(step_reply(0, ""));
  EXPECT_EQ(seen_.state, "Connected. The server plays this episode.");
  EXPECT_EQ(seen_.question, kQuestion);
  EXPECT_EQ(seen_.left, 15);
  EXPECT_TRUE(seen_.acts && !live_->busy());
  EXPECT_EQ(timer_->time, std::chrono::seconds(3));
  EXPECT_TRUE(holds(live_->farewell()->body, "openenv/session/close"));
}

TEST_F(LiveTest, TheSeedThatIsGivenIsOfTheFirstEpisode) {
  LiveOptions options;
  options.reset.options.seed = 77;
  options.reset.has_seed = true;
  connect(options);
  answer(session_reply());
  EXPECT_TRUE(holds(asked(), "\"seed\":77,")) << asked();
  answer(step_reply(0, ""));
  act({"ANSWER", "1"});
  answer(step_reply(1, "", 0, true));
  choose("next");
  EXPECT_FALSE(holds(asked(), "\"seed\":77,")) << asked();
}

TEST_F(LiveTest, PlaysToTheEndAndAgain) {
  play();
  act({"QUERY", "SELECT 1"});
  EXPECT_EQ(seen_.state, "The server plays the step …");
  EXPECT_FALSE(seen_.acts);
  act({"QUERY", "SELECT 2"});
  EXPECT_TRUE(holds(asked(), "SELECT 1")) << "one at a time";
  answer(step_reply(1, "1", 0.025));
  EXPECT_EQ(seen_.steps.size(), 1);
  EXPECT_EQ(seen_.steps[0].reward, 25'000);
  act({"ANSWER", "12"});
  answer(step_reply(2, "", 1, true));
  EXPECT_EQ(seen_.state, "The episode is over: right, +1.025 in total.");
  EXPECT_FALSE(seen_.acts);
  choose("again");
  EXPECT_EQ(seen_.state, "The server begins the episode …");
  const std::string again = asked();
  answer(step_reply(0, ""));
  EXPECT_TRUE(seen_.steps.empty() && seen_.acts);
  act({"ANSWER", "11"});
  answer(step_reply(1, "", 0, true));
  EXPECT_EQ(seen_.state, "The episode is over: not right, 0.00 in total.");
  choose("next");
  EXPECT_EQ(seen_.state, "The server begins an episode …");
  EXPECT_NE(asked(), again) << "another seed";
}

TEST_F(LiveTest, LooksWhetherTheServerIsThere) {
  play();
  tick();
  EXPECT_TRUE(holds(asked(), "\"ping\"")) << asked();
  const Transcript before = seen_;
  answer(rpc_result("1", "{}"));
  EXPECT_EQ(seen_, before);
  EXPECT_EQ(timer_->time, std::chrono::seconds(3));
}

TEST_F(LiveTest, SaysWhyItIsNotConnected) {
  connect({});
  lose();
  EXPECT_EQ(seen_.state,
            "http://localhost:8000 does not answer. Is the server running there (sqlenv serve), is "
            "the port right, and nothing in between?");
  EXPECT_TRUE(seen_.bad && offers("retry") && !timer_ && !request_);
  choose("retry");
  EXPECT_EQ(seen_.state, "Connecting to http://localhost:8000 …");
  reply({0, "", "The page may not ask."});
  EXPECT_EQ(seen_.state, "The page may not ask.");
  choose("retry");
  answer("nothing here", 404);
  EXPECT_EQ(seen_.state,
            "This does not look like a server of SQLEnv: http://localhost:8000/mcp answered 404");
  choose("retry");
  reply({404, "", "Not Found"});
  EXPECT_TRUE(holds(seen_.state, "answered 404 Not Found"));
  choose("retry");
  answer("<html>");
  EXPECT_EQ(seen_.state,
            "This does not look like a server of SQLEnv: http://localhost:8000/mcp answered "
            "something else.");
  choose("retry");
  answer(R"({"detail": "no entry"})", 403);
  EXPECT_EQ(seen_.state, "The server refuses this: no entry");
  choose("retry");
  answer("", 429);
  EXPECT_EQ(seen_.state,
            "The server refuses this: too many requests from this address. Try again in a moment.");
  choose("retry");
  answer(rpc_error("1", rpc_capacity_error(1, 1)));
  EXPECT_TRUE(seen_.state.starts_with("The server is full: Server at capacity: 1/1"));
  EXPECT_TRUE(seen_.state.ends_with(
      ". Try again when a session has ended, or start it with --max-sessions."));
  choose("retry");
  answer(rpc_error("1", {kRpcInternalError, "it broke"}));
  EXPECT_EQ(seen_.state, "The server answered: it broke");
  choose("retry");
  answer(session_reply());
  answer(rpc_result("1", "{}"));
  EXPECT_EQ(seen_.state, "The server answered with something that is no step.");
  EXPECT_TRUE(seen_.bad && offers("retry") && !offers("token"));
}

TEST_F(LiveTest, AsksForAToken) {
  connect({});
  answer(R"({"detail": "a token is needed"})", 401);
  EXPECT_EQ(seen_.state, "The server asks for a token.");
  EXPECT_TRUE(offers("token") && offers("retry"));
  const Transcript before = seen_;
  choose("token");
  EXPECT_EQ(seen_, before) << "the face asks for it";
  LiveOptions options;
  options.token = "wrong";
  connect(options);
  answer(R"({"detail": "not this one"})", 401);
  EXPECT_EQ(seen_.state, "The server does not take this token: not this one");
}

TEST_F(LiveTest, TriesAgainAfterALoss) {
  play();
  tick();
  for (const int seconds : {1, 2, 4, 8, 15, 15}) {
    lose();
    EXPECT_TRUE(holds(seen_.state, "The connection is lost. Attempt "));
    EXPECT_TRUE(holds(seen_.state, "follows in " + std::to_string(seconds) + " second"));
    EXPECT_TRUE(seen_.bad && offers("retry") && !seen_.acts);
    EXPECT_EQ(timer_->time, std::chrono::seconds(seconds));
    tick();
    EXPECT_FALSE(request_->explain);
  }
  EXPECT_TRUE(holds(seen_.state, "Attempt 7 follows in 15 seconds.")) << seen_.state;
  answer(rpc_result("1", "{}"));
  EXPECT_EQ(seen_.state, "Connected again: the server has kept the episode.");
  EXPECT_TRUE(seen_.acts);
  tick();
  answer("", 503);
  EXPECT_EQ(seen_.state, "The connection is lost. Attempt 2 follows in 1 second.");
  choose("retry");
  EXPECT_EQ(seen_.state, "Trying again …");
  EXPECT_FALSE(timer_.has_value());
}

TEST_F(LiveTest, AStepThatWasLostIsNotPlayedTwice) {
  play();
  act({"QUERY", "SELECT 1"});
  answer(step_reply(1, "1"));
  act({"ANSWER", "3"});
  lose();
  tick();
  EXPECT_TRUE(holds(asked(), "\"ping\"")) << asked();
  answer(rpc_result("1", "{}"));
  EXPECT_EQ(seen_.state, "Connected again. Whether the last step was played is not known.");
  EXPECT_TRUE(offers("next") && !seen_.acts);
  EXPECT_EQ(seen_.choices[0].label, "Play the same 1 step again");
}

TEST_F(LiveTest, TheSameStepsArePlayedInAnotherSession) {
  play();
  act({"QUERY", "SELECT 1"});
  answer(step_reply(1, "1"));
  act({"QUERY", "SELECT 2"});
  answer(step_reply(2, "2"));
  const std::vector<Transcript::Step> before = seen_.steps;
  tick();
  answer(gone_reply());
  EXPECT_EQ(seen_.state,
            "Connected again, but the server does not have the episode any more: it was started "
            "anew, or dropped what was unused.");
  EXPECT_EQ(seen_.choices[0].label, "Play the same 2 steps again");
  choose("replay");
  EXPECT_EQ(seen_.state, "The server plays the same steps …");
  answer(gone_reply());
  answer(session_reply("s2"));
  answer(step_reply(0, ""));
  EXPECT_TRUE(seen_.steps.empty() && !seen_.acts);
  answer(step_reply(1, "1"));
  answer(step_reply(2, "2"));
  EXPECT_EQ(seen_.state, "Connected again: the episode is where it was.");
  EXPECT_EQ(seen_.steps, before);
  EXPECT_TRUE(seen_.acts);

  tick();
  answer(gone_reply());
  choose("replay");
  answer(step_reply(0, ""));
  answer(step_reply(1, "17"));
  answer(step_reply(2, "2"));
  EXPECT_EQ(seen_.state,
            "Connected again, but the server now comes to something else. Does it have other "
            "questions?");
}

TEST_F(LiveTest, AReplayThatIsLostIsOfferedAgain) {
  play();
  act({"QUERY", "SELECT 1"});
  answer(step_reply(1, "1"));
  tick();
  answer(gone_reply());
  choose("replay");
  answer(step_reply(0, ""));
  lose();
  tick();
  answer(gone_reply());
  EXPECT_EQ(seen_.choices[0].label, "Play the same 1 step again");
}

TEST_F(LiveTest, ASessionThatIsGoneAtOnceCanBeBegunAgain) {
  connect({});
  answer(session_reply());
  answer(gone_reply());
  EXPECT_TRUE(holds(seen_.state, "does not have the episode any more"));
  EXPECT_EQ(seen_.choices[0].label, "Begin it again");
}

TEST_F(LiveTest, GoesOnAfterARefusal) {
  play();
  act({"QUERY", "SELECT 1"});
  answer("", 429);
  choose("retry");
  answer(rpc_result("1", "{}"));
  EXPECT_EQ(seen_.state, "Connected again. Whether the last step was played is not known.");
  EXPECT_TRUE(offers("replay"));
}

TEST_F(LiveTest, RepliesToWhatIsNotAskedAnyMoreAreIgnored) {
  play();
  tick();
  const int ping = request_->number;
  act({"QUERY", "SELECT 1"});
  take(live_->reply(ping, {}));
  EXPECT_EQ(seen_.state, "The server plays the step …");
  take(live_->tick(ping));
  take(live_->reply(request_->number + 1, {}));
  answer(step_reply(1, "1"));
  EXPECT_EQ(seen_.steps.size(), 1);
}

TEST_F(LiveTest, ListsSessionsAndFollowsOne) {
  watch();
  EXPECT_EQ(seen_.title, "Watching http://localhost:8000");
  EXPECT_EQ(request_->http.url, "http://localhost:8000/watch");
  EXPECT_EQ(request_->http.method, "GET");
  answer(watch_list_json("a", {}));
  EXPECT_EQ(seen_.state, "No session plays yet. It will stand here when one does.");
  EXPECT_EQ(timer_->time, std::chrono::seconds(1));
  tick();
  answer(watch_list_json("a", {watched(1, 1), watched(2, 3, true), watched(3, 3, true, true)}));
  EXPECT_EQ(seen_.state, "3 sessions. Choose one to watch it.");
  EXPECT_EQ(seen_.rows[0].label, "1: How many boats are there? · 1 step");
  EXPECT_EQ(seen_.rows[1].label, "2: How many boats are there? · over");
  EXPECT_EQ(seen_.rows[2].label, "3: How many boats are there? · left");
  choose("session.1");
  EXPECT_TRUE(live_->busy());
  EXPECT_EQ(request_->http.url, "http://localhost:8000/watch?session=1&episode=0&after=0");
  WatchedSession session = watched(1, 5);
  session.steps = {watched_step(4), watched_step(5)};
  answer(watched_session_json("a", session));
  EXPECT_EQ(seen_.state, "Session 1, episode 1, read only. It is playing.");
  EXPECT_EQ(seen_.first, 4);
  EXPECT_EQ(seen_.steps[0].reward, 25'000);
  EXPECT_FALSE(seen_.plays || seen_.acts);
  tick();
  EXPECT_EQ(request_->http.url, "http://localhost:8000/watch?session=1&episode=1&after=5");
  session.done = true;
  session.steps = {watched_step(6)};
  answer(watched_session_json("a", session));
  EXPECT_EQ(seen_.state, "Session 1, episode 1, read only. Its episode is over.");
  EXPECT_EQ(seen_.steps.size(), 3);
  EXPECT_EQ(seen_.first, 4);
  tick();
  session.episode = 2;
  session.ended = true;
  session.steps = {};
  answer(watched_session_json("a", session));
  EXPECT_EQ(seen_.state, "Session 1, episode 2, read only. It has left.");
  EXPECT_TRUE(seen_.steps.empty());
  EXPECT_EQ(seen_.first, 1);
  choose("list");
  answer(watch_list_json("a", {}));
  EXPECT_TRUE(seen_.question.empty() && seen_.rows.empty());
  EXPECT_FALSE(live_->farewell().has_value());
}

TEST_F(LiveTest, SaysWhatBecameOfWhatIsWatched) {
  watch();
  answer(watch_list_json("a", {watched(1, 1)}));
  choose("session.1");
  answer(R"({"detail": "there is no session 1"})", 404);
  EXPECT_EQ(request_->http.url, "http://localhost:8000/watch");
  answer(watch_list_json("a", {watched(2, 1)}));
  EXPECT_EQ(seen_.state, "Session 1 is not shown any more. 1 session. Choose one to watch it.");
  choose("session.2");
  answer(watched_session_json("a", watched(2, 0)));
  tick();
  lose();
  EXPECT_EQ(seen_.state, "The connection is lost. Attempt 2 follows in 1 second.");
  tick();
  answer(watched_session_json("b", watched(2, 0)));
  answer(watch_list_json("b", {}));
  EXPECT_TRUE(seen_.state.starts_with("Connected again. The server was started anew. No session"))
      << seen_.state;
  for (int poll = 0; poll < 4; ++poll) {
    tick();
    answer(watch_list_json("b", {}));
  }
  EXPECT_TRUE(seen_.state.starts_with("The server was started anew. No session")) << seen_.state;
  tick();
  answer("{}");
  EXPECT_EQ(seen_.state,
            "This does not look like a server of SQLEnv: http://localhost:8000/watch answered "
            "something else.");
  choose("retry");
  EXPECT_EQ(seen_.state, "Trying again …");
}

// Whatever comes in whatever order, there is something to show, and a way on.
TEST_F(LiveTest, AnyInterleavingLeavesAWayOn) {
  const std::vector<std::string> ids = {"retry", "again", "next",      "replay", "list",
                                        "token", "",      "session.1", "leave"};
  WatchedSession followed = watched(1, 1);
  followed.steps = {watched_step(1)};
  const std::vector<HttpReply> replies = {{},
                                          {200, session_reply(), ""},
                                          {200, step_reply(0, ""), ""},
                                          {200, step_reply(1, "1"), ""},
                                          {200, step_reply(2, "", 1, true), ""},
                                          {200, gone_reply(), ""},
                                          {200, rpc_error("1", rpc_capacity_error(1, 1)), ""},
                                          {200, rpc_result("1", "{}"), ""},
                                          {200, "no JSON", ""},
                                          {200, watch_list_json("a", {watched(1, 1)}), ""},
                                          {200, watch_list_json("b", {}), ""},
                                          {200, watched_session_json("a", followed), ""},
                                          {401, "", ""},
                                          {404, R"({"detail": "gone"})", ""},
                                          {503, "", ""}};
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    LiveOptions options;
    options.watch = seed % 2 == 1;
    options.seed = seed;
    request_.reset();
    timer_.reset();
    connect(options);
    for (int i = 0; i < 200; ++i) {
      const HttpReply& came = replies[random.below(replies.size())];
      switch (random.below(8)) {
        case 0: act({"QUERY", "SELECT 1"}); break;
        case 1: choose(ids[random.below(ids.size())]); break;
        case 2: take(live_->reply(static_cast<int>(random.below(300)), came)); break;
        case 3: take(live_->tick(static_cast<int>(random.below(300)))); break;
        case 4:
          if (timer_) tick();
          break;
        default:
          if (request_) reply(came);
      }
      const bool goes_on = request_ || timer_;
      ASSERT_TRUE(goes_on || !seen_.choices.empty()) << seed << ": " << seen_.state;
    }
  }
}

TEST(TranscriptJson, IsReadAsItWasWritten) {
  Transcript seen;
  seen.title = "Playing on “x”\n";
  seen.state = "It is lost.";
  seen.bad = seen.plays = seen.acts = true;
  seen.question = kQuestion;
  seen.schema = "Tables: a\tb";
  seen.left = 12;
  seen.first = 40;
  seen.steps = {{{"QUERY", "SELECT \"x\""}, "1\n", "", -25'000}, {{"", ""}, "", "E: no", {}}};
  seen.choices = {{"retry", "Try again"}};
  seen.rows = {{"session.1", "1: ?"}, {"", ""}};
  EXPECT_EQ(read_transcript(transcript_json(seen)), seen);
  EXPECT_FALSE(read_transcript("{").has_value());
  EXPECT_EQ(read_transcript(R"({"steps":[3,{}],"left":"x","bad":1})")->steps.size(), 2);
}

}  // namespace
}  // namespace sqlenv::ui::test
