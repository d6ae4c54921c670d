// LingeringSocket: the TCP socket of a WebSocket, which reads on for a while after its last frame.
// For transport.cc alone.
//
// Closing a socket with unread bytes resets the connection, and the peer may lose the close frame
// that says what it did wrong. Beast's own teardown closes at the first unread byte.
#pragma once

#include <array>
#include <boost/beast/websocket/teardown.hpp>
#include <memory>
#include <utility>

#include "app/server/connection.h"

namespace sqlenv {

class LingeringSocket : public Socket {
 public:
  explicit LingeringSocket(Socket socket) : Socket(std::move(socket)) {}
};

// Reads and drops what the peer still sends, until it closes too or kLingerTime has passed.
template <class Handler>
class Teardown : public std::enable_shared_from_this<Teardown<Handler>> {
 public:
  Teardown(LingeringSocket& socket, Handler handler)
      : socket_(socket), timer_(socket.get_executor()), handler_(std::move(handler)) {}

  void start() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    timer_.expires_after(kLingerTime);
    timer_.async_wait([self = this->shared_from_this()](error_code error) {
      if (!error && !self->done_) self->close();
    });
    read();
  }

 private:
  void read() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = this->shared_from_this()](error_code error, std::size_t) {
                              if (error) self->finish();
                              else self->read();
                            });
  }

  void finish() {
    done_ = true;  // the handler may destroy the socket
    timer_.cancel();
    close();
    std::move(handler_)(error_code());
  }

  void close() {
    error_code ignored;
    socket_.close(ignored);
  }

  LingeringSocket& socket_;  // lives until the handler is called
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer_;
  Handler handler_;
  std::array<char, 4096> buffer_;
  bool done_ = false;
};

// Beast calls this, by argument-dependent lookup, when a WebSocket on such a socket ends.
template <class Handler>
void async_teardown(beast::role_type, LingeringSocket& socket, Handler&& handler) {
  using Operation = Teardown<std::decay_t<Handler>>;
  std::make_shared<Operation>(socket, std::forward<Handler>(handler))->start();
}

}  // namespace sqlenv
