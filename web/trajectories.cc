// Trajectories that the visitor brings: replays, links, and the many of an evaluation.
#include <emscripten/emscripten.h>

#include <memory>
#include <string>
#include <utility>

#include "app/playground/evaluation.h"
#include "core/wire/evaluation_index.h"
#include "web/answer.h"
#include "web/page.h"
#include "web/script_api.h"

namespace sqlenv::web {
namespace {

// The evaluation that the calls of sqlenv_ui_list_add() fill.
std::unique_ptr<ui::EvaluationTable>& table() {
  static std::unique_ptr<ui::EvaluationTable> the_table;
  return the_table;
}

}  // namespace
}  // namespace sqlenv::web

using sqlenv::web::answer_done;
using sqlenv::web::answer_running;
using sqlenv::web::page;
using sqlenv::web::table;

extern "C" {

// A file of more bytes than this is listed, whatever is in it.
EMSCRIPTEN_KEEPALIVE std::size_t sqlenv_ui_most_replay_bytes() { return sqlenv::kMostReplayBytes; }

// Whether a file of this text is replayed rather than listed: true or false.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_is_replay(const char* text, std::size_t size) {
  return sqlenv::web::hand_over(sqlenv::is_replay({text, size}) ? "true" : "false");
}

// Shows a file of trajectories.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_replay(const char* name, std::size_t name_size,
                                                  const char* text, std::size_t size) {
  page().playground->open_trajectories(std::string(name, name_size), {text, size});
  return answer_running();
}

// Shows the episode of a link, by what follows "#e=" in it.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_open_link(const char* text, std::size_t size) {
  page().playground->open_link({text, size});
  return answer_running();
}

// Begins the list of a file of this name, adds summaries of evaluation_summary.h to it, and shows
// it with a note about the file.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_list_begin(const char* name, std::size_t size) {
  table() = std::make_unique<sqlenv::ui::EvaluationTable>(std::string(name, size));
  return answer_done();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_list_add(const char* summaries, std::size_t size) {
  for (const sqlenv::EpisodeSummary& episode : sqlenv::read_summaries({summaries, size}))
    table()->add(*sqlenv::web::script_api().catalog(), episode);
  return answer_done();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_list_show(const char* note, std::size_t size) {
  table()->set_note(std::string(note, size));
  page().playground->show_evaluation(std::move(table()));
  return answer_done();
}

}  // extern "C"
