// Backend: a window, its input and its graphics. The rest of the program knows only this interface.
//
// Lengths are logical pixels; a backend knows how many device pixels each has, and asks for the
// fonts anew when that changes. Frames are drawn only when something calls for it: three after each
// input, one a moment after the last (for what appears on resting), and as many as the application
// says it is animating. Belongs to the thread that made it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/desktop/png.h"

namespace sqlenv::desktop {

struct App {
  std::function<void()> draw;                            // between NewFrame() and Render()
  std::function<bool()> animating;                       // whether to draw again without input
  std::function<void(float pixel_ratio)> load_fonts;     // fills the current context's font atlas
  std::function<void(const std::string& path)> dropped;  // for each file dropped on the window
};

struct WindowOptions {
  std::string title;
  int width = 1280;
  int height = 800;
  float pixel_ratio = 0;   // 0: the screen's
  bool offscreen = false;  // draws into memory, of exactly this size, and shows no window
};

class Backend {
 public:
  virtual ~Backend() = default;

  // Draws frames until the window is closed.
  virtual void run() = 0;

  // Loads the fonts anew before the next frame.
  virtual void reload_fonts() = 0;

  // The current size in logical pixels.
  virtual std::pair<int, int> window_size() const = 0;

  // Calls `take` with the frame after the one that is being drawn, and its device pixels for each
  // logical one.
  using Take = std::function<void(const Image& image, float pixel_ratio)>;
  virtual void next_frame(Take take) = 0;

  // Draws until nothing moves any more, and returns the last frame.
  virtual Image capture() = 0;
};

}  // namespace sqlenv::desktop
