// Mouse, wheel, touch, keyboard, focus and clipboard of the page, handed to Dear ImGui.
#pragma once

namespace sqlenv::web {

class Html5Backend;

// Listens on the canvas from now on, and asks `backend` for frames. Once a page; both must live as
// long as it does. REQUIRES: an ImGui context.
void listen_for_input(const char* canvas, Html5Backend& backend);

// After each frame: the keyboard goes to the page's text agent, a text field of the browser's,
// while something on the canvas is being written in, so that input methods, dead keys and the
// keyboards of phones work; and to the canvas otherwise.
void follow_caret();

}  // namespace sqlenv::web
