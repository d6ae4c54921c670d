// Playground: the whole user interface of one player, drawn with Dear ImGui.
//
// The same code in the browser and on the desktop. It owns an Environment and the current Episode
// and shows them; it knows no window, no graphics library and no file. A face gives it an ImGui
// context, calls load_fonts() whenever the device's pixel ratio changes, and draw() between
// NewFrame() and Render(). One thread. The catalog is shared and outlives nothing here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/playground/evaluation.h"
#include "app/playground/replay.h"
#include "app/playground/settings.h"
#include "app/playground/transcript.h"
#include "core/episode/episode.h"

namespace sqlenv::ui {

// Puts a file where the player finds it, and says where that is: "Saved as /home/me/rows.csv".
using SaveFile = std::function<std::string(const std::string& name, std::string contents)>;

// In logical pixels of the window.
struct Place {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
};

// Puts a link to the episode that `text` tells of on the clipboard; what it says is shown.
using ShareLink = std::function<std::string(const std::string& text)>;

// Puts a picture (PNG) of a panel, as the next frame draws it at the place that find("panel.NAME")
// then tells, where the player finds it, and says where that is. "everything" is a panel too.
using SavePicture = std::function<std::string(const std::string& panel)>;

struct Ui;

// How a player opens a database of their own. The face reads it, makes a pack of it and hands that
// to add_pack(); it shows by itself how far it is and what it refuses.
struct UserFiles {
  std::function<void()> choose;   // the header's button was pressed; none: there is no such button
  std::function<void(Ui&)> draw;  // over the panels, in each frame; may be empty
};

class Playground {
 public:
  explicit Playground(std::shared_ptr<const Catalog> catalog);
  ~Playground();

  // Starts an episode; on an error the current one stays and the error is shown.
  void reset(const ResetOptions& options);

  // Plays an action as if it had been entered. REQUIRES: an episode was started.
  void step(const Action& action);

  // The same, but a query that is long goes on in the calls of draw() that follow, or of go_on()
  // where nothing is drawn. What stop() gives up was no step.
  void play(const Action& action);
  bool running() const;
  void go_on();
  void stop();

  // Shows a pack that was not in the catalog: it joins the others, or takes the place of the one of
  // its name, and a question of it is begun.
  void add_pack(Pack pack);

  // Shows trajectories of a file, or the episode of a link, by what follows its "#e=". What cannot
  // be played is said on the screen.
  void open_trajectories(const std::string& name, std::string_view text);
  void open_link(std::string_view text);
  void tour();
  bool loading() const;  // they are being executed, by the calls of draw() or go_on() that follow

  // Shows steps that were read, in the place of the episode, until the player closes them; none
  // closes them. What the player does there goes to the link.
  void show_transcript(std::optional<Transcript> transcript);
  void set_server_link(ServerLink link);
  // Shows the episodes of an evaluation. One that is chosen is asked of `open`, which calls
  // open_trajectories() now or later.
  void show_evaluation(std::unique_ptr<EvaluationTable> table);
  void set_open_episode(OpenEpisode open);

  void set_share_link(ShareLink share);
  void set_picture(SavePicture save);
  void set_ask_policy(AskPolicy ask);

  // As the buttons of the same names.
  void next_question();
  void play_again();

  // Draws everything into the current ImGui frame, filling the main viewport.
  void draw();

  // Whether something on screen is still moving, so that the next frame must be drawn without
  // input.
  bool animating() const;

  // Without it, what would be saved goes to the clipboard.
  void set_save_file(SaveFile save);

  void set_user_files(UserFiles files);

  void set_theme(ThemeKind theme);
  ThemeKind theme() const;

  // What the player kept from the last visit, and where to put what is to be kept: called after a
  // frame that changed it. The face makes the fonts anew when `scale` has changed.
  void set_settings(const Settings& settings);
  const Settings& settings() const;
  void set_keep_settings(KeepSettings keep);

  // The current episode, null before the first reset.
  const Episode* episode() const;

  // Where a control is in sight in the last frame, by its name in the snapshot.
  std::optional<Place> find(std::string_view id) const;

  // Counts everything that changed what is shown.
  std::uint64_t changes() const;

  // Why the last reset did not work; empty if it did.
  const std::string& notice() const;

  // For tests and for those who cannot see: whether snapshot_json() also holds, under "text", each
  // piece of text that the frame painted. Off at first.
  void record_text(bool on);

  // For tests: {"frame":N,"theme":"dark","items":[{"id":"action.run","x":..,"y":..,"w":..,"h":..,
  // "enabled":true}, …],"done":…} of the last drawn frame, rectangles in logical pixels.
  std::string snapshot_json() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// (Re)builds the current ImGui context's font atlas with Inter and JetBrains Mono, rasterised for
// `pixel_ratio` device pixels per logical pixel, so that text is crisp at any ratio; sizes stay in
// logical pixels. `scale` is the user's own magnification. The caller must then make the graphics
// backend create its font texture anew.
void load_fonts(float pixel_ratio, float scale = 1.0f);

}  // namespace sqlenv::ui
