// Offscreen: a picture in the graphics card's memory that is drawn into instead of a window, so
// that a screenshot has the size that was asked for, whatever the screen.
#pragma once

#include <memory>

#include "app/desktop/png.h"

namespace sqlenv::desktop {

// Reads the pixels that were drawn last and are not shown yet.
Image read_pixels(int width, int height);

class Offscreen {
 public:
  // The size is in device pixels. REQUIRES: a current OpenGL context of version 3. INTERNAL if the
  // driver refuses.
  static Result<std::unique_ptr<Offscreen>> create(int width, int height);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  void bind() const;  // what follows is drawn into it
  Image read() const;

 private:
  Offscreen() = default;

  int width_ = 0;
  int height_ = 0;
  unsigned framebuffer_ = 0;
  unsigned pixels_ = 0;
};

}  // namespace sqlenv::desktop
