#include "web/html5_input.h"

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>

#include <cfloat>
#include <map>
#include <string>

#include "web/browser_calls.h"
#include "web/html5_backend.h"
#include "web/html5_keys.h"
#include "web/html5_touch.h"

namespace sqlenv::web {
namespace {

constexpr const char* kStage = "#stage";  // holds the canvas and the text agent

// The page has one canvas, one keyboard and one clipboard.
struct Input {
  Html5Backend* backend = nullptr;
  bool mac = false;
  bool copying = false;                  // a key that copies or cuts is being handled
  bool moving_focus = false;             // between the canvas and the text agent
  bool leaving = false;                  // Escape was the last key: the next Tab is the browser's
  std::map<std::string, ImGuiKey> held;  // by code, as letters may change their name meanwhile
  std::string clipboard;
  ImGuiPlatformImeData caret;
};

Input& input() {
  static Input the_input;
  return the_input;
}

template <class Event>
void follow_modifiers(const Event& event) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, event.ctrlKey);
  io.AddKeyEvent(ImGuiMod_Shift, event.shiftKey);
  io.AddKeyEvent(ImGuiMod_Alt, event.altKey);
  io.AddKeyEvent(ImGuiMod_Super, event.metaKey);
}

void release_keys() {
  for (const auto& [code, key] : input().held) ImGui::GetIO().AddKeyEvent(key, false);
  input().held.clear();
}

bool on_key_down(const EmscriptenKeyboardEvent& event) {
  Input& in = input();
  if (composes(event)) return false;
  const ImGuiKey key = imgui_key(event);
  follow_modifiers(event);
  if (key != ImGuiKey_None) {
    in.held[event.code] = key;
    ImGui::GetIO().AddKeyEvent(key, true);
  }
  ImGui::GetIO().AddInputCharactersUTF8(typed_text(event, in.mac));
  in.backend->request_frames();
  if (is_copy_or_cut(event, in.mac)) {
    in.copying = true;
    in.backend->draw_now();
    in.copying = false;
  }
  const bool leaves = key == ImGuiKey_Tab && in.leaving;
  in.leaving = key == ImGuiKey_Escape;
  return !leaves && page_uses_key(event, in.mac);
}

bool on_key_up(const EmscriptenKeyboardEvent& event) {
  Input& in = input();
  follow_modifiers(event);
  const auto held = in.held.find(event.code);
  if (held != in.held.end()) {
    ImGui::GetIO().AddKeyEvent(held->second, false);
    in.held.erase(held);
  }
  // Apple's browsers do not tell which keys go up while Cmd is down.
  const ImGuiKey key = imgui_key(event);
  if (key == ImGuiKey_LeftSuper || key == ImGuiKey_RightSuper) release_keys();
  in.backend->request_frames();
  return false;
}

EM_BOOL on_key(int type, const EmscriptenKeyboardEvent* event, void*) {
  return type == EMSCRIPTEN_EVENT_KEYDOWN ? on_key_down(*event) : on_key_up(*event);
}

// The browser counts left, middle, right; Dear ImGui left, right, middle.
int imgui_button(unsigned short button) {
  constexpr int kButtons[] = {0, 2, 1, 3, 4};
  return button < std::size(kButtons) ? kButtons[button] : -1;
}

// The canvas fills the window, so positions in one are positions in the other.
EM_BOOL on_mouse(int type, const EmscriptenMouseEvent* event, void*) {
  ImGuiIO& io = ImGui::GetIO();
  follow_modifiers(*event);
  io.AddMouseSourceEvent(ImGuiMouseSource_Mouse);
  if (type == EMSCRIPTEN_EVENT_MOUSELEAVE) io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  else io.AddMousePosEvent(static_cast<float>(event->clientX), static_cast<float>(event->clientY));
  const int button = imgui_button(event->button);
  if (button >= 0 && (type == EMSCRIPTEN_EVENT_MOUSEDOWN || type == EMSCRIPTEN_EVENT_MOUSEUP))
    io.AddMouseButtonEvent(button, type == EMSCRIPTEN_EVENT_MOUSEDOWN);
  input().backend->request_frames();
  return false;  // the browser's part is to give the canvas the focus
}

// Converts a wheel's turn to Dear ImGui's unit, which is about five lines of text.
float wheel_steps(double delta, unsigned long mode) {
  if (mode == DOM_DELTA_LINE) return static_cast<float>(-delta / 3);
  if (mode == DOM_DELTA_PAGE) return static_cast<float>(-delta * 5);
  return static_cast<float>(-delta / 100);
}

EM_BOOL on_wheel(int, const EmscriptenWheelEvent* event, void*) {
  if (event->mouse.ctrlKey) return false;  // the browser zooms
  follow_modifiers(event->mouse);
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_Mouse);
  io.AddMouseWheelEvent(wheel_steps(event->deltaX, event->deltaMode),
                        wheel_steps(event->deltaY, event->deltaMode));
  input().backend->request_frames();
  return true;
}

EM_BOOL on_focus(int type, const EmscriptenFocusEvent*, void*) {
  if (input().moving_focus) return false;
  const bool in = type == EMSCRIPTEN_EVENT_FOCUSIN;
  if (!in) release_keys();
  input().leaving = false;
  ImGui::GetIO().AddFocusEvent(in);
  input().backend->request_frames();
  return false;
}

void listen_to_mouse(const char* canvas) {
  const char* window = EMSCRIPTEN_EVENT_TARGET_WINDOW;
  emscripten_set_mousedown_callback(canvas, nullptr, false, on_mouse);
  // A button that went down on the canvas may move and go up anywhere.
  emscripten_set_mousemove_callback(window, nullptr, false, on_mouse);
  emscripten_set_mouseup_callback(window, nullptr, false, on_mouse);
  emscripten_set_mouseleave_callback(canvas, nullptr, false, on_mouse);
  emscripten_set_wheel_callback(canvas, nullptr, false, on_wheel);
}

void use_text_agent() {
  page_watch_text();
  ImGui::GetIO().SetPlatformImeDataFn = [](ImGuiViewport*, ImGuiPlatformImeData* data) {
    input().caret = *data;
  };
}

void use_clipboard() {
  ImGuiIO& io = ImGui::GetIO();
  io.GetClipboardTextFn = [](void*) { return input().clipboard.c_str(); };
  io.SetClipboardTextFn = [](void*, const char* text) {
    input().clipboard = text;
    page_copy(text, input().clipboard.size(), input().copying);
  };
  page_watch_clipboard();
}

}  // namespace

void listen_for_input(const char* canvas, Html5Backend& backend) {
  input().backend = &backend;
  input().mac = page_is_mac();
  listen_to_mouse(canvas);
  listen_to_touch(canvas, backend);
  emscripten_set_keydown_callback(kStage, nullptr, false, on_key);
  emscripten_set_keyup_callback(kStage, nullptr, false, on_key);
  emscripten_set_focusin_callback(kStage, nullptr, false, on_focus);
  emscripten_set_focusout_callback(kStage, nullptr, false, on_focus);
  emscripten_set_blur_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, nullptr, false, on_focus);
  use_clipboard();
  use_text_agent();
}

void follow_caret() {
  Input& in = input();
  const ImGuiPlatformImeData& caret = in.caret;
  in.moving_focus = true;
  page_edit_text(caret.WantVisible, caret.InputPos.x, caret.InputPos.y, caret.InputLineHeight);
  in.moving_focus = false;
}

}  // namespace sqlenv::web

extern "C" {

EMSCRIPTEN_KEEPALIVE void sqlenv_page_wake() {
  if (sqlenv::web::input().backend != nullptr) sqlenv::web::input().backend->request_frames();
}

// Takes text that no key typed: composed, picked, dictated, or typed on a screen keyboard.
EMSCRIPTEN_KEEPALIVE void sqlenv_page_type(const char* text, std::size_t size) {
  ImGui::GetIO().AddInputCharactersUTF8(std::string(text, size).c_str());
  sqlenv::web::input().backend->request_frames();
}

// Comes right after the key that means "paste", before the frame in which Dear ImGui sees the key.
EMSCRIPTEN_KEEPALIVE void sqlenv_page_paste(const char* text, std::size_t size) {
  sqlenv::web::input().clipboard.assign(text, size);
  sqlenv::web::input().backend->request_frames();
}

}  // extern "C"
