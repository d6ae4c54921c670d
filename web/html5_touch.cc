#include "web/html5_touch.h"

#include <emscripten/eventloop.h>
#include <emscripten/html5.h>
#include <imgui.h>

#include <cfloat>
#include <cmath>

#include "web/html5_backend.h"

namespace sqlenv::web {
namespace {

constexpr float kSlackPx = 8;       // a finger is never quite still
constexpr double kRestMs = 350;     // until a still finger takes hold
constexpr float kLinesPerStep = 5;  // what Dear ImGui scrolls for one step of the wheel

enum class Phase { kNone, kDown, kScrolling, kHolding };

struct Touch {
  Html5Backend* backend = nullptr;
  Phase phase = Phase::kNone;
  long finger = 0;
  ImVec2 first;
  ImVec2 last;
  long rest_timer = 0;
};

Touch& touch() {
  static Touch the_touch;
  return the_touch;
}

void move_to(ImVec2 at) {
  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  ImGui::GetIO().AddMousePosEvent(at.x, at.y);
}

void press(bool down) {
  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, down);
}

const EmscriptenTouchPoint* find_finger(const EmscriptenTouchEvent& event, long finger) {
  for (int i = 0; i < event.numTouches; ++i)
    if (event.touches[i].isChanged && event.touches[i].identifier == finger)
      return &event.touches[i];
  return nullptr;
}

ImVec2 position(const EmscriptenTouchPoint& point) {
  return {static_cast<float>(point.clientX), static_cast<float>(point.clientY)};
}

void take_hold(void*) {
  Touch& t = touch();
  if (t.phase != Phase::kDown) return;
  t.phase = Phase::kHolding;
  move_to(t.last);
  press(true);
  t.backend->request_frames();
}

void begin(const EmscriptenTouchEvent& event) {
  Touch& t = touch();
  if (t.phase != Phase::kNone || event.numTouches < 1) return;
  t.finger = event.touches[0].identifier;
  t.first = t.last = position(event.touches[0]);
  t.phase = Phase::kDown;
  move_to(t.first);
  t.rest_timer = emscripten_set_timeout(take_hold, kRestMs, nullptr);
}

void follow(ImVec2 at) {
  Touch& t = touch();
  if (t.phase == Phase::kDown && std::hypot(at.x - t.first.x, at.y - t.first.y) > kSlackPx)
    t.phase = Phase::kScrolling;
  if (t.phase == Phase::kHolding) move_to(at);
  if (t.phase == Phase::kScrolling) {
    const float step = kLinesPerStep * ImGui::GetFontSize();
    ImGui::GetIO().AddMouseWheelEvent((at.x - t.last.x) / step, (at.y - t.last.y) / step);
    t.last = at;
  }
}

void end(bool tap) {
  Touch& t = touch();
  emscripten_clear_timeout(t.rest_timer);
  if (t.phase == Phase::kDown && tap) press(true);
  if ((t.phase == Phase::kDown && tap) || t.phase == Phase::kHolding) press(false);
  move_to({-FLT_MAX, -FLT_MAX});  // nothing is hovered once the finger has left
  t.phase = Phase::kNone;
  // A phone shows its keyboard for a field that gets the focus within the event only.
  if (tap) t.backend->draw_now();
}

EM_BOOL on_touch(int type, const EmscriptenTouchEvent* event, void*) {
  Touch& t = touch();
  if (type == EMSCRIPTEN_EVENT_TOUCHSTART) {
    begin(*event);
  } else if (const EmscriptenTouchPoint* point = find_finger(*event, t.finger)) {
    if (type == EMSCRIPTEN_EVENT_TOUCHMOVE) follow(position(*point));
    if (type == EMSCRIPTEN_EVENT_TOUCHEND) end(true);
    if (type == EMSCRIPTEN_EVENT_TOUCHCANCEL) end(false);
  }
  t.backend->request_frames();
  return true;  // or the browser would make mouse events of the same touch
}

}  // namespace

void listen_to_touch(const char* canvas, Html5Backend& backend) {
  touch().backend = &backend;
  emscripten_set_touchstart_callback(canvas, nullptr, false, on_touch);
  emscripten_set_touchmove_callback(canvas, nullptr, false, on_touch);
  emscripten_set_touchend_callback(canvas, nullptr, false, on_touch);
  emscripten_set_touchcancel_callback(canvas, nullptr, false, on_touch);
}

}  // namespace sqlenv::web
