// Mouse, wheel, touch, keyboard, focus and clipboard of the page, handed to Dear ImGui.
#pragma once

namespace sqlenv::web {

class Html5Backend;

// Listens on the canvas from now on, and asks `backend` for frames. Once a page; both must live as
// long as it does. REQUIRES: an ImGui context.
void listen_for_input(const char* canvas, Html5Backend& backend);

}  // namespace sqlenv::web
