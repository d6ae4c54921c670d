// Episodes on an API server: the connection runs in a worker of the page (page_worker/live.cc).
#include <emscripten/emscripten.h>

#include "app/playground/transcript_json.h"
#include "web/page.h"

// Shows a transcript_json().
extern "C" EMSCRIPTEN_KEEPALIVE const char* sqlenv_ui_transcript(const char* json,
                                                                 std::size_t size) {
  sqlenv::web::page().playground->show_transcript(sqlenv::ui::read_transcript({json, size}));
  return sqlenv::web::answer_done();
}
