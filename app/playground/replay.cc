#include "app/playground/replay.h"

#include <algorithm>
#include <utility>

#include "app/playground/format.h"
#include "app/playground/tour.h"

namespace sqlenv::ui {

Replay::Replay(Session& session, Runs runs)
    : session_(session),
      runs_(std::move(runs)),
      chosen_(runs_.all.size() - 1),
      episode_(run().whole) {
  for (const Run& run : runs_.all)
    if (run.whole.done()) session_.ended.insert(run.whole.task().question);
  runs_.step = std::min(runs_.step, length());
  show();
}

EpisodeView Replay::view() const {
  const std::size_t count = episode_.steps().size();
  return {episode_,      count > 0 ? std::optional(count - 1) : std::nullopt,
          runs_.attempt, plan_,
          this,          running_ ? &*running_ : nullptr,
          asks_what_if()};
}

void Replay::show() {
  stop();
  episode_ = run().whole.until(step());
  what_if_.reset();
  played_seconds_ = 0;
  if (step() == length()) plays_ = false;
  else session_.draft.set(run().whole.steps()[step()].action);
  if (episode_.done()) plan_ = session_.gold_plan(episode_.task());
  ++session_.changes;
}

void Replay::go_to(std::size_t step) {
  runs_.step = std::min(step, length());
  show();
}

void Replay::choose_run(std::size_t run) {
  if (run >= runs_.all.size()) return;
  chosen_ = run;
  go_to(step());
}

void Replay::set_pace(bool plays, int speed) {
  if (plays && !plays_ && step() == length()) go_to(0);
  plays_ = plays;
  runs_.speed = speed;
  played_seconds_ = 0;
  ++session_.changes;
}

void Replay::go_on(float seconds) {
  if (plays_) {
    played_seconds_ += std::min(static_cast<double>(seconds), 0.2);
    if (played_seconds_ * speed() >= 1) go_to(step() + 1);
  }
  if (model_ && !running_) play_model();
  if (!running_ || !running_->go_on()) return;
  Episode copy = episode_;
  running_->finish(copy);
  running_.reset();
  what_if_ = copy.steps().back();
  ++session_.changes;
}

void Replay::ask_what_if(const Action& action) {
  if (!asks_what_if() || running_ || (model_ && model_->has_turn())) return;
  running_.emplace(session_.questions.environment(), episode_, action);
  go_on(0);
}

void Replay::add_policy(const std::string& policy) {
  if (!can_add()) return;
  const Episode& whole = run().whole;
  const bool oracle = policy == "oracle";
  if (oracle && !whole.done()) return;
  game_ = std::make_shared<PolicyGame>(
      PolicyGame{policy, oracle ? ask_oracle(whole) : session_.host.ask_policy, whole.until(0),
                 [this](bool answered) { policy_ended(answered); }});
  begin_game(game_);
}

void Replay::policy_ended(bool answered) {
  const std::shared_ptr<PolicyGame> game = std::exchange(game_, nullptr);
  ++session_.changes;
  if (!answered) {
    session_.notice = "The policy did not load. Check the connection and try again.";
    return;
  }
  runs_.all.push_back({capitalised(game->policy), std::move(game->episode), ""});
  if (run().whole.done()) session_.ended.insert(run().whole.task().question);
  chosen_ = runs_.all.size() - 1;
  plays_ = true;
  go_to(0);
}

void Replay::add_model(const std::string& name, std::unique_ptr<ModelPlayer> model) {
  if (model_ || game_) return;
  const Episode start = run().whole.until(0);
  std::erase_if(runs_.all, [](const Run& run) { return run.whole.steps().empty(); });
  if (runs_.all.size() >= kMostRuns) return;
  runs_.all.push_back({name, start, "", {}});
  chosen_ = runs_.all.size() - 1;
  plays_ = false;
  go_to(0);
  model_.emplace(session_.questions.environment(), std::move(model),
                 [this] { ++session_.changes; });
  model_->ask(start);
}

// Plays a slice of what the model told. The view goes along if it is at the end of the model's run.
void Replay::play_model() {
  if (!model_->error().empty()) return model_failed(std::string(model_->error()));
  Run& run = runs_.all.back();
  const bool follows = chosen_ + 1 == runs_.all.size() && step() == length();
  std::optional<ModelText> said = model_->go_on(run.whole);
  if (!said) return;
  run.said.push_back(std::move(*said));
  if (run.whole.done()) {
    session_.ended.insert(run.whole.task().question);
    model_.reset();
  } else {
    model_->ask(run.whole);
  }
  if (follows) {
    session_.draft.set(run.whole.steps().back().action);
    go_to(length());
  }
  ++session_.changes;
}

void Replay::model_failed(const std::string& why) {
  end_model(why);
  if (runs_.all.back().whole.steps().empty() && session_.host.choose_model)
    session_.host.choose_model(why);
}

void Replay::end_model(std::string why) {
  runs_.all.back().warning = std::move(why);
  model_.reset();
  ++session_.changes;
}

void Replay::stop_model() {
  if (model_)
    end_model("Stopped after " + counted(runs_.all.back().whole.steps().size(), "step") + ".");
}

void Replay::go_to_tour(std::size_t place) {
  runs_.tour = place;
  go_to(tour_step(place));
}

}  // namespace sqlenv::ui
