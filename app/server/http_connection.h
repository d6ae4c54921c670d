// HttpConnection: requests and responses on one connection, until it ends or becomes a WebSocket.
// For transport.cc alone.
#pragma once

#include <algorithm>
#include <boost/beast/core/read_size.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <memory>
#include <optional>
#include <string>

#include "app/server/connection.h"
#include "app/server/request_head.h"
#include "app/server/url.h"
#include "app/server/websocket_connection.h"
#include "core/base/text.h"

namespace sqlenv {

class HttpConnection : public Connection, public std::enable_shared_from_this<HttpConnection> {
 public:
  // `too_many`: refuses all requests, since the peer has too many connections.
  HttpConnection(LoopState& loop, Socket socket, CountedConnection counted, bool too_many)
      : Connection(loop),
        stream_(std::move(socket)),
        counted_(std::move(counted)),
        too_many_(too_many) {}

  void start() { read_header(); }

  // Finishes a response that is being written.
  void shut_down() override {
    if (!writing_) stream_.close();
  }
  void drain() override {
    if (idle_) stream_.close();
  }
  void make_room() override {
    if (idle_ && std::chrono::steady_clock::now() - idle_since_ > kLeastRest) stream_.close();
  }

 private:
  using Body = http::span_body<const char>;

  auto then(void (HttpConnection::*member)(error_code)) {
    return [self = shared_from_this(), member](error_code error, auto...) {
      (self.get()->*member)(error);
    };
  }

  void read_header() {
    parser_.emplace();
    parser_->body_limit(kMaxBodyBytes);
    parser_->header_limit(kMaxHeaderBytes);
    searched_ = 0;
    stream_.expires_after(too_many_ ? kLingerTime : loop_.service.options.request_time);
    idle_ = buffer_.size() == 0;
    idle_since_ = std::chrono::steady_clock::now();
    look_for_header();
  }

  // Checks the raw bytes of the head before Beast parses them: Beast accepts some malformed heads,
  // which other servers read differently, and does not report them.
  void look_for_header() {
    const std::string_view bytes = arrived().substr(0, kMaxHeaderBytes);
    const std::size_t size = head_size(bytes, searched_);
    searched_ = bytes.size();
    if (!begins_request(bytes)) return refuse_head("this is not an HTTP request.");
    if (size == 0 && bytes.size() == kMaxHeaderBytes) return refuse(http::error::header_limit);
    if (size == 0)
      return stream_.async_read_some(
          buffer_.prepare(beast::read_size(buffer_, kMaxHeaderBytes)),
          [self = shared_from_this()](error_code error, std::size_t count) {
            self->buffer_.commit(count);
            if (!error) self->look_for_header();
          });
    idle_ = false;
    const std::string_view problem = head_problem(bytes.substr(0, size));
    if (!problem.empty()) return refuse_head(problem);
    error_code error;
    buffer_.consume(parser_->put(asio::const_buffer(bytes.data(), size), error));
    on_header(error);
  }

  void refuse_head(std::string_view problem) {
    keep_ = false;
    write(http_error(400, problem));
  }

  void on_header(error_code error) {
    if (error) return refuse(error);
    const auto& request = parser_->get();
    const bool upgrades = websocket::is_upgrade(request);
    if (std::optional<HttpResponse> refusal = refuse_header(upgrades)) {
      keep_ = !upgrades && !too_many_ && parser_->is_done();  // a body would be left to be read
      return write(std::move(*refusal));
    }
    if (upgrades) return upgrade();
    fields_ = std::distance(request.begin(), request.end());
    if (request.chunked()) parser_->on_chunk_header(check_chunk_);
    const bool waits = beast::iequals(request[http::field::expect], "100-continue");
    if (!waits || request.version() < 11) return read_body({});
    continue_.emplace(http::status::continue_, 11);
    http::async_write(stream_, *continue_, then(&HttpConnection::read_body));
  }

  void read_body(error_code error) {
    if (error) return;
    http::async_read(stream_, buffer_, *parser_, then(&HttpConnection::on_request));
  }

  void on_request(error_code error) {
    if (error) return refuse(error);
    const auto& request = parser_->get();
    if (std::distance(request.begin(), request.end()) != fields_)  // Beast adds trailers to them
      return refuse_head("fields behind the last chunk are not taken: put them into the head.");
    answer(nullptr);
  }

  // Answers the request. `finished` is the detour that an earlier try asked for, or null.
  void answer(Detour* finished) {
    const FinishedDetour scope(finished);
    try {
      write(loop_.api.handle(api_request()));
    } catch (const NeedsDetour& needed) {
      loop_.take(needed, [self = shared_from_this()](Detour& detour) { self->answer(&detour); });
    }
  }

  ApiRequest api_request() const {
    const auto& request = parser_->get();
    return {view(request.method_string()),
            view(request.target()),
            request.body(),
            view(request[http::field::if_none_match]),
            view(request["Mcp-Session-Id"]),
            {view(request[http::field::origin]), view(request[http::field::host])},
            view(request[http::field::authorization]),
            request.method() == http::verb::options &&
                request.find(http::field::access_control_request_method) != request.end()};
  }

  // The refusal of a request before its body is read, if there is a reason.
  std::optional<HttpResponse> refuse_header(bool upgrades) {
    const auto& request = parser_->get();
    if (too_many_) return too_often("too many connections from this address.");
    if (!counted_.allow_request()) return too_often("too many requests from this address.");
    if (std::distance(request.begin(), request.end()) > kMaxHeaderFields)
      return http_error(431, "the header may have at most 100 fields.");
    if (request.target().size() > kMaxTargetBytes)
      return http_error(414, "the path and query may have at most 8 KiB.");
    return loop_.api.refusal(api_request(), upgrades);
  }

  static HttpResponse too_often(std::string_view why) {
    HttpResponse response = http_error(429, why);
    response.headers.emplace_back("Retry-After", "1");
    return response;
  }

  void upgrade() {
    if (!is_websocket_target(view(parser_->get().target()))) {
      keep_ = false;
      return write(http_error(403, "WebSockets are accepted at /ws and /mcp"));
    }
    if (!parser_->is_done()) return refuse_head("the handshake of a WebSocket has no body.");
    if (buffer_.size() > 0) {  // these bytes would be lost, and what follows misread
      keep_ = false;
      return write(http_error(400, "a WebSocket is spoken when its handshake was answered."));
    }
    const auto& request = parser_->get();
    std::make_shared<WebSocketConnection>(loop_, stream_.release_socket(), view(request.target()),
                                          peer(), std::move(counted_))
        ->start(request);
  }

  // Allows short extensions of plain text in a chunk's head. Servers read others differently.
  static void check_extensions(std::uint64_t, beast::string_view extensions, error_code& error) {
    const auto plain = [](char c) { return c >= 0x20 && c < 0x7f; };
    if (extensions.size() > kMaxExtensionBytes ||
        !std::all_of(extensions.begin(), extensions.end(), plain))
      error = http::error::bad_chunk_extension;
  }

  // Answers a request that could not be read. A peer that left or sent nothing in time gets no
  // answer.
  void refuse(error_code error) {
    keep_ = false;
    if (error == http::error::body_limit)
      return write(http_error(413, "the body may have at most 1 MiB."));
    if (error == http::error::header_limit)
      return write(http_error(431, "the header may have at most 16 KiB."));
    if (error == http::error::end_of_stream || error == http::error::partial_message) return;
    if (error.category() == http::make_error_code(http::error::bad_method).category())
      write(http_error(400, "the request is malformed."));
  }

  void write(HttpResponse response) {
    response_ = std::move(response);
    note_response();
    const auto& request = parser_->get();
    keep_ = keep_ && request.keep_alive() && !loop_.service.draining;
    const bool head = request.method() == http::verb::head;
    const std::string_view content = response_.content();
    message_.emplace(std::piecewise_construct, std::make_tuple(), std::make_tuple());
    message_->version(request.version() >= 11 ? 11 : 10);
    message_->result(static_cast<unsigned>(response_.status));
    message_->set(http::field::server, "sqlenv");
    if (!response_.content_type.empty() && response_.status != 304)
      message_->set(http::field::content_type, response_.content_type);
    for (const auto& [name, value] : response_.headers) message_->set(name, value);
    if (!head) message_->body() = {content.data(), content.size()};
    if (response_.status != 304 && response_.status != 204)
      message_->content_length(content.size());
    message_->keep_alive(keep_);
    writing_ = true;
    stream_.expires_after(loop_.service.options.reply_time);
    http::async_write(stream_, *message_, then(&HttpConnection::on_write));
  }

  void on_write(error_code error) {
    writing_ = false;
    if (error || loop_.stopping) return;
    if (keep_) return read_header();
    // Closing with unread bytes would reset the connection before the peer has read the answer.
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kLingerTime);
    discard({});
  }

  void discard(error_code error) {
    if (error) return;
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(kMaxHeaderBytes), then(&HttpConnection::discard));
  }

  // The peer's address for the log; empty without one.
  std::string peer() {
    if (!loop_.service.log.enabled()) return "";
    error_code error;
    const tcp::endpoint endpoint = stream_.socket().remote_endpoint(error);
    return error ? "" : endpoint.address().to_string();
  }

  void note_response() {
    loop_.worker.metrics().count_http(response_.status);
    const Log& log = loop_.service.log;
    if (!log.enabled() || response_.status < 400) return;
    const auto& request = parser_->get();
    log.event("http_error", {{"method", std::string(view(request.method_string()))},
                             {"path", shorten(target_path(view(request.target())), 100)},
                             {"status", static_cast<std::int64_t>(response_.status)},
                             {"peer", peer()}});
  }

  // The most bytes that are read ahead: more than a header or the head of a chunk needs.
  static constexpr std::size_t kMaxBufferBytes = 128 << 10;

  // A connection younger than this may have its request under way.
  static constexpr std::chrono::seconds kLeastRest{1};

  static constexpr std::size_t kMaxExtensionBytes = 64;

  std::string_view arrived() const {
    const auto bytes = buffer_.cdata();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
  }

  static std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

  TimedStream stream_;
  CountedConnection counted_;
  beast::flat_buffer buffer_{kMaxBufferBytes};
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::empty_body>> continue_;
  HttpResponse response_;
  std::optional<http::response<Body>> message_;
  const bool too_many_;
  bool keep_ = true;
  bool writing_ = false;
  bool idle_ = false;          // between requests
  std::size_t searched_ = 0;   // bytes of the next head, in which its end was looked for
  std::ptrdiff_t fields_ = 0;  // of the head
  void (*check_chunk_)(std::uint64_t, beast::string_view, error_code&) = check_extensions;
  std::chrono::steady_clock::time_point idle_since_;
};

}  // namespace sqlenv
