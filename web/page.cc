// The page: the playground on the canvas, and what scripts may ask about it.
//
// boot.js loads the pack by sqlenv_load_pack() and then calls sqlenv_ui_open() once. The other
// functions need that to have succeeded. They show nothing that the screen does not.
#include <emscripten/emscripten.h>
#include <imgui.h>

#include <cstdio>
#include <memory>
#include <utility>

#include "app/playground/playground.h"
#include "core/task/pack_files.h"
#include "core/wire/episode_json.h"
#include "core/wire/pack_json.h"
#include "core/wire/trajectory.h"
#include "web/agent_door.h"
#include "web/html5_backend.h"
#include "web/json_text.h"
#include "web/page_library.h"

namespace sqlenv::web {
namespace {

// A pack whose one database lies apart from its other files, so that it need not be copied.
class OwnFiles : public PackFiles {
 public:
  OwnFiles(ArchiveFiles texts, std::string database)
      : texts_(std::move(texts)), database_(std::move(database)) {}

  // The database can be read once.
  Result<std::string> read(const std::string& path) const override {
    return path == "database.sqlite" ? std::move(database_) : texts_.read(path);
  }

 private:
  ArchiveFiles texts_;
  mutable std::string database_;
};

struct Page {
  std::unique_ptr<ui::Playground> playground;
  std::unique_ptr<Html5Backend> backend;
  std::string incoming;  // a database of the visitor's own
};

Page& page() {
  static Page the_page;
  return the_page;
}

ui::ThemeKind theme_of(std::string_view name) {
  return name == "light" ? ui::ThemeKind::kLight : ui::ThemeKind::kDark;
}

std::string open_page(std::string_view theme) {
  ImGui::CreateContext();
  auto playground = std::make_unique<ui::Playground>(door().catalog());
  playground->set_theme(theme_of(theme));
  playground->set_save_file([](const std::string& name, std::string contents) {
    page_save(name.c_str(), contents.data(), contents.size());
    return "Downloaded as " + name;
  });
  playground->set_own_files({page_open_database, {}});
  page().playground = std::move(playground);
  page().backend = std::make_unique<Html5Backend>(
      "#canvas",
      Html5App{[] { page().playground->draw(); }, [] { return page().playground->animating(); },
               [](float pixel_ratio) {
                 ui::load_fonts(pixel_ratio,
                                static_cast<float>(page().playground->settings().scale) / 100);
               }});
  if (!page().backend->open()) return error_json("NO_WEBGL", "the browser gave no WebGL 2.");
  return "{}";
}

std::string start_episode(std::string_view options) {
  const Result<ResetOptions> wanted = read_reset_options(options, true);
  if (!wanted) return error_json(wanted.error());
  page().playground->reset(*wanted);
  page().backend->request_frames();
  return "{}";
}

std::string open_own(std::string_view texts) {
  Result<ArchiveFiles> archive = ArchiveFiles::open(texts);
  if (!archive) return error_json(archive.error());
  Result<Pack> pack = load_pack(OwnFiles(std::move(*archive), std::exchange(page().incoming, {})));
  if (!pack) return error_json(pack.error());
  door().put_pack(*pack);
  page().playground->add_pack(std::move(*pack));
  page().backend->request_frames();
  return "{}";
}

std::string snapshot() {
  const Html5Backend& backend = *page().backend;
  char text[160];
  std::snprintf(text, sizeof text,
                "{\"frames\":%d,\"pixel_ratio\":%g,\"canvas\":{\"width\":%d,\"height\":%d},",
                backend.frames(), static_cast<double>(backend.pixel_ratio()),
                backend.canvas_width(), backend.canvas_height());
  return text + std::string("\"playground\":") + page().playground->snapshot_json() + "}";
}

std::string ui_trajectory() {
  const Episode* episode = page().playground->episode();
  if (episode == nullptr || !episode->done())
    return error_json("EPISODE_RUNNING", "the episode is not done; its trajectory comes after it.");
  return trajectory_jsonl(*episode);
}

}  // namespace
}  // namespace sqlenv::web

using sqlenv::web::hand_over;
using sqlenv::web::page;

extern "C" {

// Takes the canvas and shows the playground in this theme, "light" or "dark". {} or an error:
// NO_WEBGL. REQUIRES: a pack was loaded.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_open(const char* theme, std::size_t size) {
  return hand_over(sqlenv::web::open_page({theme, size}));
}

// Starts an episode on the screen. {} or an error about the options' form; whether they fit the
// pack is said on the screen.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_start(const char* options, std::size_t size) {
  return hand_over(sqlenv::web::start_episode({options, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_set_theme(const char* theme, std::size_t size) {
  page().playground->set_theme(sqlenv::web::theme_of({theme, size}));
  page().backend->request_frames();
  return hand_over("{}");
}

// Room for a visitor's database of `size` bytes.
EMSCRIPTEN_KEEPALIVE char* sqlenv_ui_own_begin(std::size_t size) {
  page().incoming.assign(size, '\0');
  return page().incoming.data();
}

// Begins a question of the pack whose files but for that database, "database.sqlite", are in this
// archive. {} or an error.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_own_end(const char* texts, std::size_t size) {
  return hand_over(sqlenv::web::open_own({texts, size}));
}

// {"frames", "pixel_ratio", "canvas": {"width", "height"}, "playground": {…}}: how many frames were
// drawn, device pixels for each CSS pixel, the canvas in device pixels, and
// Playground::snapshot_json().
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_snapshot() { return hand_over(sqlenv::web::snapshot()); }

// The trajectory of the screen's episode, once it is done.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_trajectory() {
  return hand_over(sqlenv::web::ui_trajectory());
}

}  // extern "C"
