// Replay: the stage on which whole episodes of one task are looked at, step by step, and compared.
//
// Everything on the screen is as it was after the step that is looked at. An action that is asked
// about is evaluated on a copy.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/playground/episode_view.h"
#include "app/playground/model_game.h"
#include "app/playground/policy_game.h"
#include "app/playground/recording.h"
#include "app/playground/running_query.h"
#include "app/playground/session.h"

namespace sqlenv::ui {

// Runs of one task, and how to look at them first.
struct Runs {
  std::vector<Run> all;
  std::size_t step = 0;             // of the last run, which is chosen
  int speed = 2;                    // steps a second
  Attempt attempt;                  // the player's own, if one of the runs is
  std::optional<std::size_t> tour;  // the place in the guided tour
  bool unfinished = false;          // the first is the player's, who may go on with it
};

class Replay {
 public:
  // REQUIRES: there is a run, and `session` outlives this.
  Replay(Session& session, Runs runs);
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  EpisodeView view() const;

  const std::vector<Run>& runs() const { return runs_.all; }
  std::size_t chosen() const { return chosen_; }  // the run whose steps are on the screen …
  const Run& run() const { return runs_.all[chosen_]; }
  std::size_t step() const { return runs_.step; }  // … as after this many of them
  std::size_t length() const { return run().whole.steps().size(); }

  void go_to(std::size_t step);
  void choose_run(std::size_t run);

  // Whether it goes on by itself, in the calls of go_on(), and how many steps a second.
  bool plays() const { return plays_; }
  int speed() const { return runs_.speed; }
  void set_pace(bool plays, int speed);
  void go_on(float seconds);

  // Evaluates an action in the place of the next step, on a copy. Long queries run on in the calls
  // of go_on(); stop() gives them up.
  bool asks_what_if() const { return !episode_.done() && run().whole.done(); }
  void ask_what_if(const Action& action);
  const std::optional<StepRecord>& what_if() const { return what_if_; }
  void stop() { running_.reset(); }

  // Adds what a policy does with the task. The oracle plays only what was solved before.
  void add_policy(const std::string& policy);
  const std::string* policy_at_work() const { return game_ ? &game_->policy : nullptr; }

  // Has a language model play the task from its beginning, in the calls of go_on(), as one more
  // run. Runs without a step make room for it. Nothing else plays meanwhile.
  void add_model(const std::string& name, std::unique_ptr<ModelPlayer> model);
  bool can_add() const { return runs_.all.size() < kMostRuns && !game_ && !model_; }
  void stop_model();
  bool has_turn() const { return model_ && (model_->has_turn() || !model_->error().empty()); }

  // The model that plays now; null if none does. Its run is the last.
  const ModelGame* model() const { return model_ ? &*model_ : nullptr; }

  // Whether the player's own episode is not over, so that it can be gone on with.
  bool unfinished() const { return runs_.unfinished; }

  std::optional<std::size_t> tour() const { return runs_.tour; }
  void go_to_tour(std::size_t place);

  // The runs, for another stage that replaces this one.
  Runs take() { return std::move(runs_); }

 private:
  void show();
  void policy_ended(bool answered);
  void play_model();
  void model_failed(const std::string& why);
  void end_model(std::string why);

  Session& session_;
  Runs runs_;
  std::size_t chosen_;
  Episode episode_;  // the beginning of the chosen run
  bool plays_ = false;
  double played_seconds_ = 0;  // since the last step
  std::vector<std::string> plan_;
  std::optional<StepRecord> what_if_;
  std::optional<RunningQuery> running_;
  std::shared_ptr<PolicyGame> game_;
  std::optional<ModelGame> model_;
};

}  // namespace sqlenv::ui
