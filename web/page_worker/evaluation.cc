// Lists the episodes of an evaluation's file, which comes in pieces.
#include <emscripten/emscripten.h>

#include "core/wire/evaluation_index.h"
#include "web/answer.h"

namespace sqlenv::web {
namespace {

EvaluationIndex& index() {
  static EvaluationIndex the_index;
  return the_index;
}

const char* listed() { return hand_over(summaries_json(index().take())); }

}  // namespace
}  // namespace sqlenv::web

extern "C" {

// The episodes that these bytes of the file, or its end, complete: summaries_json().
EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_list_add(const char* bytes, std::size_t size) {
  sqlenv::web::index().add({bytes, size});
  return sqlenv::web::listed();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_list_end() {
  sqlenv::web::index().finish();
  return sqlenv::web::listed();
}

// What was wrong with the file. Empty: nothing.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_list_problems() {
  return sqlenv::web::hand_over(sqlenv::web::index().problems());
}

}  // extern "C"
