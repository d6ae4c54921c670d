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

#include "core/episode/episode.h"

namespace sqlenv::ui {

enum class ThemeKind { kLight, kDark };

// Puts a file where the player finds it, and says where that is: "Saved as /home/me/rows.csv".
using SaveFile = std::function<std::string(const std::string& name, std::string contents)>;

class Playground {
 public:
  explicit Playground(std::shared_ptr<const Catalog> catalog);
  ~Playground();

  // Starts an episode; on an error the current one stays and the error is shown.
  void reset(const ResetOptions& options);

  // Plays an action as if it had been entered. REQUIRES: an episode was started.
  void step(const Action& action);

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

  void set_theme(ThemeKind theme);
  ThemeKind theme() const;

  // The current episode, null before the first reset.
  const Episode* episode() const;

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
