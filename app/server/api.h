// HttpApi: every HTTP route of the server, without a socket. Request in, response out.
//
// Belongs to the thread of its Worker; Service and Worker outlive it. Never throws, and whatever a
// client sends gets an answer.
//
// An HTTP request without an "episode_id" is alone in the world, as on official servers: /reset
// shows a first observation, /state is that of nothing. With one, /reset keeps the episode under
// that name, and /step and /state?episode_id=… go on with it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/server/service.h"

namespace sqlenv {

struct HttpRequest {
  std::string_view method;
  std::string_view target;  // path and query as they came
  std::string_view body;
  std::string_view if_none_match;  // empty if the header was absent
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

  HttpResponse handle(const HttpRequest& request);

 private:
  using Handler = HttpResponse (HttpApi::*)(const HttpRequest&);
  struct Route;
  static const std::vector<Route>& routes();

  HttpResponse route(const HttpRequest& request, std::string_view path);
  HttpResponse health(const HttpRequest& request);
  HttpResponse metadata(const HttpRequest& request);
  HttpResponse reset(const HttpRequest& request);
  HttpResponse step(const HttpRequest& request);
  HttpResponse state(const HttpRequest& request);
  HttpResponse page(const HttpRequest& request, std::string_view path);

  Service* service_;
  Worker* worker_;
};

// {"detail": ...} with a status; for answers that the transport gives by itself.
HttpResponse http_error(int status, std::string_view detail);

// Whether this is the path, with or without a query, on which WebSockets are accepted.
bool is_websocket_target(std::string_view target);

}  // namespace sqlenv
