// Runs of a scripted model, without a network and with a clock that the test moves.
#include "app/model/model_run.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>

#include "app/model/model_result.h"
#include "core/wire/json_writer.h"
#include "core/wire/trajectory.h"
#include "tests/core/test_packs.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;
using Time = ModelRun::Time;

HttpReply status(int code, std::string body = "") {
  HttpReply reply;
  reply.status = code;
  reply.body = std::move(body);
  return reply;
}

HttpReply completion(const std::string& text, int prompt_tokens = 10, int completion_tokens = 2) {
  return status(200, R"({"choices":[{"message":{"content":)" + json_string(text) +
                         R"(}}],"usage":{"prompt_tokens":)" + std::to_string(prompt_tokens) +
                         R"(,"completion_tokens":)" + std::to_string(completion_tokens) + "}}");
}

HttpReply unreachable() { return {}; }

// Describes a table and then answers 4, which one of the four questions wants.
HttpReply play_well(const HttpRequest& request) {
  const bool described = request.body.find("Table animal") != std::string::npos;
  return completion(described ? "ANSWER 4" : "DESCRIBE animal");
}

// A run with everything that it reports, and the order in which requests are answered.
class Played {
 public:
  using Model = std::function<HttpReply(const HttpRequest&)>;

  explicit Played(ModelRunOptions options = {}, std::map<std::int64_t, KeptEpisode> kept = {},
                  std::function<bool()> stopped = {})
      : environment_(test::small_catalog()), options_(with_server(std::move(options))) {
    EvaluateOptions evaluate;
    evaluate.reset = options_.reset;
    run_.emplace(environment_, options_, *checked_plan(environment_, evaluate), std::move(kept),
                 ModelRunEvents{[this](const ModelEpisodeEnd& end) { add(end); },
                                [this](const KeptEpisode& episode) {
                                  kept_[episode.number] = episode;
                                  ++writes_;
                                },
                                std::move(stopped)});
  }

  // `last_first`: of requests that are under way together the last one is answered first.
  void play(const Model& model, bool last_first = false) {
    std::deque<ModelRun::Ask> asked;
    while (!run_->over()) {
      while (std::optional<ModelRun::Ask> ask = run_->next(now_)) asked.push_back(std::move(*ask));
      most_at_once_ = std::max(most_at_once_, asked.size());
      if (asked.empty()) {
        if (run_->over()) break;
        ASSERT_TRUE(run_->wakes_at()) << "it waits for nothing";
        ASSERT_GT(*run_->wakes_at(), now_) << "it had nothing to ask, but says that it has";
        now_ = *run_->wakes_at();
        continue;
      }
      const ModelRun::Ask ask = std::move(last_first ? asked.back() : asked.front());
      last_first ? asked.pop_back() : asked.pop_front();
      requests_.push_back(ask.request);
      run_->take(ask.number, model(ask.request), now_, 0);
    }
    run_->finish();
  }

  std::string trajectories_;
  std::vector<std::int64_t> order_;
  std::vector<HttpRequest> requests_;
  std::map<std::int64_t, KeptEpisode> kept_;
  int writes_ = 0;
  std::size_t most_at_once_ = 0;
  Time now_{0};
  ModelResult result_;

  const Evaluation& evaluation() const { return result_.evaluation(); }
  ModelEvaluation model() const { return result_.model(options_, *run_); }
  ModelRun& run() { return *run_; }

 private:
  static ModelRunOptions with_server(ModelRunOptions options) {
    options.server.address = *parse_model_address("http://model.example");
    return options;
  }

  void add(const ModelEpisodeEnd& end) {
    result_.add(end);
    order_.push_back(end.number);
    if (end.played != nullptr && end.played->done())
      trajectories_ += trajectory_jsonl(end.played->episode());
  }

  Environment environment_;
  ModelRunOptions options_;
  std::optional<ModelRun> run_;
};

TEST(ModelRunTest, PlaysAndCounts) {
  Played played;
  played.play(play_well);
  EXPECT_EQ(played.order_, (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(played.evaluation().all.episodes, 4);
  EXPECT_EQ(played.evaluation().all.successes, 1);
  EXPECT_EQ(played.evaluation().all.steps, 8);
  const ModelEvaluation model = played.model();
  EXPECT_EQ(model.counts.turns, 8);
  EXPECT_EQ(model.counts.prompt_tokens, 80);
  EXPECT_EQ(model.counts.completion_tokens, 16);
  EXPECT_EQ(model.planned, 4);
  EXPECT_FALSE(model.ended);
  EXPECT_EQ(played.writes_, 4);
}

TEST(ModelRunTest, WhatWentWrongIsCountedByKind) {
  ModelRunOptions options;
  options.reset.step_budget = 4;
  Played played(options);
  int turn = 0;
  played.play([&](const HttpRequest&) {
    return completion(std::array{"", "DESCRIBE animal", "DESCRIBE animal", "SELECT 1"}[turn++ % 4]);
  });
  const ModelEvaluation model = played.model();
  EXPECT_EQ(model.counts.turns, 16);
  EXPECT_GT(model.counts.unreadable, 0);
  EXPECT_GT(model.counts.repeats, 0);
  EXPECT_EQ(model.budget_spent, 4);
  EXPECT_EQ(played.evaluation().failures.at("NO_ANSWER"), 4);
}

TEST(ModelRunTest, NothingReportedDependsOnWhichAnswerCameFirst) {
  std::string first;
  for (const std::size_t concurrency : {1U, 2U, 64U})
    for (const bool last_first : {false, true}) {
      ModelRunOptions options;
      options.concurrency = static_cast<int>(concurrency);
      options.samples = 5;
      Played played(options);
      played.play(play_well, last_first);
      std::string all = played.trajectories_;
      for (const auto& [number, episode] : played.kept_) all += kept_episode_json(episode);
      if (first.empty()) first = all;
      EXPECT_EQ(all, first) << concurrency << last_first;
      EXPECT_EQ(played.most_at_once_, std::min<std::size_t>(concurrency, 20)) << "of 20 samples";
    }
}

TEST(ModelRunTest, SamplesHaveSeedsOfTheirOwnWhichAreSent) {
  ModelRunOptions options;
  options.samples = 3;
  Played played(options);
  played.play(play_well);
  std::set<std::uint64_t> seeds;
  for (const auto& [number, episode] : played.kept_) seeds.insert(episode.seed);
  EXPECT_EQ(seeds.size(), 12U);
  EXPECT_NE(played.requests_.front().body.find(
                "\"seed\":" + std::to_string(played.kept_.at(1).seed & 0x7fffffff) + ","),
            std::string::npos)
      << played.requests_.front().body;
  const ModelEvaluation model = played.model();
  ASSERT_EQ(model.pass_at.size(), 3U);
  EXPECT_DOUBLE_EQ(model.pass_at[2].rate, 0.25);
  EXPECT_EQ(model.majority.tasks, 4);
  EXPECT_EQ(model.majority.right, 1);
}

TEST(ModelRunTest, TheFirstRequestIsAloneUntilTheServerHasCompleted) {
  ModelRunOptions options;
  options.concurrency = 4;
  Played played(options);
  ASSERT_TRUE(played.run().next(0ms));
  EXPECT_FALSE(played.run().next(0ms));
  EXPECT_FALSE(played.run().wakes_at()) << "until the reply comes";
  played.run().take(1, completion("DESCRIBE animal"), 1ms, 0);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(played.run().next(1ms)) << i;
  EXPECT_FALSE(played.run().next(1ms));
}

TEST(ModelRunTest, AFailureThatAllWouldMeetEndsTheRunAtTheFirstRequest) {
  const std::pair<HttpReply, const char*> cases[] = {
      {unreachable(), "UNREACHABLE"},   {status(401), "KEY_MISSING"},
      {status(404), "PATH_NOT_FOUND"},  {status(307), "REDIRECTED"},
      {status(400), "REQUEST_REFUSED"}, {status(200, "hello"), "NO_COMPLETION"}};
  for (const auto& [answer, reason] : cases) {
    const HttpReply& reply = answer;
    Played played;
    played.play([answer = reply](const HttpRequest&) { return answer; });
    EXPECT_EQ(played.requests_.size(), 1U) << reason;
    ASSERT_TRUE(played.model().ended) << reason;
    EXPECT_EQ(played.model().ended->reason, reason);
    EXPECT_EQ(played.evaluation().all.episodes, 0) << reason;
    EXPECT_EQ(played.writes_, 0) << reason;
  }
}

TEST(ModelRunTest, AnEpisodeThatIsLostDoesNotEndTheOthers) {
  Played played;
  played.play([](const HttpRequest& request) {
    // The question for the mean weight.
    if (request.body.find("mean weight") != std::string::npos ||
        request.body.find("average") != std::string::npos)
      return status(500, R"({"error":{"message":"boom"}})");
    return play_well(request);
  });
  EXPECT_EQ(played.evaluation().all.episodes, 4);
  EXPECT_EQ(played.evaluation().failures.at(kModelError), 1);
  EXPECT_EQ(played.model().lost.at("SERVER_FAILED"), 1);
  EXPECT_FALSE(played.model().ended);
  int lost = 0;
  for (const auto& [number, episode] : played.kept_) lost += episode.failure ? 1 : 0;
  EXPECT_EQ(lost, 1);
  EXPECT_GE(played.now_, 31s) << "five retries were waited for: 1, 2, 4, 8 and 16 s";
}

TEST(ModelRunTest, TenEpisodesLostInARowEndTheRun) {
  ModelRunOptions options;
  options.samples = 10;
  options.retries = 0;
  Played played(options);
  bool first = true;
  played.play([&](const HttpRequest& request) {
    return std::exchange(first, false) ? play_well(request) : status(500);
  });
  EXPECT_EQ(played.model().lost.at("SERVER_FAILED"), 10);
  ASSERT_TRUE(played.model().ended);
  EXPECT_EQ(played.model().ended->reason, "SERVER_FAILED");
}

TEST(ModelRunTest, After429NothingIsAskedBeforeItsTimeAndThenLessAtOnce) {
  ModelRunOptions options;
  options.concurrency = 4;
  Played played(options);
  ModelRun& run = played.run();
  ASSERT_TRUE(run.next(0ms));
  run.take(1, completion("DESCRIBE animal"), 0ms, 0);
  std::vector<std::int64_t> asked;
  while (const std::optional<ModelRun::Ask> ask = run.next(0ms)) asked.push_back(ask->number);
  ASSERT_EQ(asked.size(), 4U);
  HttpReply slow_down = status(429);
  slow_down.retry_after = "7";
  for (const std::int64_t number : asked) run.take(number, slow_down, 100ms, 0);
  EXPECT_FALSE(run.next(7'099ms));
  EXPECT_EQ(run.wakes_at(), 7'100ms);
  EXPECT_TRUE(run.next(7'100ms));
  EXPECT_TRUE(run.next(7'100ms));
  EXPECT_FALSE(run.next(7'100ms)) << "two at once, half of four";
}

TEST(ModelRunTest, ABudgetOfTokensEndsTheRunAndKeepsWhatWasPlayed) {
  ModelRunOptions options;
  options.concurrency = 1;
  options.max_total_tokens = 60;
  Played played(options);
  played.play(play_well);
  ASSERT_TRUE(played.model().ended);
  EXPECT_EQ(played.model().ended->reason, "TOKEN_BUDGET");
  EXPECT_EQ(played.requests_.size(), 5U) << "12 tokens each";
  EXPECT_EQ(played.evaluation().all.episodes, 2);
  ASSERT_TRUE(played.kept_.contains(3)) << "the third was begun";
  EXPECT_FALSE(played.kept_.at(3).done);
  EXPECT_EQ(played.kept_.at(3).turns.size(), 1U);
}

TEST(ModelRunTest, ABudgetNeedsAServerThatCounts) {
  ModelRunOptions options;
  options.max_total_tokens = 60;
  Played played(options);
  played.play([](const HttpRequest&) { return completion("SELECT 1", 0, 0); });
  ASSERT_TRUE(played.model().ended);
  EXPECT_EQ(played.model().ended->reason, "NO_TOKEN_COUNTS");
  EXPECT_EQ(played.requests_.size(), 1U);
}

// Everything that a run leaves behind, as text.
std::string files_of(const Played& played, std::map<std::int64_t, KeptEpisode> kept) {
  for (const auto& [number, episode] : played.kept_) kept[number] = episode;
  std::string all = played.trajectories_;
  for (const auto& [number, episode] : kept) all += kept_episode_json(episode);
  return all;
}

TEST(ModelRunTest, AnInterruptedRunGoesOnToTheSameFiles) {
  ModelRunOptions options;
  options.samples = 3;
  options.concurrency = 3;
  Played whole(options);
  whole.play(play_well);
  const std::string expected = files_of(whole, {});
  for (std::size_t requests = 0; requests < 24; ++requests) {
    Played first(options);
    std::size_t answered = 0;
    first.play([&](const HttpRequest& request) {
      if (answered++ == requests) first.run().interrupt();
      return play_well(request);
    });
    ASSERT_EQ(first.model().ended->reason, "INTERRUPTED");
    Played second(options, first.kept_);
    second.play(play_well);
    EXPECT_EQ(files_of(second, first.kept_), expected) << requests;
    EXPECT_EQ(second.evaluation().all.episodes, 12);
    EXPECT_EQ(second.model().counts.tokens(), whole.model().counts.tokens());
    EXPECT_EQ(first.requests_.size() + second.requests_.size(), 24U) << "none is asked for twice";
  }
}

TEST(ModelRunTest, ALostEpisodeIsTriedAgainByTheNextRun) {
  ModelRunOptions options;
  options.retries = 0;
  Played first(options);
  int turn = 0;
  first.play(
      [&](const HttpRequest& request) { return ++turn == 3 ? status(503) : play_well(request); });
  EXPECT_EQ(first.model().lost.at("SERVER_FAILED"), 1);
  Played second(options, first.kept_);
  second.play(play_well);
  EXPECT_TRUE(second.model().lost.empty());
  EXPECT_EQ(second.evaluation().all.episodes, 4);
  EXPECT_EQ(second.writes_, 1) << "the others are as they were";
}

TEST(ModelRunTest, AReplayAsksNothing) {
  ModelRunOptions options;
  options.retries = 0;
  Played first(options);
  int turn = 0;
  first.play([&](const HttpRequest& request) {
    if (++turn == 8) first.run().interrupt();
    return turn == 3 ? status(503) : play_well(request);
  });
  options.replay = true;
  Played again(options, first.kept_);
  again.play([](const HttpRequest&) { return status(500); });
  EXPECT_TRUE(again.requests_.empty());
  EXPECT_EQ(again.trajectories_, first.trajectories_);
  EXPECT_EQ(again.order_, first.order_);
  EXPECT_EQ(again.model().lost, first.model().lost);
  EXPECT_EQ(again.writes_, 0);
}

TEST(ModelRunTest, AnInterruptionIsSeenBetweenEpisodes) {
  int seen = 0;
  Played played({}, {}, [&] { return ++seen > 2; });
  played.play(play_well);
  ASSERT_TRUE(played.model().ended);
  EXPECT_EQ(played.model().ended->reason, "INTERRUPTED");
}

}  // namespace
}  // namespace sqlenv
