#include "web/html5_backend.h"

#include <emscripten/eventloop.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "web/browser_calls.h"
#include "web/html5_input.h"

namespace sqlenv::web {
namespace {

// Longer than Dear ImGui waits before it shows a tooltip.
constexpr double kSettleMs = 550;

constexpr int kUnseenFrames = 12;

// Dear ImGui takes a press and its release, or a key and its text, in frames of their own.
bool inputs_are_waiting() { return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0; }

Html5Backend& self(void* backend) { return *static_cast<Html5Backend*>(backend); }

// The scale whose product with `logical` is, cut to a whole number, exactly `device`.
float exact_scale(int device, float logical) {
  float scale = static_cast<float>(device) / logical;
  while (static_cast<int>(logical * scale) < device) scale = std::nextafter(scale, 1e9f);
  return scale;
}

const char* css_cursor(ImGuiMouseCursor cursor) {
  switch (cursor) {
    case ImGuiMouseCursor_None: return "none";
    case ImGuiMouseCursor_TextInput: return "text";
    case ImGuiMouseCursor_ResizeAll: return "move";
    case ImGuiMouseCursor_ResizeNS: return "ns-resize";
    case ImGuiMouseCursor_ResizeEW: return "ew-resize";
    case ImGuiMouseCursor_ResizeNESW: return "nesw-resize";
    case ImGuiMouseCursor_ResizeNWSE: return "nwse-resize";
    case ImGuiMouseCursor_Hand: return "pointer";
    case ImGuiMouseCursor_NotAllowed: return "not-allowed";
    default: return "default";
  }
}

}  // namespace

bool Html5Backend::open() {
  ImGuiIO& io = ImGui::GetIO();
  io.BackendPlatformName = "sqlenv_html5";
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigMacOSXBehaviors = page_is_mac();
  io.ConfigInputTextCursorBlink = false;  // blinking would need frames without input
  if (!create_context()) return false;
  watch_page();
  listen_for_input(canvas_, *this);
  request_frames();
  return true;
}

bool Html5Backend::create_context() {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.alpha = false;
  attributes.depth = false;
  attributes.antialias = false;
  attributes.preserveDrawingBuffer = true;  // only changes are painted
  attributes.enableExtensionsByDefault = false;
  const auto context = emscripten_webgl_create_context(canvas_, &attributes);
  return context > 0 &&
         emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS &&
         renderer_.create();
}

void Html5Backend::watch_page() {
  emscripten_set_resize_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, this, false,
                                 [](int, const EmscriptenUiEvent*, void* backend) -> EM_BOOL {
                                   self(backend).request_frames();
                                   return false;
                                 });
  emscripten_set_webglcontextlost_callback(canvas_, this, false,
                                           [](int, const void*, void* backend) -> EM_BOOL {
                                             self(backend).on_context(true);
                                             return true;  // which asks the browser to give it back
                                           });
  emscripten_set_webglcontextrestored_callback(canvas_, this, false,
                                               [](int, const void*, void* backend) -> EM_BOOL {
                                                 self(backend).on_context(false);
                                                 return true;
                                               });
  page_watch_pixel_ratio();
}

void Html5Backend::request_frames(int count) {
  wanted_ = std::max(wanted_, count);
  settled_ = false;
  schedule();
  emscripten_clear_timeout(settle_timer_);
  settle_timer_ = emscripten_set_timeout([](void* backend) { self(backend).on_input_settled(); },
                                         kSettleMs, this);
}

void Html5Backend::set_scale(float scale) {
  if (scale == scale_) return;
  scale_ = scale;
  pixel_ratio_ = 0;
  request_frames();
}

void Html5Backend::on_input_settled() {
  settled_ = true;
  wanted_ = std::max(wanted_, 2);
  schedule();
}

void Html5Backend::schedule() {
  if (scheduled_ || lost_) return;
  scheduled_ = true;
  emscripten_request_animation_frame(
      [](double, void* backend) -> EM_BOOL {
        self(backend).on_frame();
        return false;
      },
      this);
}

void Html5Backend::on_frame() {
  scheduled_ = false;
  --wanted_;
  if (!draw()) return;
  if (inputs_are_waiting()) wanted_ = std::max(wanted_, 3);
  if (wanted_ > 0 || app_.animating()) schedule();
}

void Html5Backend::draw_now() { draw(); }

bool Html5Backend::draw() {
  if (lost_ || !follow_size()) return false;
  const double begun = emscripten_get_now();
  lay_out();
  // Fast typing is shown at once, at the cost of frames that nobody sees.
  for (int more = 0; more < kUnseenFrames && inputs_are_waiting(); ++more) {
    ImGui::EndFrame();
    lay_out();
  }
  ImGui::Render();
  renderer_.paint(*ImGui::GetDrawData(), canvas_width_, canvas_height_,
                  ImGui::GetStyle().Colors[ImGuiCol_WindowBg]);
  follow_cursor();
  follow_caret();
  ++frames_;
  frame_ms_ = emscripten_get_now() - begun;
  return true;
}

void Html5Backend::lay_out() {
  const double now = emscripten_get_now();
  ImGui::GetIO().DeltaTime = static_cast<float>(std::clamp((now - last_ms_) / 1000, 1e-4, 1.0));
  last_ms_ = now;
  ImGui::NewFrame();
  app_.draw();
}

// False while the canvas has no area, as in a hidden frame.
bool Html5Backend::follow_size() {
  double width = 0;
  double height = 0;
  emscripten_get_element_css_size(canvas_, &width, &height);
  const double ratio = emscripten_get_device_pixel_ratio();
  const int device_width = static_cast<int>(std::lround(width * ratio));
  const int device_height = static_cast<int>(std::lround(height * ratio));
  if (device_width < 1 || device_height < 1) return false;
  if (device_width != canvas_width_ || device_height != canvas_height_) {
    canvas_width_ = device_width;
    canvas_height_ = device_height;
    emscripten_set_canvas_element_size(canvas_, device_width, device_height);
  }
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DisplayFramebufferScale = {exact_scale(device_width, io.DisplaySize.x),
                                exact_scale(device_height, io.DisplaySize.y)};
  follow_pixel_ratio(static_cast<float>(ratio));
  return true;
}

void Html5Backend::follow_pixel_ratio(float ratio) {
  if (ratio == pixel_ratio_) return;
  pixel_ratio_ = ratio;
  app_.load_fonts(ratio, scale_);
  renderer_.load_font_texture();
}

void Html5Backend::follow_cursor() {
  const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
  if (cursor == cursor_) return;
  cursor_ = cursor;
  page_set_cursor(canvas_, css_cursor(cursor));
}

void Html5Backend::on_context(bool lost) {
  lost_ = lost;
  page_show_context(lost);
  if (lost) return;
  // Everything that was in the old context is gone with it.
  renderer_.create();
  renderer_.load_font_texture();
  request_frames();
}

}  // namespace sqlenv::web
