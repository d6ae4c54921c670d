// The page: the playground on the canvas, and what scripts may ask about it.
//
// boot.js loads the pack by sqlenv_load_pack() and then calls sqlenv_ui_open() once. The other
// functions need that to have succeeded. They show nothing that the screen does not.
#include <emscripten/emscripten.h>
#include <imgui.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "app/playground/playground.h"
#include "core/base/sha256.h"
#include "core/task/pack_files.h"
#include "core/wire/episode_json.h"
#include "core/wire/pack_json.h"
#include "core/wire/trajectory.h"
#include "web/browser_calls.h"
#include "web/html5_backend.h"
#include "web/json_text.h"
#include "web/script_api.h"
#include "web/text_view.h"

namespace sqlenv::web {
namespace {

// A pack whose one database lies apart from its other files, so that it need not be copied.
class UserFiles : public PackFiles {
 public:
  UserFiles(ArchiveFiles texts, std::string database)
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
  std::unique_ptr<Html5Backend> backend;  // null where there is no WebGL
  std::string incoming;                   // a database of the visitor's own
  std::uint64_t told_changes = 0;         // what page_show_change() was last called for
  ui::ThemeKind told_theme = ui::ThemeKind::kDark;
  ui::Act act;                                      // waits for what a policy answers
  std::unique_ptr<ui::EvaluationTable> evaluation;  // that is being filled
};

Page& page() {
  static Page the_page;
  return the_page;
}

void request_frames() {
  if (page().backend != nullptr) page().backend->request_frames();
}

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
  if (p.told_changes == changes && p.told_theme == theme) return;
  p.told_changes = changes;
  p.told_theme = theme;
  page_show_change();
}

// Length-prefixed, so that any text may be in a field.
void ask_policy(const std::string& policy, std::uint64_t seed, const Observation& seen, bool first,
                ui::Act act) {
  page().act = std::move(act);
  std::string bytes;
  for (const std::string& field :
       {policy, std::to_string(seed), std::string(first ? "1" : ""), seen.question,
        seen.schema_info, seen.result, seen.error, std::to_string(seen.step_count),
        std::to_string(seen.budget_remaining)})
    bytes += std::to_string(field.size()) + ":" + field;
  page_ask_policy(bytes.data(), bytes.size());
}

std::string hear_policy(std::string_view answer) {
  const Result<Action> action = parse_action(answer);
  if (const ui::Act act = std::exchange(page().act, {}))
    act(action ? std::optional<Action>(*action) : std::nullopt);
  request_frames();
  return "{}";
}

// Length-prefixed fields, as live.js writes them.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  std::string next() {
    const std::string length(rest_.substr(0, rest_.find(':')));
    rest_.remove_prefix(std::min(length.size() + 1, rest_.size()));
    std::string field(rest_.substr(0, static_cast<std::size_t>(std::atoi(length.c_str()))));
    rest_.remove_prefix(field.size());
    return field;
  }
  int number() { return std::atoi(next().c_str()); }

 private:
  std::string_view rest_;
};

void show_transcript(std::string_view text) {
  if (text.empty()) return page().playground->show_transcript(std::nullopt);
  Fields fields(text);
  ui::Transcript seen;
  for (std::string* field : {&seen.title, &seen.state, &seen.question, &seen.schema})
    *field = fields.next();
  seen.left = fields.number();
  seen.first = fields.number();
  for (bool* flag : {&seen.bad, &seen.plays, &seen.acts}) *flag = fields.number() != 0;
  for (std::vector<ui::Transcript::Choice>* list : {&seen.choices, &seen.rows}) {
    list->resize(static_cast<std::size_t>(fields.number()));
    for (ui::Transcript::Choice& choice : *list) {
      choice.id = fields.next();
      choice.label = fields.next();
    }
  }
  seen.steps.resize(static_cast<std::size_t>(fields.number()));
  for (ui::Transcript::Step& step : seen.steps) {
    for (std::string* field :
         {&step.action.action_type, &step.action.argument, &step.result, &step.error})
      *field = fields.next();
    if (const std::string reward = fields.next(); !reward.empty())
      step.reward = std::atoi(reward.c_str());
  }
  page().playground->show_transcript(std::move(seen));
}

void tell_server(const std::string& what) { page_tell_server(what.data(), what.size()); }

std::string loading() {
  request_frames();
  return page().playground->loading() ? "{\"running\":true}" : "{}";
}

std::string show_file(std::string_view name, std::string_view text) {
  if (name.empty()) page().playground->open_link(text);
  else page().playground->open_trajectories(std::string(name), text);
  return loading();
}

std::string show_tour() {
  page().playground->tour();
  return loading();
}

std::string list_episodes(std::string_view what, std::string_view given) {
  std::unique_ptr<ui::EvaluationTable>& table = page().evaluation;
  if (what == "begin") {
    table = std::make_unique<ui::EvaluationTable>(std::string(given));
  } else if (what == "add") {
    for (std::size_t end; (end = given.find('\n') + 1) != 0; given.remove_prefix(end))
      if (const auto episode = read_summary(given.substr(0, end)))
        table->add(*door().catalog(), *episode);
  } else {
    table->set_note(std::string(given));
    page().playground->show_evaluation(std::move(table));
    request_frames();
  }
  return "{}";
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
  host.open_episode = [](const std::string& name, ui::FileRange range) {
    page_open_episode(name.c_str(), static_cast<double>(range.begin),
                      static_cast<double>(range.end));
  };
  host.act_on_server = [](const Action& action) {
    tell_server(action.action_type + "\n" + action.argument);
  };
  host.choose_on_server = tell_server;
  return host;
}

std::string open_page(std::string_view settings) {
  ImGui::CreateContext();
  page().playground =
      std::make_unique<ui::Playground>(door().catalog(), host(), ui::read_settings(settings));
  page().backend = std::make_unique<Html5Backend>(
      "#canvas",
      Html5App{draw_page, [] { return page().playground->animating(); },
               [](float pixel_ratio, float scale) { ui::load_fonts(pixel_ratio, scale); }});
  follow_scale();
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

std::string open_own(std::string_view texts) {
  Result<ArchiveFiles> archive = ArchiveFiles::open(texts);
  if (!archive) return error_json(archive.error());
  Result<Pack> pack = load_pack(UserFiles(std::move(*archive), std::exchange(page().incoming, {})));
  if (!pack) return error_json(pack.error());
  door().put_pack(*pack);
  page().playground->add_pack(std::move(*pack));
  request_frames();
  return "{}";
}

// Carries on with a query that is not done yet, or gives it up.
std::string run_on(std::string_view what) {
  ui::Playground& playground = *page().playground;
  if (what == "stop") playground.stop();
  else if (what == "on") playground.go_on();
  request_frames();
  return playground.running() || playground.loading() ? "{\"running\":true}" : "{}";
}

std::string change_settings(std::string_view text) {
  ui::Playground& playground = *page().playground;
  playground.set_settings(ui::read_settings(text, playground.settings()));
  keep_settings(playground.settings());
  follow_scale();
  request_frames();
  return "{}";
}

std::string play_action(std::string_view text) {
  if (page().playground->episode() == nullptr)
    return error_json("NO_EPISODE", "there is no episode yet.");
  const Result<Action> action = parse_action(text);
  if (!action) return error_json(action.error());
  page().playground->play(*action);
  return run_on("");
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

// Takes the canvas and shows the playground with these settings, lines of settings.h. {} or an
// error: NO_WEBGL. REQUIRES: a pack was loaded.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_open(const char* settings, std::size_t size) {
  return hand_over(sqlenv::web::open_page({settings, size}));
}

// Starts an episode on the screen. {} or an error about the options' form; whether they fit the
// pack is said on the screen.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_start(const char* options, std::size_t size) {
  return hand_over(sqlenv::web::start_episode({options, size}));
}

// Changes what lines "name=value" of settings.h name; the rest stays.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_set(const char* settings, std::size_t size) {
  return hand_over(sqlenv::web::change_settings({settings, size}));
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

// A query of sqlenv_ui_step() that is long is "running": "on" carries on with it for some
// milliseconds, "stop" gives it up. {"running": true} or {}.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_run_on(const char* what, std::size_t size) {
  return hand_over(sqlenv::web::run_on({what, size}));
}

// Plays an action as if it had been entered on the screen; the rest is said in text_view.h.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_step(const char* action, std::size_t size) {
  return hand_over(sqlenv::web::play_action({action, size}));
}

// "next": the next question; "again": the same one.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_go_on(const char* where, std::size_t size) {
  return hand_over(sqlenv::web::go_on({where, size}));
}

// A transcript of live.js, or no text to close it.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_transcript(const char* text, std::size_t size) {
  sqlenv::web::show_transcript({text, size});
  sqlenv::web::request_frames();
  return hand_over("{}");
}

// A file of trajectories; without a name, what follows "#e=" in a link.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_show(const char* name, std::size_t name_size,
                                                const char* text, std::size_t size) {
  return hand_over(sqlenv::web::show_file({name, name_size}, {text, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_tour() { return hand_over(sqlenv::web::show_tour()); }

// An evaluation's file: "begin" has its name, "add" lines of evaluation_index.h, any number of
// times, and "show" shows it, with what else is to be said of it.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_evaluation(const char* what, std::size_t what_size,
                                                      const char* given, std::size_t size) {
  return hand_over(sqlenv::web::list_episodes({what, what_size}, {given, size}));
}

// Draws a frame at once.
EMSCRIPTEN_KEEPALIVE void sqlenv_ui_draw() { page().backend->draw_now(); }

// The action that the policy asked for last answers; anything else if it cannot.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_policy(const char* action, std::size_t size) {
  return hand_over(sqlenv::web::hear_policy({action, size}));
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
