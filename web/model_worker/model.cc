// A language model behind an address: the state machine of app/model/model_episode.h, whose
// requests and waiting times model_worker.js performs. One worker, one episode.
#include <emscripten/emscripten.h>

#include <optional>
#include <utility>

#include "app/model/model_episode.h"
#include "core/wire/json_writer.h"
#include "core/wire/policy_json.h"
#include "web/answer.h"

namespace sqlenv::web {
namespace {

std::optional<ModelEpisode>& episode() {
  static std::optional<ModelEpisode> the_episode;
  return the_episode;
}

void write_request(JsonWriter& json, const HttpRequest& request) {
  json.key("request").begin_object();
  json.member("url", request.url);
  json.member("method", request.method);
  json.key("headers").begin_object();
  for (const auto& [name, value] : request.headers) json.member(name, value);
  json.end_object();
  json.member("body", request.body);
  json.member("limit_ms", request.limit.count());
  json.end_object();
}

const char* answer(const ModelEpisode::Next& next) {
  JsonWriter json;
  json.begin_object();
  if (next.request) {
    write_request(json, *next.request);
    json.member("wait_ms", next.wait.count());
    json.member("note", next.note);
  } else if (next.turn) {
    json.key("turn").begin_array();
    json.value(next.turn->action.action_type);
    json.value(next.turn->action.argument);
    json.value(next.turn->text);
    json.value(next.turn->thoughts);
    json.end_array();
  } else {
    json.member("problem", next.error);
  }
  json.end_object();
  return hand_over(json.take());
}

// Browsers keep a page that came by https from speaking to http servers, but for this machine's.
bool is_mixed(const ModelAddress& address, std::string_view page) {
  return page.starts_with("https:") && address.base.starts_with("http:") && !is_local(address);
}

const char* choose(Result<ModelEpisodeOptions> options, std::string_view page) {
  if (!options) return hand_over(error_json(options.error()));
  if (is_mixed(options->server.address, page))
    return hand_over(error_json(
        "MIXED_CONTENT",
        "This page came by https, so the browser lets it speak to https servers and to this "
        "machine alone. Give an https address, or run the model on this machine; or take the "
        "desktop program, which has no such rule."));
  episode().emplace(std::move(*options));
  return hand_over("{}");
}

}  // namespace
}  // namespace sqlenv::web

using sqlenv::web::answer;
using sqlenv::web::episode;

extern "C" {

// Says which model plays, before anything else. `dialect` is 1 for the compact one, else 0; `page`
// is the page's origin. {} or an error.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_model_choose(const char* address, std::size_t address_size,
                                                     const char* model, std::size_t model_size,
                                                     const char* key, std::size_t key_size,
                                                     int dialect, const char* page,
                                                     std::size_t page_size) {
  return sqlenv::web::choose(sqlenv::model_episode_options(
                                 {address, address_size}, {model, model_size}, {key, key_size},
                                 dialect == 1 ? sqlenv::Dialect::kCompact : sqlenv::Dialect::kChat),
                             {page, page_size});
}

// The other two answer what is to be done now: {"request": {"url", "method", "headers", "body",
// "limit_ms"}, "wait_ms", "note"}, {"turn": [action_type, argument, text, thoughts]} or
// {"problem"}.

// Goes on after an observation, a policy_question_json().
EMSCRIPTEN_KEEPALIVE const char* sqlenv_model_ask(const char* question, std::size_t size) {
  const std::optional<sqlenv::PolicyQuestion> asked =
      sqlenv::read_policy_question({question, size});
  if (!asked || !episode()) return sqlenv::web::hand_over("{}");
  return answer(asked->first ? episode()->begin(asked->seen) : episode()->go_on(asked->seen));
}

// `status` 0: no answer came, for this `failure`, a number of HttpFailure, and `reason`. `now` is
// in seconds since 1970, `spread` from 0 to 1.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_model_reply(int status, const char* body,
                                                    std::size_t body_size, int failure,
                                                    const char* reason, std::size_t reason_size,
                                                    const char* retry_after,
                                                    std::size_t retry_after_size, double now,
                                                    double spread) {
  sqlenv::HttpReply reply;
  reply.status = status;
  reply.body.assign(body, body_size);
  reply.failure = static_cast<sqlenv::HttpFailure>(failure);
  reply.reason.assign(reason, reason_size);
  reply.retry_after.assign(retry_after, retry_after_size);
  return answer(episode()->reply(reply, static_cast<std::int64_t>(now), spread));
}

}  // extern "C"
