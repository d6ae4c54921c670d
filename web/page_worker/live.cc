// The connection to an API server: the state machine of app/playground/live.h, whose requests and
// waiting times live_transport.js performs. One worker, one connection.
#include <emscripten/emscripten.h>

#include <memory>
#include <utility>

#include "app/playground/live.h"
#include "app/playground/transcript_json.h"
#include "core/wire/json_writer.h"
#include "web/answer.h"

namespace sqlenv::web {
namespace {

using ui::Live;

std::unique_ptr<Live>& live() {
  static std::unique_ptr<Live> the_connection;
  return the_connection;
}

// The members that fetch() takes, and the time limit.
void write_http(JsonWriter& json, const HttpRequest& request) {
  json.member("url", request.url);
  json.member("method", request.method);
  json.key("headers").begin_object();
  for (const auto& [name, value] : request.headers) json.member(name, value);
  json.end_object();
  if (!request.body.empty()) json.member("body", request.body);
  json.member("limit_ms", request.limit.count());
}

const char* answer(const Live::Effects& effects) {
  JsonWriter json;
  json.begin_object();
  if (effects.request) {
    json.key("request").begin_object();
    json.member("number", effects.request->number);
    json.member("explain", effects.request->explain);
    write_http(json, effects.request->http);
    json.end_object();
  }
  if (effects.timer) {
    json.key("timer").begin_object();
    json.member("number", effects.timer->number);
    json.member("seconds", effects.timer->time.count());
    json.end_object();
  }
  if (effects.shown) json.key("transcript").raw(ui::transcript_json(*effects.shown));
  if (const std::optional<HttpRequest> farewell = live()->farewell()) {
    json.key("farewell").begin_object();
    write_http(json, *farewell);
    json.end_object();
  }
  json.end_object();
  return hand_over(json.take());
}

const char* connect(ui::LiveOptions options, std::string_view reset) {
  Result<ResetRequest> request = parse_reset(reset);
  if (!request) return hand_over(error_json(request.error()));
  options.reset = std::move(*request);
  Result<std::unique_ptr<Live>> made = ui::connect_live(std::move(options));
  if (!made) return hand_over(error_json(made.error()));
  live() = std::move(*made);
  return answer(live()->start());
}

}  // namespace
}  // namespace sqlenv::web

using sqlenv::web::answer;
using sqlenv::web::live;

// Each answers what is to be done now, {"request": {"number", "explain", "url", "method",
// "headers", "body", "limit_ms"}, "timer": {"number", "seconds"}, "transcript": {…}, "farewell":
// {like a request}}, each of them only if there is one; see Live.
extern "C" {

// Or an error. `reset` are the options of an episode.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_live_connect(const char* address, std::size_t address_size,
                                                     const char* token, std::size_t token_size,
                                                     const char* reset, std::size_t reset_size,
                                                     bool watch, std::uint32_t seed) {
  sqlenv::ui::LiveOptions options;
  options.address.assign(address, address_size);
  options.token.assign(token, token_size);
  options.watch = watch;
  options.seed = seed;
  return sqlenv::web::connect(std::move(options), {reset, reset_size});
}

// `status` 0: no answer came, for this reason.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_live_reply(int number, int status, const char* body,
                                                   std::size_t body_size, const char* reason,
                                                   std::size_t reason_size) {
  return answer(live()->reply(
      number, {status, std::string(body, body_size), std::string(reason, reason_size)}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_live_tick(int number) {
  return answer(live()->tick(number));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_live_act(const char* action_type, std::size_t type_size,
                                                 const char* argument, std::size_t size) {
  return answer(live()->act({std::string(action_type, type_size), std::string(argument, size)}));
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_live_choose(const char* id, std::size_t size) {
  return answer(live()->choose({id, size}));
}

}  // extern "C"
