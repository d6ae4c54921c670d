#include "web/page.h"

#include <emscripten/emscripten.h>
#include <imgui.h>

#include <utility>

#include "core/base/sha256.h"
#include "core/wire/episode_json.h"
#include "core/wire/json_writer.h"
#include "core/wire/trajectory.h"
#include "web/answer.h"
#include "web/browser_calls.h"
#include "web/policies.h"
#include "web/script_api.h"
#include "web/text_view.h"

namespace sqlenv::web {
namespace {

void follow_scale() {
  if (page().backend != nullptr)
    page().backend->set_scale(static_cast<float>(page().playground->settings().scale) / 100);
}

void keep_settings(const ui::Settings& settings) {
  const std::string text = ui::settings_text(settings);
  page_keep_settings(text.data(), text.size());
}

void draw_page() {
  Page& p = page();
  p.playground->draw();
  follow_scale();
  const std::uint64_t changes = p.playground->changes();
  const ui::ThemeKind theme = p.playground->settings().theme;
  if (p.shown_changes == changes && p.shown_theme == theme) return;
  p.shown_changes = changes;
  p.shown_theme = theme;
  page_show_change();
}

ui::Host host() {
  ui::Host host;
  host.save_file = [](const std::string& name, std::string contents) {
    page_save(name.c_str(), contents.data(), contents.size());
    return "Downloaded as " + name;
  };
  host.save_picture = [](const std::string& panel) {
    page_picture(panel.c_str());
    return "Downloaded as sqlenv-" + panel + ".png";
  };
  host.share_link = [](const std::string& text) {
    page_share(text.data(), text.size());
    return std::string("Link copied");
  };
  host.choose_file = page_open_database;
  host.keep_settings = keep_settings;
  host.ask_policy = ask_policy;
  host.choose_model = [](const std::string& why_not) { page_choose_model(why_not.c_str()); };
  host.open_episode = [](const std::string& name, ui::FileRange range) {
    page_open_episode(name.c_str(), static_cast<double>(range.begin),
                      static_cast<double>(range.end));
  };
  host.act_on_server = [](const Action& action) {
    page_act_on_server(action.action_type.c_str(), action.argument.data(), action.argument.size());
  };
  host.choose_on_server = [](const std::string& id) { page_choose_on_server(id.c_str()); };
  return host;
}

std::string open_page(std::string_view settings) {
  ImGui::CreateContext();
  page().playground =
      std::make_unique<ui::Playground>(script_api().catalog(), host(), ui::read_settings(settings));
  page().backend = std::make_unique<Html5Backend>(
      "#canvas",
      Html5App{draw_page, [] { return page().playground->animating(); },
               [](float pixel_ratio, float scale) { ui::load_fonts(pixel_ratio, scale); }});
  follow_scale();
  if (page().backend->open()) return "{}";
  page().backend.reset();
  return error_json("NO_WEBGL", "the browser gave no WebGL 2.");
}

const char* start_episode(std::string_view options) {
  const Result<ResetOptions> wanted = read_reset_options(options, true);
  if (!wanted) return hand_over(error_json(wanted.error()));
  page().playground->reset(*wanted);
  return answer_done();
}

const char* change_settings(std::string_view text) {
  ui::Playground& playground = *page().playground;
  playground.set_settings(ui::read_settings(text, playground.settings()));
  keep_settings(playground.settings());
  follow_scale();
  return answer_done();
}

const char* play_action(std::string_view text) {
  if (page().playground->episode() == nullptr)
    return hand_over(error_json("NO_EPISODE", "there is no episode yet."));
  const Result<Action> action = parse_action(text);
  if (!action) return hand_over(error_json(action.error()));
  page().playground->play(*action);
  return answer_running();
}

// Equal for two pages that show the same steps of the same episode.
std::string episode_digest() {
  const Episode* episode = page().playground->episode();
  if (episode == nullptr) return "";
  Sha256 hash;
  hash.update(trajectory_jsonl(*episode));
  return hash.hex().substr(0, 16);
}

std::string snapshot() {
  JsonWriter json;
  json.begin_object();
  if (const Html5Backend* backend = page().backend.get(); backend == nullptr) {
    json.member("frames", 0);
  } else {
    json.member("frames", backend->frames());
    json.member("idle", backend->idle());
    json.member("settled", backend->settled());
    json.key("frame_ms").fixed(backend->frame_ms(), 2);
    json.key("pixel_ratio").fixed(static_cast<double>(backend->pixel_ratio()), 4);
    json.key("canvas").begin_object();
    json.member("width", backend->canvas_width());
    json.member("height", backend->canvas_height());
    json.end_object();
    json.member("digest", episode_digest());
    json.key("playground").raw(page().playground->snapshot_json());
  }
  json.end_object();
  return json.take();
}

std::string trajectory() {
  const Episode* episode = page().playground->episode();
  if (episode == nullptr || !episode->done())
    return error_json("EPISODE_RUNNING", "the episode is not done; its trajectory comes after it.");
  return trajectory_jsonl(*episode);
}

}  // namespace

Page& page() {
  static Page the_page;
  return the_page;
}

void request_frames() {
  if (page().backend != nullptr) page().backend->request_frames();
}

const char* answer_running() {
  request_frames();
  const ui::Playground& playground = *page().playground;
  return hand_over(playground.running() || playground.loading() ? R"({"running":true})" : "{}");
}

const char* answer_done() {
  request_frames();
  return hand_over("{}");
}

}  // namespace sqlenv::web

using sqlenv::web::hand_over;
using sqlenv::web::page;

extern "C" {

// Takes the canvas and shows the playground with these settings, lines of settings.h. {} or an
// error: NO_WEBGL. REQUIRES: a pack was loaded.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_open(const char* settings, std::size_t size) {
  return hand_over(sqlenv::web::open_page({settings, size}));
}

// Changes what lines "name=value" of settings.h name; the rest stays.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_set(const char* settings, std::size_t size) {
  return sqlenv::web::change_settings({settings, size});
}

// Draws a frame at once.
EMSCRIPTEN_KEEPALIVE void sqlenv_ui_draw() { page().backend->draw_now(); }

// Starts an episode on the screen. {} or an error about the options' form; the screen shows whether
// they fit the pack.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_start(const char* options, std::size_t size) {
  return sqlenv::web::start_episode({options, size});
}

// Plays an action as if it had been entered on the screen. An error, {}, or {"running": true} for a
// query that is long: then sqlenv_ui_run_on() carries on with it for some milliseconds,
// sqlenv_ui_stop() gives it up, and sqlenv_ui_running() leaves it to the canvas, which carries on
// while it is drawn. All three answer {} or {"running": true}.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_step(const char* action, std::size_t size) {
  return sqlenv::web::play_action({action, size});
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_run_on() {
  page().playground->go_on();
  return sqlenv::web::answer_running();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_stop() {
  page().playground->stop();
  return sqlenv::web::answer_running();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_running() { return sqlenv::web::answer_running(); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_next_question() {
  page().playground->next_question();
  return sqlenv::web::answer_done();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_play_again() {
  page().playground->play_again();
  return sqlenv::web::answer_done();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_tour() {
  page().playground->tour();
  return sqlenv::web::answer_running();
}

// A view of the episode as text, and some rows of one of its tables: see text_view.h.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_text() {
  return hand_over(sqlenv::web::text_view_json(*page().playground));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_rows(int step, int from, int count) {
  return hand_over(sqlenv::web::table_rows_json(*page().playground, step, from, count));
}

// {"frames", "idle", "settled", "frame_ms", "pixel_ratio", "canvas": {"width", "height"}, "digest",
// "playground": {…}}: how many frames were drawn; whether none is asked for, and none will be until
// something happens; how long the last one took; device pixels for each CSS pixel, the canvas in
// device pixels; a digest of the steps, and Playground::snapshot_json().
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_snapshot() { return hand_over(sqlenv::web::snapshot()); }

// The trajectory of the screen's episode, once it is done.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_trajectory() {
  return hand_over(sqlenv::web::trajectory());
}

}  // extern "C"
