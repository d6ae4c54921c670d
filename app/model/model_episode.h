// ModelEpisode: one episode that a language model behind an address plays, request by request.
//
// A pure state machine. Observations and replies go in; what is to be done comes out. The caller
// performs the requests, waits and plays the actions:
//
//   ModelEpisode episode(options);
//   Next next = episode.begin(first);
//   …  next.request: next = episode.reply(its reply, …)
//   …  next.turn: next = episode.go_on(what playing its action led to)
//   …  next.error: it is over
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "app/model/model_outcome.h"
#include "core/agent/agent_episode.h"

namespace sqlenv {

struct ModelEpisodeOptions {
  ModelServer server;
  Dialect dialect = Dialect::kChat;
  ModelOptions model;
  std::chrono::milliseconds limit{300'000};  // for one request
  int most_requests = 4;                     // for one turn
};

class ModelEpisode {
 public:
  struct Turn {
    Action action;
    std::string text;      // as the model wrote it, tools that it called included …
    std::string thoughts;  // … but for what it thought before
  };

  // Exactly one of request, turn and error is there.
  struct Next {
    std::optional<HttpRequest> request;  // is to be performed …
    std::chrono::milliseconds wait{0};   // … after this time
    std::string note;                    // why it is performed once more; else empty
    std::optional<Turn> turn;
    std::string error;  // why the model cannot go on, and what to do
  };

  explicit ModelEpisode(ModelEpisodeOptions options) : options_(std::move(options)) {}

  Next begin(const Observation& first);

  // REQUIRES: a request was asked for last. `now` and `spread` are those of ModelAttempt.
  Next reply(const HttpReply& reply, std::int64_t now, double spread);

  // REQUIRES: a turn came last.
  Next go_on(const Observation& seen);

 private:
  Next ask(std::chrono::milliseconds wait, std::string note);

  const ModelEpisodeOptions options_;
  std::optional<AgentEpisode> agent_;
  ModelCompletion completion_;  // of the last turn …
  ReadCompletion read_;         // … and what was read from it
  ModelAttempt attempt_;
};

// Options from what a person enters: an address, a model's name and a key, which may be empty, and
// a dialect. BAD_OPTION, saying what is wrong, if an address or a key is none.
Result<ModelEpisodeOptions> model_episode_options(std::string_view address, std::string_view model,
                                                  std::string_view key, Dialect dialect);

}  // namespace sqlenv
