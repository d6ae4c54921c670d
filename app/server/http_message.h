// Requests and responses over HTTP as plain data, and the responses that several routes give.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/server/access.h"
#include "app/server/web_files.h"

namespace sqlenv {

struct ApiRequest {
  std::string_view method;
  std::string_view target;  // path and query, still encoded
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

HttpResponse json_response(std::string body);
HttpResponse with_status(HttpResponse response, int status);

// {"detail": ...} with a status.
HttpResponse http_error(int status, std::string_view detail);

// `allowed` lists the methods of the route.
HttpResponse wrong_method(std::string_view allowed);
HttpResponse unauthorized(std::string_view authorization);

// A status without a body or its type.
HttpResponse empty_response(int status);
HttpResponse redirect(std::string location);

// Status 304 if the client has this version of the file already.
HttpResponse file_response(const WebFile& file, std::string_view if_none_match);

// Allows what a page of an allowed origin asks for before its request.
HttpResponse preflight_response(std::string origin);

}  // namespace sqlenv
