#include "app/desktop/offscreen.h"

#define GLFW_INCLUDE_GLEXT
#include <GLFW/glfw3.h>

#include <algorithm>

namespace sqlenv::desktop {
namespace {

template <class Function>
Function load(const char* name) {
  return reinterpret_cast<Function>(glfwGetProcAddress(name));
}

// Functions of OpenGL 3 that must be looked up at run time.
struct Gl {
  PFNGLGENFRAMEBUFFERSPROC gen_framebuffers = load<PFNGLGENFRAMEBUFFERSPROC>("glGenFramebuffers");
  PFNGLBINDFRAMEBUFFERPROC bind_framebuffer = load<PFNGLBINDFRAMEBUFFERPROC>("glBindFramebuffer");
  PFNGLDELETEFRAMEBUFFERSPROC delete_framebuffers =
      load<PFNGLDELETEFRAMEBUFFERSPROC>("glDeleteFramebuffers");
  PFNGLGENRENDERBUFFERSPROC gen_renderbuffers =
      load<PFNGLGENRENDERBUFFERSPROC>("glGenRenderbuffers");
  PFNGLBINDRENDERBUFFERPROC bind_renderbuffer =
      load<PFNGLBINDRENDERBUFFERPROC>("glBindRenderbuffer");
  PFNGLRENDERBUFFERSTORAGEPROC renderbuffer_storage =
      load<PFNGLRENDERBUFFERSTORAGEPROC>("glRenderbufferStorage");
  PFNGLFRAMEBUFFERRENDERBUFFERPROC framebuffer_renderbuffer =
      load<PFNGLFRAMEBUFFERRENDERBUFFERPROC>("glFramebufferRenderbuffer");
  PFNGLCHECKFRAMEBUFFERSTATUSPROC check_framebuffer_status =
      load<PFNGLCHECKFRAMEBUFFERSTATUSPROC>("glCheckFramebufferStatus");
  PFNGLDELETERENDERBUFFERSPROC delete_renderbuffers =
      load<PFNGLDELETERENDERBUFFERSPROC>("glDeleteRenderbuffers");

  bool complete() const {
    return gen_framebuffers && bind_framebuffer && delete_framebuffers && gen_renderbuffers &&
           bind_renderbuffer && renderbuffer_storage && framebuffer_renderbuffer &&
           check_framebuffer_status && delete_renderbuffers;
  }
};

const Gl& gl() {
  static const Gl functions;
  return functions;
}

}  // namespace

Result<std::unique_ptr<Offscreen>> Offscreen::create(int width, int height) {
  if (!gl().complete())
    return fail(ErrorCode::kInternal, "the OpenGL driver has no framebuffer objects (OpenGL 3.0).");
  std::unique_ptr<Offscreen> target(new Offscreen);
  target->width_ = width;
  target->height_ = height;
  gl().gen_framebuffers(1, &target->framebuffer_);
  gl().bind_framebuffer(GL_FRAMEBUFFER, target->framebuffer_);
  gl().gen_renderbuffers(1, &target->pixels_);
  gl().bind_renderbuffer(GL_RENDERBUFFER, target->pixels_);
  gl().renderbuffer_storage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  gl().framebuffer_renderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                                target->pixels_);
  if (gl().check_framebuffer_status(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) return target;
  return fail(ErrorCode::kInternal, "the OpenGL driver refuses a picture of that size.");
}

Offscreen::~Offscreen() {
  gl().delete_renderbuffers(1, &pixels_);
  gl().delete_framebuffers(1, &framebuffer_);
}

void Offscreen::bind() const { gl().bind_framebuffer(GL_FRAMEBUFFER, framebuffer_); }

Image Offscreen::read() const {
  bind();
  return read_pixels(width_, height_);
}

Image read_pixels(int width, int height) {
  Image image{width, height, {}};
  const auto row = static_cast<std::size_t>(width) * 4;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  image.pixels.resize(upside_down.size());
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y)
    std::copy_n(upside_down.end() - static_cast<std::ptrdiff_t>((y + 1) * row), row,
                image.pixels.begin() + static_cast<std::ptrdiff_t>(y * row));
  // A window is opaque, so the picture is, too.
  for (std::size_t i = 3; i < image.pixels.size(); i += 4) image.pixels[i] = 255;
  return image;
}

}  // namespace sqlenv::desktop
