// Model: what the player chose, entered and looks at, and the episode being played. No drawing.
//
// Panels read it while they draw and put what the player did into it as commands; commands are
// carried out by run_commands() after the frame, so that nothing changes under a panel's feet.
// The gold leaves it through gold() alone, and only once the episode is over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/playground/host.h"
#include "app/playground/replay.h"
#include "app/playground/settings.h"
#include "app/playground/transcript.h"
#include "core/episode/episode.h"

namespace sqlenv::ui {

// What is entered but not yet played.
struct Draft {
  ActionKind kind = ActionKind::kDescribe;
  std::string table;
  std::string sql;
  std::string answer;

  Action action() const;
  bool playable() const;  // whether there is anything to play
  bool writes() const { return kind == ActionKind::kQuery || kind == ActionKind::kAnswer; }
};

// Which questions the player wants.
struct Choice {
  std::size_t pack = 0;
  std::optional<std::string> database;
  std::optional<std::string> difficulty;
  std::uint64_t seed = 0;
};

struct RevealedGold {
  const std::string* sql = nullptr;
  const ResultTable* table = nullptr;
  const Gold* gold = nullptr;
  const std::vector<std::string>* plan = nullptr;  // SQLite's, a line a step, indented
};

// A query that takes more than one frame.
struct RunningQuery {
  PendingStep step;
  std::int64_t slice = 0;  // operations for the next frame
};

class Model {
 public:
  explicit Model(std::shared_ptr<const Catalog> catalog, const Host& host = {});

  const Catalog& catalog() const { return environment_->catalog(); }
  const Pack& pack() const { return catalog().packs()[choice_.pack]; }
  const Choice& choice() const { return choice_; }
  Draft& draft() { return draft_; }
  const Draft& draft() const { return draft_; }

  // Null before the first reset.
  const Episode* episode() const { return episode_ ? &*episode_ : nullptr; }
  bool playing() const {
    return episode_ && !episode_->done() && !replay_ && !loading_ && !transcript_;
  }

  // Whether an action may be written: to play it, or to see what it would have paid.
  bool drafting() const { return transcript_ ? transcript_->acts : playing() || asks_what_if(); }

  // Why the last reset did not work; empty if it did.
  const std::string& notice() const { return notice_; }
  void dismiss_notice() { notice_.clear(); }

  // Kept from one visit to the next. A win is scored when the question is first played.
  Settings& settings() { return settings_; }
  const Settings& settings() const { return settings_; }
  std::int64_t won_points() const { return won_points_; }  // by this episode

  // Hints taken of this question, and one more of them.
  int hints() const { return hints_; }
  void take_hint();

  // At once --------------------------------------------------------------------------------------
  void reset(const ResetOptions& options);
  void step(const Action& action);

  // Plays an action and leaves it in the editor, as if it had been entered there.
  void enter(const Action& action);

  // The pack joins the others, or takes the place of the one of its name, and a question of it is
  // begun. What was drawn from the episode before must not be used any more.
  void add_pack(Pack pack);
  // The same, but a query that is long goes on in the frames that follow; they call go_on(). What
  // stop() gives up was no step.
  void play(const Action& action);
  const RunningQuery* running() const { return running_ ? &*running_ : nullptr; }
  std::int64_t most_operations() { return environment_->query_limits().max_operations; }
  void go_on(float frame_seconds);
  void stop();

  // Looking back ---------------------------------------------------------------------------------
  // Null while the episode is played. Actions are played no more then: play() evaluates them as
  // "what if", where asks_what_if().
  const Replay* replay() const { return replay_ && !transcript_ ? &*replay_ : nullptr; }
  bool loading() const { return loading_.has_value(); }
  bool asks_what_if() const;

  // Trajectories of one task, as their file has them, or what follows "#e=" in a link. What cannot
  // be executed here is said in notice(), and nothing else changes. They are executed by the calls
  // of go_on() that follow.
  void open_trajectories(const std::string& name, std::string_view text);
  void open_link(std::string_view text);

  // The player's own episode becomes the first run.
  void review();
  void go_to(std::size_t step);
  void choose_run(std::size_t run);
  void play_replay(bool plays, int speed);
  void leave_replay();  // to where it began: the question anew
  void branch();        // plays on from the step that is looked at

  // Steps that are only read, over whatever is played or looked at, which is there again when the
  // player closes them. Actions go to the link while it waits for one.
  const Transcript* transcript() const { return transcript_ ? &*transcript_ : nullptr; }
  void show_transcript(std::optional<Transcript> transcript);
  void choose_of_transcript(const std::string& id);

  // Of the database: those that an action may name.
  std::vector<std::string> tables() const;

  // The guided tour (tour.cc): the place that is shown, its caption, and another place, of which
  // the one after the last leaves the tour. It needs the starter pack; without it notice() says so.
  std::optional<std::size_t> tour() const { return tour_; }
  std::string tour_caption() const;
  void tour_to(std::size_t place);

  // Adds what a policy does with the task. "oracle" is told the gold, so only where it was shown.
  void add_policy(const std::string& policy);
  bool knows_policies() const { return static_cast<bool>(host_.ask_policy); }
  const std::string& policy_at_work() const { return policy_; }

  // Any question of the pack that was not played yet, by a drawn seed.
  void surprise(std::uint64_t draw);

  // A question of the same choice that was not played yet, while there is one.
  void next_question();
  void choose(const Choice& choice);
  void play_again();

  // After the frame ------------------------------------------------------------------------------
  using Command = std::function<void(Model&)>;
  void later(Command command) { commands_.push_back(std::move(command)); }
  bool has_commands() const { return !commands_.empty(); }
  bool run_commands();

  // What is shown --------------------------------------------------------------------------------
  // The step whose result is on screen: an index into episode()->steps(), none before the first.
  std::optional<std::size_t> shown() const { return shown_; }
  const StepRecord* shown_step() const;
  void show(std::size_t step);

  // Counts everything that changed what is shown, so that panels notice and move.
  std::uint64_t changes() const { return changes_; }

  bool described(const Table& table) const;

  // None until the episode is over.
  std::optional<RevealedGold> gold() const;

 private:
  ResetOptions options_for(const Choice& choice) const;
  bool start(const ResetOptions& options);
  void begin(Episode episode, const ResetOptions& options);
  void run_slice();
  void stepped();
  void score();
  void run(const Action& action);
  void load(Recording recording, Episode episode);
  void execute_next();
  void loaded();
  void forget_replay();
  void show_replay();
  void add_run(Run run);
  void play_policy(const std::shared_ptr<Episode>& episode, const AskPolicy& ask, bool first);
  void draft_anew();
  void draft_from(const Action& action);

  Host host_;
  std::unique_ptr<Environment> environment_;
  std::optional<Episode> episode_;
  ResetOptions last_options_;
  Choice choice_;
  Draft draft_;
  std::string notice_;
  std::optional<std::size_t> shown_;
  std::uint64_t changes_ = 0;
  std::set<const Question*> played_;
  std::set<const Question*> ended_;  // whose gold was shown
  Settings settings_;
  std::int64_t won_points_ = 0;
  int hints_ = 0;
  std::vector<std::string> plan_;
  std::optional<RunningQuery> running_;
  std::vector<Command> commands_;
  std::optional<Replay> replay_;
  std::vector<Recording> waiting_;    // of the same task as loading_
  std::optional<Recording> loading_;  // being executed by episode_
  double played_seconds_ = 0;         // since the last step of a replay that goes on by itself
  std::optional<Transcript> transcript_;
  std::optional<std::size_t> tour_;
  std::string policy_;   // that is playing
  int policy_turn_ = 0;  // what a policy answers for an older one is not wanted any more
};

}  // namespace sqlenv::ui
