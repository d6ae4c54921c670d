#include "app/server/api.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>

#include "app/server/docs_page.h"
#include "app/server/session_methods.h"
#include "app/server/url.h"
#include "core/base/text.h"
#include "core/wire/protocol.h"
#include "core/wire/schemas.h"
#include "core/wire/task_api.h"

namespace sqlenv {
namespace {

constexpr std::string_view kWeb = "/web/";
// Caps a client's timeout_s. The server's own limit is far below.
constexpr double kMaxSeconds = 3600;

const char kNotKept[] =
    "there is no episode for this step. Over HTTP an episode is kept by name: POST /reset with an "
    "\"episode_id\" of your choice, then give the same \"episode_id\" beside the action. Or play "
    "over the WebSocket at /ws, where the connection is the episode.";

template <class E>
HttpResponse unprocessable(const E& error) {
  return with_status(json_response(validation_error_json(error)), 422);
}

// An official server's answer for an environment without a reset: an observation, so that any
// client can read it, which is done, so that none goes on.
StepResult no_episode() {
  StepResult result;
  result.set_error({ErrorCode::kNotFound, kNotKept});
  result.reward = 0.0;
  result.done = true;
  return result;
}

HttpResponse unknown_episode() {
  return http_error(404,
                    "no episode of that episode_id is kept: it was never reset, or was unused for "
                    "too long and made room. POST /reset with this episode_id starts a new one.");
}

std::optional<std::chrono::milliseconds> milliseconds(std::optional<double> seconds) {
  if (!seconds) return std::nullopt;
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(std::min(*seconds, kMaxSeconds) * 1000));
}

// "/sql_env/tasks" and the like.
struct TaskTarget {
  std::string_view env, name;
};

constexpr std::array<std::pair<std::string_view, TaskRoute>, 4> kTaskRoutes = {
    {{"tasks", TaskRoute::kTasks},
     {"num_tasks", TaskRoute::kNumTasks},
     {"task", TaskRoute::kTask},
     {"task_range", TaskRoute::kTaskRange}}};

std::optional<TaskTarget> task_target(std::string_view path) {
  const std::size_t slash = path.find('/', 1);
  if (!path.starts_with('/') || slash == std::string_view::npos || slash == 1) return std::nullopt;
  const TaskTarget target{path.substr(1, slash - 1), path.substr(slash + 1)};
  if (target.name == "splits") return target;
  for (const auto& route : kTaskRoutes)
    if (route.first == target.name) return target;
  return std::nullopt;
}

// 0 if the parameter is no number.
std::optional<std::uint64_t> number_parameter(std::string_view target, std::string_view name) {
  const std::optional<std::string> text = query_parameter(target, name);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

HttpResponse started(const Result<StepResult>& first) {
  if (first) return json_response(step_json(*first));
  if (first.error().code == ErrorCode::kInternal) return http_error(500, first.error().message);
  return unprocessable(first.error());
}

HttpResponse foreign_page() {
  return http_error(403,
                    "a web page of another origin may not do this: 'sqlenv serve --allow-origin "
                    "ORIGIN' allows one.");
}

HttpResponse foreign_host() {
  return http_error(
      403,
      "the header Host names another server, as a foreign web page's request can "
      "(DNS rebinding). If this server has that name, 'sqlenv serve --allow-host NAME' "
      "or SQLENV_ALLOW_HOST allows it.");
}

// Lets an allowed page read the answer.
HttpResponse name_allowed_page(HttpResponse response, const Access& access,
                               const ApiRequest& request) {
  std::optional<std::string> origin = access.allowed_origin(request.from.origin);
  if (!origin) return response;
  response.headers.emplace_back("Access-Control-Allow-Origin", std::move(*origin));
  response.headers.emplace_back("Access-Control-Expose-Headers", "Mcp-Session-Id");
  response.headers.emplace_back("Vary", "Origin");
  return response;
}

}  // namespace

struct HttpApi::Route {
  std::string_view path;
  std::string_view method;
  Handler handler;
  bool control = false;  // exists in simulation mode alone
  bool head = false;     // answers HEAD too
};

const std::vector<HttpApi::Route>& HttpApi::routes() {
  static const std::vector<Route> all = {{"/health", "GET", &HttpApi::health},
                                         {"/metadata", "GET", &HttpApi::metadata},
                                         {"/schema", "GET", &HttpApi::schema},
                                         {"/reset", "POST", &HttpApi::reset, true},
                                         {"/step", "POST", &HttpApi::step, true},
                                         {"/state", "GET", &HttpApi::state, true},
                                         {"/mcp", "POST", &HttpApi::mcp},
                                         {"/mcp", "DELETE", &HttpApi::mcp_delete},
                                         {"/list_environments", "GET", &HttpApi::environments},
                                         {"/openapi.json", "GET", &HttpApi::openapi, false, true},
                                         {"/docs", "GET", &HttpApi::docs, false, true},
                                         {"/metrics", "GET", &HttpApi::metrics},
                                         {"/watch", "GET", &HttpApi::watch}};
  return all;
}

std::optional<HttpResponse> HttpApi::refusal(const ApiRequest& request, bool websocket) const {
  const Access& access = service_->access;
  if (request.preflight)
    if (auto origin = access.allowed_origin(request.from.origin))
      return preflight_response(*origin);
  const bool open = target_path(request.target) == "/health" && !websocket;
  if (!open && !access.allows_host(request.from.host)) return foreign_host();
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if ((websocket || !reads) && access.is_foreign(request.from)) return foreign_page();
  if (open || access.accepts(request.authorization)) return std::nullopt;
  return name_allowed_page(unauthorized(request.authorization), access, request);
}

HttpResponse HttpApi::handle(const ApiRequest& request) {
  return name_allowed_page(answer(request), service_->access, request);
}

HttpResponse HttpApi::answer(const ApiRequest& request) {
  try {
    return route(request, target_path(request.target));
  } catch (const std::exception&) {  // memory ran out
    return http_error(500, "Internal Server Error");
  }
}

HttpResponse HttpApi::route(const ApiRequest& request, std::string_view path) {
  std::string allowed;
  for (const Route& candidate : routes()) {
    if (candidate.control && !service_->options.simulation) continue;
    if (path == candidate.path) {
      const bool head = candidate.head && request.method == "HEAD";
      if (head || request.method == candidate.method) return (this->*candidate.handler)(request);
      allowed += (allowed.empty() ? "" : ", ") + std::string(candidate.method);
      if (candidate.head) allowed += ", HEAD";
    }
    if (path.size() == candidate.path.size() + 1 && path.ends_with('/') &&
        path.starts_with(candidate.path))
      return redirect(std::string(candidate.path));
  }
  if (!allowed.empty()) return wrong_method(allowed);
  if (path == "/ws") return http_error(404, "Not Found");
  if (const std::optional<TaskTarget> target = task_target(path))
    return task_route(request, target->env, target->name);
  return page(request, path);
}

HttpResponse HttpApi::page(const ApiRequest& request, std::string_view path) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (path == "/web") return reads ? redirect(std::string(kWeb)) : wrong_method("GET, HEAD");
  if (!path.starts_with('/')) return http_error(404, "Not Found");
  const std::optional<std::string> name =
      percent_decoded(path.substr(path.starts_with(kWeb) ? kWeb.size() : 1));
  const WebFile* file = name ? service_->web.find(*name) : nullptr;
  if (file == nullptr) return http_error(404, "Not Found");
  return reads ? file_response(*file, request.if_none_match) : wrong_method("GET, HEAD");
}

HttpResponse HttpApi::health(const ApiRequest&) {
  if (service_->draining)
    return with_status(json_response(R"({"status":"unhealthy","reasons":["stopping"]})"), 503);
  std::string reasons;
  if (service_->sessions.full()) reasons = R"("all sessions are taken")";
  if (!service_->accepts())
    reasons += std::string(reasons.empty() ? "" : ",") + R"("connections could not be accepted")";
  if (reasons.empty()) return json_response(R"({"status":"healthy"})");
  return json_response(R"({"status":"degraded","reasons":[)" + reasons + "]}");
}

HttpResponse HttpApi::schema(const ApiRequest&) { return json_response(schema_json()); }

HttpResponse HttpApi::openapi(const ApiRequest&) { return json_response(service_->openapi); }

HttpResponse HttpApi::docs(const ApiRequest&) {
  HttpResponse response;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Content-Security-Policy", kDocsPolicy},
                      {"X-Content-Type-Options", "nosniff"}};
  response.body = kDocsPage;
  return response;
}

HttpResponse HttpApi::metrics(const ApiRequest&) {
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = service_->metrics.text(service_->gauges());
  return response;
}

HttpResponse HttpApi::watch(const ApiRequest& request) {
  const WatchBoard* board = service_->board.get();
  if (board == nullptr)
    return http_error(403, "watching is not allowed here: 'sqlenv serve --watch' allows it.");
  const std::optional<std::uint64_t> session = number_parameter(request.target, "session");
  if (!session) return json_response(board->list());
  std::optional<std::string> found =
      board->session(*session, number_parameter(request.target, "episode").value_or(0),
                     number_parameter(request.target, "after").value_or(0));
  if (found) return json_response(std::move(*found));
  return http_error(404, "no session of that number is shown any more. GET /watch lists them.");
}

HttpResponse HttpApi::environments(const ApiRequest&) { return json_response(environments_json()); }

HttpResponse HttpApi::task_route(const ApiRequest& request, std::string_view env,
                                 std::string_view name) {
  const bool splits = name == "splits";
  const std::string_view method = splits ? "GET" : "POST";
  if (request.method != method) return wrong_method(method);
  const std::string env_name = percent_decoded(env).value_or("");
  if (!equal_ignoring_case(env_name, kEnvName))
    return http_error(404, "unknown environment '" + shorten(env_name, 60) + "'");
  const Pack& pack = service_->catalog->packs().front();
  if (splits) return json_response(splits_json(pack));
  for (const auto& route : kTaskRoutes) {
    if (route.first != name) continue;
    TaskReply reply = task_reply(pack, route.second, request.body);
    return with_status(json_response(std::move(reply.body)), reply.status);
  }
  return http_error(404, "Not Found");
}

HttpResponse HttpApi::metadata(const ApiRequest&) { return json_response(metadata_json()); }

HttpResponse HttpApi::reset(const ApiRequest& request) {
  const BodyResult<ResetRequest> options = parse_reset_body(request.body);
  if (!options) return unprocessable(options.error());
  if (options->episode_id) return started(service_->store.reset(*options->episode_id, *options));
  return started(
      worker_->reset(*options).map([](const Episode& episode) { return episode.first(); }));
}

HttpResponse HttpApi::step(const ApiRequest& request) {
  const BodyResult<StepRequest> body = parse_step_body(request.body);
  if (!body) return unprocessable(body.error());
  if (!body->episode_id) return json_response(step_json(no_episode()));
  const std::optional<StepResult> result =
      service_->store.step(*body->episode_id, body->action, milliseconds(body->timeout_s));
  return result ? json_response(step_json(*result)) : unknown_episode();
}

HttpResponse HttpApi::state(const ApiRequest& request) {
  const std::optional<std::string> id = query_parameter(request.target, "episode_id");
  if (!id) return json_response(state_json(std::nullopt, 0));
  const std::optional<int> step_count = service_->store.step_count(*id);
  return step_count ? json_response(state_json(id, *step_count)) : unknown_episode();
}

HttpResponse HttpApi::mcp(const ApiRequest& request) {
  RpcParsed rpc = parse_rpc(request.body);
  if (rpc) return mcp_request(request, *rpc);
  worker_->metrics().count_request_error("JSON_RPC");
  RpcError error = rpc.error();
  if (error.code != kRpcInvalidRequest) error = {kRpcParseError, "Parse error"};
  return json_response(rpc_error("null", error));
}

HttpResponse HttpApi::mcp_request(const ApiRequest& request, const RpcRequest& rpc) {
  if (rpc.method == "initialize") return mcp_initialize(rpc);
  if (auto answer = answer_session_method(rpc, "", service_->store, service_->sessions))
    return json_response(std::move(*answer));
  const bool by_header = !request.mcp_session_id.empty();
  const std::optional<std::string> id =
      by_header ? std::string(request.mcp_session_id) : rpc.session_id;
  std::optional<std::string> answer;
  if (!id) {
    answer = Session(*worker_, false).on_rpc(rpc);
  } else if (!service_->store.with(*id, [&](Session& session) { answer = session.on_rpc(rpc); })) {
    worker_->metrics().count_request_error("JSON_RPC");
    const RpcError error{kRpcInvalidParams, "Unknown session_id: " + shorten(*id, 60)};
    return with_status(json_response(rpc_error(rpc.id, error)), by_header ? 404 : 200);
  }
  if (answer) return json_response(std::move(*answer));
  return empty_response(202);
}

HttpResponse HttpApi::mcp_initialize(const RpcRequest& rpc) {
  std::optional<std::string> id = service_->store.create();
  if (!id) {
    worker_->metrics().count_request_error("CAPACITY_REACHED");
    const int limit = service_->sessions.limit();
    return json_response(rpc_error(rpc.id, rpc_capacity_error(limit, limit)));
  }
  HttpResponse response = json_response(rpc_result(rpc.id, initialize_json(rpc.protocol_version)));
  response.headers.emplace_back("Mcp-Session-Id", std::move(*id));
  return response;
}

HttpResponse HttpApi::mcp_delete(const ApiRequest& request) {
  const std::string id(request.mcp_session_id);
  if (id.empty()) return http_error(400, "the header Mcp-Session-Id names the session to end.");
  if (service_->store.close(id) == SessionStore::Closed::kUnknown)
    return http_error(404, "there is no such session.");
  return empty_response(204);
}

}  // namespace sqlenv
