#include "app/server/http_message.h"

#include "core/wire/protocol.h"

namespace sqlenv {

HttpResponse json_response(std::string body) {
  HttpResponse response;
  response.body = std::move(body);
  return response;
}

HttpResponse with_status(HttpResponse response, int status) {
  response.status = status;
  return response;
}

HttpResponse http_error(int status, std::string_view detail) {
  return with_status(json_response(detail_json(detail)), status);
}

HttpResponse wrong_method(std::string_view allowed) {
  HttpResponse response = http_error(405, "Method Not Allowed");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

HttpResponse unauthorized(std::string_view authorization) {
  HttpResponse response = http_error(
      401, authorization.empty()
               ? "this server asks for a token, in the header \"Authorization: Bearer TOKEN\"."
               : "the header Authorization does not hold \"Bearer\" and this server's token.");
  response.headers.emplace_back("WWW-Authenticate", R"(Bearer realm="sqlenv")");
  return response;
}

HttpResponse empty_response(int status) {
  HttpResponse response;
  response.status = status;
  response.content_type = "";
  return response;
}

HttpResponse redirect(std::string location) {
  HttpResponse response = empty_response(307);
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

HttpResponse file_response(const WebFile& file, std::string_view if_none_match) {
  HttpResponse response;
  response.content_type = file.type;
  // Lets the browser keep the file but check each time whether it has changed.
  response.headers = {
      {"ETag", file.etag}, {"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}};
  if (if_none_match == "*" || if_none_match.find(file.etag) != std::string_view::npos)
    response.status = 304;
  else response.file = file.bytes;
  return response;
}

HttpResponse preflight_response(std::string origin) {
  HttpResponse response = empty_response(204);
  response.headers = {{"Access-Control-Allow-Origin", std::move(origin)},
                      {"Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE"},
                      {"Access-Control-Allow-Headers",
                       "Authorization, Content-Type, Mcp-Session-Id, Mcp-Protocol-Version"},
                      {"Access-Control-Max-Age", "600"},
                      {"Vary", "Origin"}};
  return response;
}

}  // namespace sqlenv
