// The page: the playground on the canvas, and what scripts may ask about it.
//
// boot.js loads the pack by sqlenv_load_pack() and then calls sqlenv_ui_open() once. The other
// functions need that to have succeeded. They show nothing that the screen does not.
#include <emscripten/emscripten.h>
#include <imgui.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "app/playground/playground.h"
#include "core/base/sha256.h"
#include "core/wire/episode_json.h"
#include "core/wire/trajectory.h"
#include "web/agent_door.h"
#include "web/html5_backend.h"
#include "web/json_text.h"
#include "web/page_library.h"
#include "web/text_view.h"

namespace sqlenv::web {
namespace {

struct Page {
  std::unique_ptr<ui::Playground> playground;
  std::unique_ptr<Html5Backend> backend;  // null where there is no WebGL
  std::uint64_t told_changes = 0;         // what page_show_change() was last called for
  ui::ThemeKind told_theme = ui::ThemeKind::kDark;
};

Page& page() {
  static Page the_page;
  return the_page;
}

ui::ThemeKind theme_of(std::string_view name) {
  return name == "light" ? ui::ThemeKind::kLight : ui::ThemeKind::kDark;
}

void request_frames() {
  if (page().backend != nullptr) page().backend->request_frames();
}

void draw_page() {
  Page& p = page();
  p.playground->draw();
  const std::uint64_t changes = p.playground->changes();
  const ui::ThemeKind theme = p.playground->theme();
  if (p.told_changes == changes && p.told_theme == theme) return;
  p.told_changes = changes;
  p.told_theme = theme;
  page_show_change();
}

std::string open_page(std::string_view theme) {
  ImGui::CreateContext();
  auto playground = std::make_unique<ui::Playground>(door().catalog());
  playground->set_theme(theme_of(theme));
  playground->set_save_file([](const std::string& name, std::string contents) {
    page_save(name.c_str(), contents.data(), contents.size());
    return "Downloaded as " + name;
  });
  page().playground = std::move(playground);
  page().backend = std::make_unique<Html5Backend>(
      "#canvas",
      Html5App{draw_page, [] { return page().playground->animating(); },
               [](float pixel_ratio, float scale) { ui::load_fonts(pixel_ratio, scale); }});
  if (page().backend->open()) return "{}";
  page().backend.reset();
  return error_json("NO_WEBGL", "the browser gave no WebGL 2.");
}

std::string start_episode(std::string_view options) {
  const Result<ResetOptions> wanted = read_reset_options(options, true);
  if (!wanted) return error_json(wanted.error());
  page().playground->reset(*wanted);
  request_frames();
  return "{}";
}

std::string play_action(std::string_view text) {
  if (page().playground->episode() == nullptr)
    return error_json("NO_EPISODE", "there is no episode yet.");
  const Result<Action> action = parse_action(text);
  if (!action) return error_json(action.error());
  page().playground->step(*action);
  request_frames();
  return "{}";
}

std::string go_on(std::string_view where) {
  if (where == "next") page().playground->next_question();
  else page().playground->play_again();
  request_frames();
  return "{}";
}

std::string rows(std::string_view place) {
  int step = 0;
  int from = 0;
  int count = 0;
  std::sscanf(std::string(place).c_str(), "%d %d %d", &step, &from, &count);
  return table_rows_json(*page().playground, step, from, count);
}

// Of the episode so far; two pages that show the same steps of it have the same.
std::string episode_digest() {
  const Episode* episode = page().playground->episode();
  if (episode == nullptr) return "";
  Sha256 hash;
  hash.update(trajectory_jsonl(*episode));
  return hash.hex().substr(0, 16);
}

std::string snapshot() {
  if (page().backend == nullptr) return "{\"frames\":0}";
  const Html5Backend& backend = *page().backend;
  char text[200];
  std::snprintf(text, sizeof text,
                "{\"frames\":%d,\"idle\":%s,\"settled\":%s,\"frame_ms\":%.2f,\"pixel_ratio\":%g,"
                "\"canvas\":{\"width\":%d,\"height\":%d},",
                backend.frames(), backend.idle() ? "true" : "false",
                backend.settled() ? "true" : "false", backend.frame_ms(),
                static_cast<double>(backend.pixel_ratio()), backend.canvas_width(),
                backend.canvas_height());
  return text + json_member("digest", episode_digest()) +
         ",\"playground\":" + page().playground->snapshot_json() + "}";
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
  sqlenv::web::request_frames();
  return hand_over("{}");
}

// Magnifies everything on the canvas, in percent.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_set_scale(const char* percent, std::size_t size) {
  if (page().backend != nullptr)
    page().backend->set_scale(static_cast<float>(std::atoi(std::string(percent, size).c_str())) /
                              100.0f);
  return hand_over("{}");
}

// Plays an action as if it had been entered on the screen; the rest is said in text_view.h.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_step(const char* action, std::size_t size) {
  return hand_over(sqlenv::web::play_action({action, size}));
}

// "next": the next question; "again": the same one.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_go_on(const char* where, std::size_t size) {
  return hand_over(sqlenv::web::go_on({where, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_text() {
  return hand_over(sqlenv::web::text_view_json(*page().playground));
}

// `place`: "step from count".
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_rows(const char* place, std::size_t size) {
  return hand_over(sqlenv::web::rows({place, size}));
}

// {"frames", "idle", "settled", "frame_ms", "pixel_ratio", "canvas": {"width", "height"},
// "playground": {…}}: how many frames were drawn; whether none is asked for, and none will be until
// something happens; how long the last one took; device pixels for each CSS pixel, the canvas in
// device pixels, and Playground::snapshot_json().
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_snapshot() { return hand_over(sqlenv::web::snapshot()); }

// The trajectory of the screen's episode, once it is done.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_trajectory() {
  return hand_over(sqlenv::web::ui_trajectory());
}

}  // extern "C"
