// Html5Backend: Dear ImGui on one HTML canvas, by Emscripten's html5.h and a GlRenderer.
//
// Sizes are in CSS pixels; the canvas has as many device pixels as the screen gives it, whatever
// the zoom, and the fonts are built anew when that ratio changes. A frame is drawn only when
// something asks for it: three after each input, two more a moment later (for what appears on
// hovering), and as many as the application says it is animating. A lost WebGL context is picked up
// again when the browser gives it back.
//
// There is one canvas, hence one backend, alive as long as the page. One thread.
#pragma once

#include <functional>

#include "web/gl_renderer.h"

namespace sqlenv::web {

struct Html5App {
  std::function<void()> draw;       // between NewFrame() and Render()
  std::function<bool()> animating;  // whether to draw again without input
  std::function<void(float pixel_ratio, float scale)> load_fonts;  // fills the font atlas
};

class Html5Backend {
 public:
  // `canvas` is a CSS selector and must live as long as the page. REQUIRES: an ImGui context.
  Html5Backend(const char* canvas, Html5App app) : canvas_(canvas), app_(std::move(app)) {}
  Html5Backend(const Html5Backend&) = delete;
  Html5Backend& operator=(const Html5Backend&) = delete;

  // False if the browser gives no WebGL 2 context; then nothing else may be called.
  bool open();

  // Draws the next frames when the browser is ready for them; returns at once.
  void request_frames(int count = 3);

  // Draws a frame now, within the current event, so that what it does counts as the user's doing.
  void draw_now();

  // The user's magnification, 1 at first.
  void set_scale(float scale);

  // For tests: whether no frame is asked for, and whether none will be without input.
  bool idle() const { return !scheduled_; }
  bool settled() const { return idle() && settled_; }

  // For tests: what was drawn so far, and at which size.
  int frames() const { return frames_; }
  float pixel_ratio() const { return pixel_ratio_; }
  double frame_ms() const { return frame_ms_; }  // that the last frame took, without the GPU's part
  int canvas_width() const { return canvas_width_; }
  int canvas_height() const { return canvas_height_; }

 private:
  bool create_context();
  void watch_page();
  bool follow_size();
  void follow_pixel_ratio(float ratio);
  void follow_cursor();
  bool draw();  // false if there is nothing to draw on, until something asks for frames again
  void lay_out();
  void on_frame();
  void on_input_settled();
  void on_context(bool lost);
  void schedule();

  const char* canvas_;
  Html5App app_;
  GlRenderer renderer_;
  bool lost_ = false;
  bool scheduled_ = false;
  int wanted_ = 0;  // frames still to draw
  int frames_ = 0;  // drawn so far
  double last_ms_ = 0;
  double frame_ms_ = 0;
  long settle_timer_ = 0;
  int cursor_ = -2;       // ImGuiMouseCursor, or none yet
  bool settled_ = false;  // what appears on hovering was drawn
  float scale_ = 1;
  float pixel_ratio_ = 0;  // 0: the fonts are to be loaded
  int canvas_width_ = 0;
  int canvas_height_ = 0;
};

}  // namespace sqlenv::web
