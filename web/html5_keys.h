// Keys of the browser as keys of Dear ImGui, and which of them stay the browser's.
#pragma once

#include <emscripten/html5.h>
#include <imgui.h>

namespace sqlenv::web {

// The key, named by the user's layout where it is a letter and by its place otherwise;
// ImGuiKey_None if Dear ImGui has no such key.
ImGuiKey imgui_key(const EmscriptenKeyboardEvent& event);

// The text that this key press types, as UTF-8; empty if it types none.
const char* typed_text(const EmscriptenKeyboardEvent& event, bool mac);

// Whether an input method or a dead key takes this key; what comes of it arrives as text.
bool composes(const EmscriptenKeyboardEvent& event);

// Whether the page uses this key, so that the browser must not act on it. Left to the browser are
// reloading, zooming, tabs, the address, full screen and its tools; and copy, cut and paste, which
// come back as events of the clipboard.
bool page_uses_key(const EmscriptenKeyboardEvent& event, bool mac);

// Ctrl+C, Ctrl+X and their older forms, by which text leaves for the clipboard.
bool is_copy_or_cut(const EmscriptenKeyboardEvent& event, bool mac);

}  // namespace sqlenv::web
