// Playground: the whole user interface of one player, drawn with Dear ImGui.
//
// The browser and the desktop run the same code. It owns an Environment and the current Episode
// and shows them; it knows no window, no graphics library and no file. A face gives it an ImGui
// context, calls load_fonts() whenever the device's pixel ratio changes, and draw() between
// NewFrame() and Render(). What else a face can do is in its Host. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/playground/evaluation.h"
#include "app/playground/host.h"
#include "app/playground/model_player.h"
#include "app/playground/settings.h"
#include "app/playground/transcript.h"
#include "core/episode/episode.h"

namespace sqlenv::ui {

// A rectangle in logical pixels of the window.
struct Place {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
};

class Playground {
 public:
  explicit Playground(std::shared_ptr<const Catalog> catalog, Host host = {},
                      const Settings& settings = {});
  ~Playground();

  // Starts an episode; on an error the current one stays and the error is shown.
  void reset(const ResetOptions& options);

  // Plays an action as if it had been entered. REQUIRES: an episode was started.
  void step(const Action& action);

  // Plays an action, but a long query runs on in the calls of draw() that follow, or of go_on() if
  // nothing is drawn. What stop() gives up was no step.
  void play(const Action& action);
  bool running() const;
  void go_on();
  void stop();

  // Shows a pack that was not in the catalog: it joins the others, or takes the place of the one of
  // its name, and a question of it is begun.
  void add_pack(Pack pack);

  // Shows trajectories of a file, or the episode of a link, by what follows its "#e=". What cannot
  // be played is explained by notice().
  void open_trajectories(const std::string& name, std::string_view text);
  void open_link(std::string_view text);
  void tour();
  bool loading() const;  // whether they are still being executed, by draw() or go_on()

  // Shows steps that were read, in the place of the episode, until the player closes them; none
  // closes them.
  void show_transcript(std::optional<Transcript> transcript);

  // Shows the episodes of an evaluation, in the place of all panels, until the player closes them.
  void show_evaluation(std::unique_ptr<EvaluationTable> table);

  // Has a language model play the question that is shown, step by step, beside what the player did.
  // draw() or go_on() carry on with it when it has said something. A `name` is for the screen.
  void play_model(const std::string& name, std::unique_ptr<ModelPlayer> model);

  // Act like the buttons of the same names.
  void next_question();
  void play_again();

  // Draws everything into the current ImGui frame, filling the main viewport.
  void draw();

  // Whether something on screen is still moving, so that the next frame must be drawn without
  // input.
  bool animating() const;

  // Changes the settings without a call of Host::keep_settings().
  void set_settings(const Settings& settings);
  const Settings& settings() const;

  // The current episode, null before the first reset.
  const Episode* episode() const;

  // The place of a control in the last frame, by its name in the snapshot. None if it was not in
  // sight.
  std::optional<Place> find(std::string_view id) const;

  // Counts everything that changed what is shown.
  std::uint64_t changes() const;

  // Why the last reset did not work; empty if it did.
  const std::string& notice() const;

  // For tests and for people who cannot see: sets whether snapshot_json() also holds, under "text",
  // each piece of text that the frame painted. Off at first.
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
