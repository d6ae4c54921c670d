// usage: sqlenv_bare_server   prints its address and serves until it is killed
//
// The least that a server on this machine can do: for each message of the workload "sql" one read
// and one write of the reply that SQLEnv gives, made once, at the start. No session, no parsing, no
// library; frames are as long as ours, both ways. What `sqlenv bench serve` measures of it is the
// most that it can measure of any server that answers each message by itself. For that tool alone:
// one message at a time, each in one piece.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/load/load_workload.h"
#include "app/server/session.h"
#include "core/base/check.h"
#include "tests/bench/workload.h"

namespace sqlenv::bench {
namespace {

constexpr std::size_t kHandshake = ~std::size_t{0};

// An unmasked frame, as servers send it.
std::string frame(const std::string& text) {
  std::string out = "\x81";
  SQLENV_CHECK(text.size() < 65536);
  if (text.size() < 126) return out + static_cast<char>(text.size()) + text;
  out += '\x7e';
  out += static_cast<char>(text.size() >> 8);
  out += static_cast<char>(text.size() & 0xff);
  return out + text;
}

std::vector<std::string> replies() {
  const std::atomic<bool> stopping = false;
  Worker worker(bundled_catalog(), std::chrono::seconds(5), stopping, 1);
  Session session(worker);
  const Result<LoadWorkload> workload = load_workload("sql");
  SQLENV_CHECK(workload.has_value());
  std::vector<std::string> frames;
  for (const LoadMessage& message : workload->cycle)
    frames.push_back(frame(*session.on_text(message.text).text));
  return frames;
}

int listen_on_loopback() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  SQLENV_CHECK(::bind(listener, any, size) == 0 && ::listen(listener, 4096) == 0);
  SQLENV_CHECK(::getsockname(listener, any, &size) == 0);
  std::printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

class BareServer {
 public:
  void run() {
    watch(listener_);
    std::array<epoll_event, 128> events;
    for (;;) {
      const int count = ::epoll_wait(epoll_, events.data(), events.size(), -1);
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        if (socket == listener_) accept();
        else answer(socket);
      }
    }
  }

 private:
  void watch(int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void accept() {
    const int socket = ::accept(listener_, nullptr, nullptr);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    next_[socket] = kHandshake;
    watch(socket);
  }

  void answer(int socket) {
    std::array<char, 16384> buffer;
    if (::recv(socket, buffer.data(), buffer.size(), 0) <= 0) {
      ::close(socket);
      return;
    }
    std::size_t& next = next_[socket];
    const std::string& reply = next == kHandshake ? upgraded_ : replies_[next];
    next = next == kHandshake ? 0 : (next + 1) % replies_.size();
    SQLENV_CHECK(::send(socket, reply.data(), reply.size(), MSG_NOSIGNAL) == std::ssize(reply));
  }

  const std::vector<std::string> replies_ = replies();
  const std::string upgraded_ = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
  const int listener_ = listen_on_loopback();
  const int epoll_ = ::epoll_create1(0);
  std::unordered_map<int, std::size_t> next_;  // reply of each connection
};

}  // namespace
}  // namespace sqlenv::bench

int main() { sqlenv::bench::BareServer().run(); }
