// A client for the tests of the server that sends exactly the bytes it is given.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace sqlenv {

// A plain TCP connection, cut by its destructor.
class Peer {
 public:
  explicit Peer(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) cut();
  }
  Peer(Peer&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Peer& operator=(Peer&&) = delete;
  ~Peer() { cut(); }

  void cut() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  void send(std::string_view bytes) {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), std::ssize(bytes));
  }

  // Sends to a server that may have closed.
  void try_send(std::string_view bytes) {
    [[maybe_unused]] const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  // The bytes that arrive until `ending` has arrived, the server closes or two seconds pass.
  std::string receive(std::string_view ending) {
    std::string all;
    if (socket_ < 0) return "(closed)";
    pollfd waiting{socket_, POLLIN, 0};
    char buffer[4096];
    while (all.find(ending) == std::string::npos && ::poll(&waiting, 1, 2000) == 1) {
      const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
      if (count <= 0) return all + "(closed)";
      all.append(buffer, static_cast<std::size_t>(count));
    }
    return all;
  }

  std::string upgrade(const std::string& path = "/ws") {
    try_send("GET " + path +
             " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    return receive("\r\n\r\n");
  }

  // Sends a masked text frame of fewer than 126 bytes; the mask is zero.
  void send_frame(std::string_view text) {
    std::string frame = "\x81";
    frame += static_cast<char>(0x80 | text.size());
    try_send(frame + std::string(4, '\0') + std::string(text));
  }

 private:
  int socket_;
};

inline bool becomes_true(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace sqlenv
