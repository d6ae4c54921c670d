// ModelRun: many episodes that a language model plays at once, on one thread.
//
// It decides what is asked when, plays the completions, and reports each episode in the order of
// the plan, so that nothing that is reported depends on which answer came first. It knows no
// transport and no clock: the caller performs the requests and says what time it is, in
// milliseconds from any beginning. Not thread-safe; the environment must outlive it.
//
//   while (!run.over()) {
//     while (std::optional<ModelRun::Ask> ask = run.next(now)) …perform ask->request…
//     …wait for a reply, or until run.wakes_at()…
//     run.take(number, reply, now, seconds_since_1970);
//   }
//   run.finish();
//
// The first request is alone until the server has proven that it completes. After a 429 fewer are
// asked at once, and none before the wait that the server wants is over; then slowly more again.
// A failure that every episode would meet ends the run, and so do ten episodes lost in a row.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/model/model_outcome.h"
#include "app/model/played_episode.h"
#include "core/policy/evaluate.h"
#include "core/wire/completions_json.h"

namespace sqlenv {

struct ModelRunOptions {
  ModelServer server;
  ModelOptions model;  // its grammar and seed are set for each episode
  Dialect dialect = Dialect::kChat;
  bool grammar = false;  // constrain completions to the compact dialect
  ResetOptions reset;
  int concurrency = 8;
  int retries = 5;  // of one turn
  int samples = 1;
  std::int64_t max_total_tokens = 0;         // that this run asks for; 0: any number
  std::chrono::milliseconds limit{300'000};  // of one request
  bool replay = false;                       // play what is kept and ask nothing
};

// How one episode ended, in the order of the plan.
struct ModelEpisodeEnd {
  std::int64_t number = 0;  // from 1
  std::size_t planned = 0;  // the place in the plan; each is played `samples` times
  const Task* task = nullptr;
  const PlayedEpisode* played = nullptr;  // null if it could not be started
  std::string failure;                    // a key of Evaluation::failures; empty for success
  std::optional<ModelTrouble> trouble;    // why it was lost
};

struct ModelRunEvents {
  // Every episode that came to an end, in the order of the plan.
  std::function<void(const ModelEpisodeEnd&)> ended;
  // What is to be kept of an episode, as soon as it came to an end, in the order in which they do;
  // and at the end of the run of those that were begun only.
  std::function<void(const KeptEpisode&)> keep;

  // Asked between episodes: whether to end at once, such as by Ctrl-C. May be empty.
  std::function<bool()> stopped;
};

class ModelRun {
 public:
  using Time = std::chrono::milliseconds;

  struct Ask {
    std::int64_t number = 0;  // of the episode
    HttpRequest request;
  };

  // `kept` are episodes of an earlier run, by their number: their completions are played before
  // the model is asked.
  ModelRun(Environment& environment, ModelRunOptions options, std::vector<PlannedEpisode> plan,
           std::map<std::int64_t, KeptEpisode> kept, ModelRunEvents events);

  // What to ask now; none if nothing is to be asked before wakes_at() or before a reply comes.
  std::optional<Ask> next(Time now);

  // When next() has something to ask without a reply before; none: not before one.
  std::optional<Time> wakes_at() const;

  // The reply to what was asked for the episode.
  void take(std::int64_t number, const HttpReply& reply, Time now, std::int64_t seconds_since_1970);

  // The completion for the episode that next() asked for, from a caller that needs no server.
  void take(std::int64_t number, const ModelReply& reply);

  // What the model is shown in the episode that next() asked for. Valid until take().
  // REQUIRES: the reply was not taken yet.
  const AgentEpisode& agent(std::int64_t number) const { return active_.at(number).play.agent(); }

  // Ends the run with the reason INTERRUPTED. What is under way is given up.
  void interrupt();

  // Whether the run is complete, or has ended early and waits for no reply.
  bool over() const;

  // Plays what is kept of episodes that were not reached, and reports everything that was not yet.
  // Call it once, at the end.
  void finish();

  const std::optional<EarlyEnd>& ended_early() const { return early_; }
  std::int64_t planned() const;  // episodes, with all samples
  std::int64_t ended() const { return ended_; }
  std::int64_t solved() const { return solved_; }
  std::int64_t tokens() const { return tokens_; }  // that this run asked for

  // What the last reply was wrong with; none if it was a completion.
  std::optional<ModelFailure> trouble() const { return trouble_; }

 private:
  struct Active {
    PlayedEpisode play;
    Time not_before{0};  // waits to ask again
    bool asked = false;
    int attempt = 1;
  };
  // None: the episode was begun only.
  struct Ended {
    std::optional<PlayedEpisode> play;
    std::string failure;
    std::optional<ModelTrouble> trouble;
  };

  bool may_ask(Time now) const;
  bool may_start() const;
  void start(std::int64_t number, bool goes_on);
  Ask ask(std::int64_t number, Active& active);
  void completed(std::int64_t number, const ModelReply& reply);
  void refused(std::int64_t number, const ModelOutcome& outcome, Time now);
  void lose(std::int64_t number, ModelTrouble trouble);
  void slow_down(Time now, Time until);
  void end(std::string_view reason, std::string message, bool at_once);
  void close(std::int64_t number, Ended ended);
  void keep(std::int64_t number, const PlayedEpisode& play,
            const std::optional<ModelTrouble>& lost);
  void report_ready();
  void report(std::int64_t number, const std::optional<Ended>& ended);
  const PlannedEpisode& planned_of(std::int64_t number) const;
  std::uint64_t seed_of(std::int64_t number) const;

  Environment& environment_;
  ModelRunOptions options_;
  std::vector<PlannedEpisode> plan_;
  std::map<std::int64_t, KeptEpisode> kept_;
  ModelRunEvents events_;
  std::int64_t last_started_ = 0;
  std::map<std::int64_t, Active> active_;
  std::map<std::int64_t, std::optional<Ended>> unreported_;
  std::int64_t next_reported_ = 1;
  std::int64_t ended_ = 0;
  std::int64_t solved_ = 0;
  std::int64_t tokens_ = 0;
  int under_way_ = 0;
  double allowed_;  // requests at once
  Time held_until_{0};
  bool proven_ = false;
  std::optional<ModelFailure> trouble_;
  int lost_in_a_row_ = 0;
  std::optional<EarlyEnd> early_;
  bool at_once_ = false;
};

}  // namespace sqlenv
