#include "web/answer.h"

#include <emscripten/emscripten.h>

#include <cstddef>
#include <utility>

#include "core/wire/json_writer.h"

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

std::string error_json(std::string_view code, std::string_view message) {
  JsonWriter json;
  json.begin_object();
  json.key("error").begin_object();
  json.member("code", code);
  json.member("message", message);
  json.end_object();
  json.end_object();
  return json.take();
}

std::string error_json(const Error& error) {
  return error_json(code_name(error.code), error.message);
}

}  // namespace sqlenv::web

extern "C" EMSCRIPTEN_KEEPALIVE std::size_t sqlenv_answer_size() {
  return sqlenv::web::answer().size();
}
