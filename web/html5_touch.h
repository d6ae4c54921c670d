// Touch as a mouse: a tap clicks, a drag scrolls what lies under the finger, and a finger that
// rests before it moves drags, which selects text and moves sliders and scroll bars.
#pragma once

namespace sqlenv::web {

class Html5Backend;

// Once a page; see listen_for_input().
void listen_to_touch(const char* canvas, Html5Backend& backend);

}  // namespace sqlenv::web
