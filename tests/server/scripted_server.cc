#include "tests/server/scripted_server.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <utility>

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

constexpr int kPollMs = 20;

bool readable(int socket) {
  pollfd polled{socket, POLLIN, 0};
  return ::poll(&polled, 1, kPollMs) > 0;
}

// The bytes of the first whole request in `bytes`; 0 if none is whole.
std::size_t request_bytes(const std::string& bytes) {
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string::npos) return 0;
  const std::string name = "Content-Length: ";
  const std::size_t length = bytes.find(name);
  std::size_t size = head + 4;
  if (length < head) size += std::stoul(bytes.substr(length + name.size()));
  return bytes.size() >= size ? size : 0;
}

}  // namespace

ScriptedServer::ScriptedServer(Answer answer, bool closes)
    : answer_(std::move(answer)), closes_(closes), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::listen(listener_, 100), 0);
  EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

ScriptedServer::~ScriptedServer() {
  ending_ = true;
  thread_.join();
  ::close(listener_);
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t ScriptedServer::wait_until_sent() const {
  while (sending_ > 0) std::this_thread::sleep_for(1ms);
  return sent_;
}

void ScriptedServer::run() {
  while (!ending_) {
    if (!readable(listener_)) continue;
    const int connection = ::accept(listener_, nullptr, nullptr);
    ++connections_;
    serving_.emplace_back([this, connection] {
      serve(connection);
      ::close(connection);
    });
  }
  for (std::thread& thread : serving_) thread.join();
}

void ScriptedServer::serve(int connection) {
  std::string bytes;
  std::array<char, 1 << 16> buffer;
  while (!ending_) {
    if (!readable(connection)) continue;
    const ssize_t size = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (size <= 0) return;
    bytes.append(buffer.data(), static_cast<std::size_t>(size));
    // What is no HTTP, such as a handshake of TLS, is answered as it comes.
    const bool foreign = bytes[0] < 'A' || bytes[0] > 'Z';
    const std::size_t whole = foreign ? bytes.size() : request_bytes(bytes);
    if (whole == 0) continue;
    const std::string request = bytes.substr(0, whole);
    bytes.erase(0, whole);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    send(connection, answer_(request));
    if (closes_) return;
  }
}

void ScriptedServer::send(int connection, const std::string& bytes) {
  ++sending_;
  std::size_t at = 0;
  while (at < bytes.size() && !ending_) {
    const ssize_t size = ::send(connection, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (size <= 0) break;
    at += static_cast<std::size_t>(size);
  }
  sent_ += at;
  --sending_;
}

}  // namespace sqlenv
