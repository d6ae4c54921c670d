// Stage: what is on the screen. An episode is played, or executed again, or looked at: one of
// these. A transcript may stand over it; what is below is there again when the player closes it.
//
// All commands of the player that replace one by another are here; those within one belong to it.
// One thread. A command that does not work leaves everything as it was and says why in the
// session's notice.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/playground/player.h"
#include "app/playground/replay.h"
#include "app/playground/replay_loader.h"
#include "app/playground/session.h"
#include "app/playground/transcript.h"

namespace sqlenv::ui {

class Stage {
 public:
  // REQUIRES: `session` outlives this.
  explicit Stage(Session& session) : session_(session) {}
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // The episode, also below a transcript. None before the first was begun.
  std::optional<EpisodeView> view() const;

  // The transcript, player or replay that is on top; null if something else is.
  const Transcript* transcript() const { return transcript_ ? &*transcript_ : nullptr; }
  Player* player() { return transcript_ ? nullptr : std::get_if<Player>(&below_); }
  Replay* replay() { return transcript_ ? nullptr : std::get_if<Replay>(&below_); }
  const Replay* replay() const { return transcript_ ? nullptr : std::get_if<Replay>(&below_); }
  bool loading() const { return std::holds_alternative<ReplayLoader>(below_); }

  // Whether an action may be written, and names of the tables that it may be about.
  bool drafting() const;
  std::vector<std::string> tables() const;

  // Begin an episode. The transcript is closed.
  void reset(const ResetOptions& options);
  void choose(const Choice& choice);
  void surprise(std::uint64_t seed);
  void next_question();
  void play_again();
  void add_pack(Pack pack);  // views of the episode before are not valid any more

  // Plays an action where one may be written: here, on a copy, or on the server. Long queries run
  // on in the calls of go_on(); stop() gives them up.
  void play(const Action& action);

  // Plays an action at once, as if it had been entered by hand. REQUIRES: an episode was begun.
  void enter(const Action& action);
  void go_on(float frame_seconds);
  void stop();
  void show(std::size_t step);  // its result, or the replay as after it

  // Recordings are executed by the calls of go_on() that follow. Those of the task that is looked
  // at already are compared with it. A file whose pack is not here becomes a transcript.
  void open_trajectories(const std::string& file, std::string_view text);
  void open_link(std::string_view text);  // what follows "#e="
  void tour_to(std::size_t place);        // the one after the last leaves the tour
  void review();                          // looks at the episode that is played as a replay
  void branch();                          // plays on from the step that is looked at
  void close_replay();                    // back to the player's episode, or the question anew

  // Has a language model play the question that is on the stage, from its beginning, beside what
  // the player did. Not over a transcript.
  void play_model(const std::string& name, std::unique_ptr<ModelPlayer> model);

  // Shows a transcript; none closes it. An id is that of one of its choices, or "leave" to close
  // it.
  void show_transcript(std::optional<Transcript> transcript);
  void choose_of_transcript(const std::string& id);

 private:
  template <class Pick>
  void begin(Pick pick);
  void begin(Episode episode);
  void load(std::vector<Recording> recordings, Episode episode, std::optional<std::size_t> tour);
  Runs take_runs(const Question* question);
  void end_loading();
  void close_transcript();

  Session& session_;
  std::variant<std::monostate, Player, ReplayLoader, Replay> below_;  // first: no episode yet
  std::optional<Transcript> transcript_;
};

}  // namespace sqlenv::ui
