#include "app/server/api.h"

#include <algorithm>
#include <exception>

#include "app/server/url.h"
#include "core/wire/protocol.h"

namespace sqlenv {
namespace {

constexpr std::string_view kWeb = "/web/";
// Of a client's timeout_s. The server's own limit is far below.
constexpr double kMaxSeconds = 3600;

const char kNotKept[] =
    "there is no episode for this step. Over HTTP an episode is kept by name: POST /reset with an "
    "\"episode_id\" of your choice, then give the same \"episode_id\" beside the action. Or play "
    "over the WebSocket at /ws, where the connection is the episode.";

HttpResponse json_response(std::string body) {
  HttpResponse response;
  response.body = std::move(body);
  return response;
}

template <class E>
HttpResponse unprocessable(const E& error) {
  HttpResponse response = json_response(validation_error_json(error));
  response.status = 422;
  return response;
}

// What an official server's environment without a reset would answer: an observation, so that any
// client can read it, and done, so that none goes on.
StepResult no_episode() {
  StepResult result;
  result.observation.error = Error{ErrorCode::kNotFound, kNotKept}.to_string();
  result.reward = 0.0;
  result.done = true;
  return result;
}

HttpResponse unknown_episode() {
  return http_error(404,
                    "no episode of that episode_id is kept: it was never reset, or was unused for "
                    "too long and made room. POST /reset with this episode_id starts a new one.");
}

HttpResponse wrong_method(std::string_view allowed) {
  HttpResponse response = http_error(405, "Method Not Allowed");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

HttpResponse redirect(std::string location) {
  HttpResponse response;
  response.status = 307;
  response.content_type = "";
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

HttpResponse file_response(const WebFile& file, std::string_view if_none_match) {
  HttpResponse response;
  response.content_type = file.type;
  // The browser keeps the file but asks each time whether it is still the same.
  response.headers = {
      {"ETag", file.etag}, {"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}};
  if (if_none_match == "*" || if_none_match.find(file.etag) != std::string_view::npos)
    response.status = 304;
  else response.file = file.bytes;
  return response;
}

std::optional<std::chrono::milliseconds> milliseconds(std::optional<double> seconds) {
  if (!seconds) return std::nullopt;
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(std::min(*seconds, kMaxSeconds) * 1000));
}

HttpResponse started(const Result<StepResult>& first) {
  if (first) return json_response(step_json(*first));
  if (first.error().code == ErrorCode::kInternal) return http_error(500, first.error().message);
  return unprocessable(first.error());
}

}  // namespace

struct HttpApi::Route {
  std::string_view path;
  std::string_view method;
  Handler handler;
};

const std::vector<HttpApi::Route>& HttpApi::routes() {
  static const std::vector<Route> all = {{"/health", "GET", &HttpApi::health},
                                         {"/metadata", "GET", &HttpApi::metadata},
                                         {"/reset", "POST", &HttpApi::reset},
                                         {"/step", "POST", &HttpApi::step},
                                         {"/state", "GET", &HttpApi::state}};
  return all;
}

HttpResponse http_error(int status, std::string_view detail) {
  HttpResponse response = json_response(detail_json(detail));
  response.status = status;
  return response;
}

bool is_websocket_target(std::string_view target) { return target_path(target) == "/ws"; }

HttpResponse HttpApi::handle(const HttpRequest& request) {
  try {
    return route(request, target_path(request.target));
  } catch (const std::exception&) {  // memory ran out
    return http_error(500, "Internal Server Error");
  }
}

HttpResponse HttpApi::route(const HttpRequest& request, std::string_view path) {
  for (const Route& candidate : routes()) {
    if (path == candidate.path)
      return request.method == candidate.method ? (this->*candidate.handler)(request)
                                                : wrong_method(candidate.method);
    if (path.size() == candidate.path.size() + 1 && path.ends_with('/') &&
        path.starts_with(candidate.path))
      return redirect(std::string(candidate.path));
  }
  if (path == "/ws") return http_error(404, "Not Found");
  return page(request, path);
}

HttpResponse HttpApi::page(const HttpRequest& request, std::string_view path) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (path == "/web") return reads ? redirect(std::string(kWeb)) : wrong_method("GET, HEAD");
  if (!path.starts_with('/')) return http_error(404, "Not Found");
  const std::optional<std::string> name =
      percent_decoded(path.substr(path.starts_with(kWeb) ? kWeb.size() : 1));
  const WebFile* file = name ? service_->web.find(*name) : nullptr;
  if (file == nullptr) return http_error(404, "Not Found");
  return reads ? file_response(*file, request.if_none_match) : wrong_method("GET, HEAD");
}

HttpResponse HttpApi::health(const HttpRequest&) {
  return json_response(R"({"status":"healthy"})");
}

HttpResponse HttpApi::metadata(const HttpRequest&) { return json_response(metadata_json()); }

HttpResponse HttpApi::reset(const HttpRequest& request) {
  const BodyResult<ResetRequest> options = parse_reset_body(request.body);
  if (!options) return unprocessable(options.error());
  if (options->episode_id) return started(service_->kept.reset(*options->episode_id, *options));
  return started(
      worker_->reset(*options).map([](const Episode& episode) { return episode.first(); }));
}

HttpResponse HttpApi::step(const HttpRequest& request) {
  const BodyResult<StepRequest> body = parse_step_body(request.body);
  if (!body) return unprocessable(body.error());
  if (!body->episode_id) return json_response(step_json(no_episode()));
  const std::optional<StepResult> result =
      service_->kept.step(*body->episode_id, body->action, milliseconds(body->timeout_s));
  return result ? json_response(step_json(*result)) : unknown_episode();
}

HttpResponse HttpApi::state(const HttpRequest& request) {
  const std::optional<std::string> id = query_parameter(request.target, "episode_id");
  if (!id) return json_response(state_json(std::nullopt, 0));
  const std::optional<int> step_count = service_->kept.step_count(*id);
  return step_count ? json_response(state_json(id, *step_count)) : unknown_episode();
}

}  // namespace sqlenv
