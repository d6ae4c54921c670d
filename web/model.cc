// Language models: each plays in a worker of the page (model_worker/model.cc), of which the page
// knows only what it asks and is told.
#include <emscripten/emscripten.h>

#include <memory>
#include <string>
#include <utility>

#include "app/playground/model_player.h"
#include "core/wire/policy_json.h"
#include "web/browser_calls.h"
#include "web/page.h"

namespace sqlenv::web {
namespace {

ui::ModelPlayer::Tell& waiting() {
  static ui::ModelPlayer::Tell tell;
  return tell;
}

void ask(const Observation& seen, bool first, ui::ModelPlayer::Tell tell) {
  waiting() = std::move(tell);
  const std::string question = policy_question_json({"", 0, first, seen});
  page_ask_model(question.data(), question.size());
}

// The one that plays; there is never more than one.
class WorkerModel : public ui::ModelPlayer {
 public:
  WorkerModel() = default;
  WorkerModel(const WorkerModel&) = delete;
  WorkerModel& operator=(const WorkerModel&) = delete;
  ~WorkerModel() override {
    waiting() = {};
    page_stop_model();
  }
  void begin(const Observation& first, Tell tell) override { ask(first, true, std::move(tell)); }
  void go_on(const Observation& seen, Tell tell) override { ask(seen, false, std::move(tell)); }
};

}  // namespace
}  // namespace sqlenv::web

extern "C" {

// Has the worker's model play the question on the stage.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_model_play(const char* name, std::size_t size) {
  sqlenv::web::page().playground->play_model({name, size},
                                             std::make_unique<sqlenv::web::WorkerModel>());
  return sqlenv::web::answer_done();
}

// What the model says to what it was asked last: see ui::ModelNews. An action's type is empty if
// there is no action.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_model(const char* type, std::size_t type_size,
                                                 const char* argument, std::size_t argument_size,
                                                 const char* text, std::size_t text_size,
                                                 const char* thoughts, std::size_t thoughts_size,
                                                 const char* error, std::size_t error_size,
                                                 const char* note, std::size_t note_size) {
  sqlenv::ui::ModelNews news;
  if (type_size > 0)
    news.action = {std::string(type, type_size), std::string(argument, argument_size)};
  news.said = {std::string(thoughts, thoughts_size), std::string(text, text_size)};
  news.error.assign(error, error_size);
  news.note.assign(note, note_size);
  if (const auto tell = sqlenv::web::waiting()) tell(std::move(news));
  sqlenv::web::page().playground->go_on();
  return sqlenv::web::answer_done();
}

}  // extern "C"
