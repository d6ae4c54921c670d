// The functions that both wasm modules export, the page's and the one for node: see script_api.h
// for what each does. Texts come as a pointer and a size, so that nothing needs copying onto the
// stack; the answer lies at the returned address, sqlenv_answer_size() bytes long, until the next
// call.
#include <emscripten/emscripten.h>

#include <cstddef>

#include "core/base/version.h"
#include "web/script_api.h"

namespace sqlenv::web {
namespace {

std::string& answer() {
  static std::string text;
  return text;
}

}  // namespace

const char* hand_over(std::string text) {
  answer() = std::move(text);
  return answer().data();
}

}  // namespace sqlenv::web

using sqlenv::web::door;
using sqlenv::web::hand_over;

extern "C" {

EMSCRIPTEN_KEEPALIVE std::size_t sqlenv_answer_size() { return sqlenv::web::answer().size(); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_version() { return hand_over(sqlenv::kVersion); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_load_pack(const char* archive, std::size_t size) {
  return hand_over(door().load_pack({archive, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_catalog() { return hand_over(door().catalog_json()); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_reset(const char* options, std::size_t size) {
  return hand_over(door().reset({options, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_step(const char* action, std::size_t size) {
  return hand_over(door().step({action, size}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_trajectory() { return hand_over(door().trajectory()); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_play(const char* options, std::size_t options_size,
                                             const char* actions, std::size_t actions_size) {
  return hand_over(door().play({options, options_size}, {actions, actions_size}));
}

}  // extern "C"
