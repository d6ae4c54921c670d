// The page's program: the playground on the canvas. What every file of it needs; each holds what
// the page's scripts may call about one subject, functions named sqlenv_ui_*, which want
// sqlenv_ui_open() to have succeeded. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/playground/playground.h"
#include "web/html5_backend.h"

namespace sqlenv::web {

struct Page {
  std::unique_ptr<ui::Playground> playground;
  std::unique_ptr<Html5Backend> backend;  // null where there is no WebGL
  std::uint64_t shown_changes = 0;        // what page_show_change() was last called for
  ui::ThemeKind shown_theme = ui::ThemeKind::kDark;
};

Page& page();

void request_frames();

// {"running": true} while the playground goes on by itself, {} otherwise. Requests frames.
const char* answer_running();

// {}. Requests frames.
const char* answer_done();

}  // namespace sqlenv::web
