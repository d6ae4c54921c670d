#include "app/playground/model_game.h"

#include <utility>

namespace sqlenv::ui {

ModelGame::ModelGame(Environment& environment, std::unique_ptr<ModelPlayer> model,
                     std::function<void()> told)
    : environment_(environment), told_(std::move(told)), model_(std::move(model)) {}

void ModelGame::ask(const Episode& episode) {
  const auto tell = [this, alive = std::weak_ptr(alive_)](ModelNews news) {
    if (alive.expired()) return;
    news_ = std::move(news);
    told_();
  };
  const Observation& seen = episode.latest().observation;
  if (episode.steps().empty()) model_->begin(seen, tell);
  else model_->go_on(seen, tell);
}

std::optional<ModelText> ModelGame::go_on(Episode& episode) {
  if (!news_.action) return std::nullopt;
  if (!running_) running_.emplace(environment_, episode, *news_.action);
  if (!running_->go_on()) return std::nullopt;
  running_->finish(episode);
  running_.reset();
  return std::exchange(news_, {}).said;
}

}  // namespace sqlenv::ui
