// ModelGame: an episode that a language model plays, step by step. Its queries run in slices, so
// that no window waits for them. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/playground/model_player.h"
#include "app/playground/running_query.h"

namespace sqlenv::ui {

class ModelGame {
 public:
  // `told` is called when the model has said something; what comes of it is done by the next
  // go_on(). REQUIRES: `environment` outlives this.
  ModelGame(Environment& environment, std::unique_ptr<ModelPlayer> model,
            std::function<void()> told);
  ModelGame(const ModelGame&) = delete;
  ModelGame& operator=(const ModelGame&) = delete;

  // Asks for the first action of `episode`, or for the next.
  void ask(const Episode& episode);

  // Plays what was told, a slice of it at most. Returns what the model wrote when a step was taken
  // in `episode`, which is the one that was asked for last. Then ask() again, unless it is done.
  std::optional<ModelText> go_on(Episode& episode);

  // Whether go_on() has something to do.
  bool has_turn() const { return news_.action.has_value(); }

  // Why the model cannot go on; empty if it can.
  const std::string& error() const { return news_.error; }

  // What is waited for; empty: the model.
  const std::string& note() const { return news_.note; }

 private:
  Environment& environment_;
  std::function<void()> told_;
  ModelNews news_;
  std::optional<RunningQuery> running_;
  std::unique_ptr<ModelPlayer> model_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace sqlenv::ui
