// WebSocketConnection: one WebSocket and its Conversation. For transport.cc alone.
//
// One message at a time: read, play, write the reply, read again. So replies come in the order of
// the requests, at most one reply is held, and a client that sends faster than it reads is slowed
// down by TCP. Pings are answered between messages. A loop plays the messages of all its
// connections that have arrived before it writes their replies: a client that wakes then finds more
// than one reply, and waking it is a good part of the cost of a write.
#pragma once

#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <string>
#include <utility>

#include "app/server/connection.h"
#include "app/server/conversation.h"
#include "app/server/lingering_socket.h"

namespace sqlenv {

namespace http = beast::http;
namespace websocket = beast::websocket;

class WebSocketConnection : public Connection,
                            public std::enable_shared_from_this<WebSocketConnection> {
  auto then(void (WebSocketConnection::*member)(error_code)) {
    return [self = shared_from_this(), member](error_code error, auto...) {
      (self.get()->*member)(error);
    };
  }

 public:
  WebSocketConnection(LoopState& loop, Socket socket, std::string_view target, std::string peer,
                      CountedConnection counted)
      : Connection(loop),
        socket_(LingeringSocket(std::move(socket))),
        conversation_(loop.service, loop.worker, target, std::move(peer)),
        counted_(std::move(counted)) {}

  // Answers the handshake that `upgrade` began.
  template <class Body>
  void start(const http::request<Body>& upgrade) {
    configure(conversation_.speaks_mcp() &&
              http::token_list(upgrade[http::field::sec_websocket_protocol]).exists("mcp"));
    socket_.async_accept(upgrade, then(&WebSocketConnection::on_accept));
  }

  void shut_down() override {
    if (socket_.is_open())
      return close({websocket::close_code::going_away, "the server stops"}, SessionEnd::kShutdown);
    conversation_.end(SessionEnd::kShutdown);
    close_socket();
  }

  // An episode under way may end first.
  void drain() override {
    if (!writing_ && !playing_ && conversation_.resting()) shut_down();
  }

  void reap(std::chrono::steady_clock::time_point now) override {
    if (writing_ && now - conversation_.last_used() > loop_.service.options.reply_time)
      return cut();
    if (message_begun_ && now - *message_begun_ > loop_.service.options.request_time)
      return close({websocket::close_code::policy_error, "a message took too long to arrive"},
                   SessionEnd::kError);
    const std::optional<SessionEnd> why = conversation_.expired(now);
    if (!why || writing_ || playing_) return;
    close({websocket::close_code::going_away, why == SessionEnd::kIdle
                                                  ? "the session was idle for too long"
                                                  : "the session has reached its lifetime"},
          *why);
  }

 private:
  void configure(bool name_mcp) {
    websocket::stream_base::timeout timeout;
    timeout.handshake_timeout = kHandshakeTime;
    timeout.idle_timeout = loop_.service.options.silent_peer;
    timeout.keep_alive_pings = true;
    socket_.set_option(timeout);
    socket_.set_option(
        websocket::stream_base::decorator([name_mcp](websocket::response_type& response) {
          response.set(http::field::server, "sqlenv");
          if (name_mcp) response.set(http::field::sec_websocket_protocol, "mcp");
        }));
    socket_.read_message_max(kMaxBodyBytes);  // closes with 1009 when a frame's header says so
    socket_.auto_fragment(false);
    socket_.text(true);
  }

  void on_accept(error_code error) {
    if (error) return;
    if (loop_.service.draining) return shut_down();
    std::optional<SessionReply> refusal = conversation_.begin();
    if (refusal) return write(std::move(*refusal));
    read();
  }

  void read() { socket_.async_read_some(buffer_, kReadBytes, then(&WebSocketConnection::on_read)); }

  void on_read(error_code error) {
    if (error) return note_failure(error);
    if (!socket_.is_message_done()) {
      if (!message_begun_) message_begun_ = std::chrono::steady_clock::now();
      return read();
    }
    message_begun_.reset();
    conversation_.note_message();
    answer(nullptr);
  }

  // Answers the message in the buffer. `finished` is the detour that an earlier try asked for, or
  // null.
  void answer(Detour* finished) {
    playing_ = false;
    if (closing_) return;
    const FinishedDetour scope(finished);
    const auto bytes = buffer_.cdata();
    const std::string_view message(static_cast<const char*>(bytes.data()), bytes.size());
    SessionReply reply;
    try {
      reply = socket_.got_text() ? conversation_.on_text(message) : conversation_.on_binary();
    } catch (const NeedsDetour& needed) {
      playing_ = true;
      return loop_.take(needed,
                        [self = shared_from_this()](Detour& detour) { self->answer(&detour); });
    }
    buffer_.consume(bytes.size());
    if (buffer_.capacity() > kKeptBytes) buffer_.shrink_to_fit();
    write(std::move(reply));
  }

  // Beast has closed already if the peer broke the protocol.
  void note_failure(error_code error) {
    const bool broken = error.category() == make_error_code(websocket::error::closed).category();
    if (broken && error != websocket::error::closed) conversation_.end(SessionEnd::kError);
  }

  void write(SessionReply reply) {
    close_after_write_ = reply.close;
    if (!reply.text) return on_write({});
    outgoing_ = std::move(*reply.text);
    writing_ = true;
    asio::post(loop_.io, [self = shared_from_this()] { self->write_now(); });
  }

  void write_now() {
    socket_.async_write(asio::buffer(outgoing_), then(&WebSocketConnection::on_write));
  }

  void on_write(error_code error) {
    writing_ = false;
    if (error) return;
    if (outgoing_.capacity() > kKeptBytes) outgoing_ = std::string();
    if (close_after_write_) return close(websocket::close_code::normal, SessionEnd::kLeft);
    if (loop_.service.draining && conversation_.resting()) return shut_down();
    read();
  }

  // Reads and drops what the peer still sends until it closes too, for at most kHandshakeTime.
  void close(const websocket::close_reason& reason, SessionEnd why) {
    if (closing_) return;
    closing_ = true;
    conversation_.end(why);
    socket_.async_close(reason, then(&WebSocketConnection::on_close));
  }

  void on_close(error_code) {}

  // Closes without a message, since the peer does not read.
  void cut() {
    conversation_.end(SessionEnd::kError);
    close_socket();
  }

  void close_socket() {
    error_code ignored;
    beast::get_lowest_layer(socket_).close(ignored);
  }

  // Reads in pieces, so that memory follows what has arrived, not what a frame's header announces.
  static constexpr std::size_t kReadBytes = 16 << 10;
  static constexpr std::size_t kKeptBytes = 16 << 10;  // the most that an idle session holds

  websocket::stream<LingeringSocket, false> socket_;  // never compressed
  beast::flat_buffer buffer_;
  std::string outgoing_;
  Conversation conversation_;
  CountedConnection counted_;
  std::optional<std::chrono::steady_clock::time_point> message_begun_;  // of a message in fragments
  bool writing_ = false;
  bool playing_ = false;  // on another thread
  bool close_after_write_ = false;
  bool closing_ = false;
};

}  // namespace sqlenv
