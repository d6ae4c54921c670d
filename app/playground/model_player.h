// ModelPlayer: a language model that plays an episode, wherever it runs: behind a server's address
// or in the page. Observations go in; actions come out, with what the model wrote.
//
// One player plays one episode, on the playground's thread. Destroying it gives up what is under
// way.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/episode/action.h"
#include "core/episode/observation.h"

namespace sqlenv::ui {

// What a model wrote in one turn, for people: its reasoning apart from the rest.
struct ModelText {
  std::string thoughts;
  std::string text;
};

// Word of the turn that was asked for.
struct ModelNews {
  std::optional<Action> action;  // its end: the action to play, read from `said`
  ModelText said;
  std::string error;  // its end, too: why the model cannot go on, and what to do
  std::string note;   // without either: what is waited for
};

class ModelPlayer {
 public:
  // Called with any number of notes and then once with an action or an error, during the call that
  // asks or later.
  using Tell = std::function<void(ModelNews)>;

  virtual ~ModelPlayer() = default;

  // Asks for the first action. Once, before anything else.
  virtual void begin(const Observation& first, Tell tell) = 0;

  // Asks for the next action, by what the last one led to. REQUIRES: that one was told.
  virtual void go_on(const Observation& seen, Tell tell) = 0;
};

}  // namespace sqlenv::ui
