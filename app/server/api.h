// HttpApi: every HTTP route of the server, without a socket. Request in, response out.
//
// Belongs to the thread of its Worker; Service and Worker outlive it. Never throws, and answers
// whatever a client sends.
//
// A transport calls refusal() first, for WebSockets too and before it has read a body, and then
// handle() if there is none.
//
// An HTTP request without an "episode_id" stands alone, as on official servers: /reset shows a
// first observation, and /state that of no episode. With one, /reset keeps the episode under that
// name, and /step and /state?episode_id=… go on with it. Likewise a request of MCP stands alone
// unless it names a session: in its parameters, as official clients do, or in the header
// Mcp-Session-Id, as other MCP clients do after initialize.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/server/http_message.h"
#include "app/server/service.h"
#include "core/wire/mcp.h"

namespace sqlenv {

class HttpApi {
 public:
  HttpApi(Service& service, Worker& worker) : service_(&service), worker_(&worker) {}

  // The answer to a request that is not handled: one without the right token (401), one for a
  // foreign host or of a foreign page (403), or the preflight of a page that is allowed. Does not
  // read the body.
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

}  // namespace sqlenv
