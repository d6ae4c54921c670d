// The functions that the page's module and the one for node export: see script_api.h for what each
// does, and answer.h for what comes back. A text comes as a pointer and a size.
#include <emscripten/emscripten.h>

#include <cstddef>

#include "core/base/version.h"
#include "web/answer.h"
#include "web/script_api.h"

using sqlenv::web::hand_over;
using sqlenv::web::script_api;

extern "C" {

EMSCRIPTEN_KEEPALIVE const char* sqlenv_version() { return hand_over(sqlenv::kVersion); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_load_pack(const char* archive, std::size_t size) {
  return hand_over(script_api().load_pack({archive, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_catalog() { return hand_over(script_api().catalog_json()); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_reset(const char* options, std::size_t size) {
  return hand_over(script_api().reset({options, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_step(const char* action, std::size_t size) {
  return hand_over(script_api().step({action, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_trajectory() {
  return hand_over(script_api().trajectory());
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_play(const char* options, std::size_t options_size,
                                             const char* actions, std::size_t actions_size) {
  return hand_over(script_api().play({options, options_size}, {actions, actions_size}));
}

}  // extern "C"
