// HttpApi: every HTTP route of the server, without a socket. Request in, response out.
//
// Belongs to the thread of its Worker; Service and Worker outlive it. Never throws, and whatever a
// client sends gets an answer.
//
// A transport asks refusal() first, of WebSockets too and before it has read a body, and handle()
// only what is not refused.
//
// An HTTP request without an "episode_id" is alone in the world, as on official servers: /reset
// shows a first observation, /state is that of nothing. With one, /reset keeps the episode under
// that name, and /step and /state?episode_id=… go on with it. Likewise a request of MCP is alone
// unless it names a session: in its parameters, as official clients do, or in the header
// Mcp-Session-Id, as clients of MCP itself do after initialize.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/server/service.h"
#include "core/wire/mcp.h"

namespace sqlenv {

struct HttpRequest {
  std::string_view method;
  std::string_view target;  // path and query as they came
  std::string_view body;
  // Headers; empty if absent.
  std::string_view if_none_match;
  std::string_view mcp_session_id;
  RequestOrigin from;
  std::string_view authorization;
  bool preflight = false;  // OPTIONS with Access-Control-Request-Method
};

struct HttpResponse {
  int status = 200;
  std::string_view content_type = "application/json";
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string body;
  std::shared_ptr<const std::string> file;  // if set, the body instead of `body`

  std::string_view content() const { return file ? std::string_view(*file) : body; }
};

class HttpApi {
 public:
  HttpApi(Service& service, Worker& worker) : service_(&service), worker_(&worker) {}

  // Why this request may not be made: no or a wrong token (401), or a foreign page (403). Also the
  // answer to the preflight of a page that is allowed. The body is not looked at.
  std::optional<HttpResponse> refusal(const HttpRequest& request, bool websocket = false) const;

  HttpResponse handle(const HttpRequest& request);

 private:
  HttpResponse answer(const HttpRequest& request);
  using Handler = HttpResponse (HttpApi::*)(const HttpRequest&);
  struct Route;
  static const std::vector<Route>& routes();

  HttpResponse route(const HttpRequest& request, std::string_view path);
  HttpResponse health(const HttpRequest& request);
  HttpResponse metadata(const HttpRequest& request);
  HttpResponse schema(const HttpRequest& request);
  HttpResponse openapi(const HttpRequest& request);
  HttpResponse docs(const HttpRequest& request);
  HttpResponse metrics(const HttpRequest& request);
  HttpResponse watch(const HttpRequest& request);
  HttpResponse environments(const HttpRequest& request);
  HttpResponse task_route(const HttpRequest& request, std::string_view env, std::string_view name);
  HttpResponse mcp(const HttpRequest& request);
  HttpResponse mcp_request(const HttpRequest& request, const RpcRequest& rpc);
  HttpResponse mcp_initialize(const RpcRequest& rpc);
  HttpResponse mcp_delete(const HttpRequest& request);
  HttpResponse reset(const HttpRequest& request);
  HttpResponse step(const HttpRequest& request);
  HttpResponse state(const HttpRequest& request);
  HttpResponse page(const HttpRequest& request, std::string_view path);

  Service* service_;
  Worker* worker_;
};

// {"detail": ...} with a status; for answers that the transport gives by itself.
HttpResponse http_error(int status, std::string_view detail);

}  // namespace sqlenv
