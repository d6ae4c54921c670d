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
  std::optional<HttpResponse> refusal(const ApiRequest& request, bool websocket = false) const;

  HttpResponse handle(const ApiRequest& request);

 private:
  HttpResponse answer(const ApiRequest& request);
  using Handler = HttpResponse (HttpApi::*)(const ApiRequest&);
  struct Route;
  static const std::vector<Route>& routes();

  HttpResponse route(const ApiRequest& request, std::string_view path);
  HttpResponse health(const ApiRequest& request);
  HttpResponse metadata(const ApiRequest& request);
  HttpResponse schema(const ApiRequest& request);
  HttpResponse openapi(const ApiRequest& request);
  HttpResponse docs(const ApiRequest& request);
  HttpResponse metrics(const ApiRequest& request);
  HttpResponse watch(const ApiRequest& request);
  HttpResponse environments(const ApiRequest& request);
  HttpResponse task_route(const ApiRequest& request, std::string_view env, std::string_view name);
  HttpResponse mcp(const ApiRequest& request);
  HttpResponse mcp_request(const ApiRequest& request, const RpcRequest& rpc);
  HttpResponse mcp_initialize(const RpcRequest& rpc);
  HttpResponse mcp_delete(const ApiRequest& request);
  HttpResponse reset(const ApiRequest& request);
  HttpResponse step(const ApiRequest& request);
  HttpResponse state(const ApiRequest& request);
  HttpResponse page(const ApiRequest& request, std::string_view path);

  Service* service_;
  Worker* worker_;
};

}  // namespace sqlenv
