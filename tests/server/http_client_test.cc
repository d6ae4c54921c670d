// The desktop program's HTTP requests, against a real server and against none.
#include "app/http/http_client.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <vector>

#include "app/server/server.h"
#include "tests/server/tiny_pack.h"

namespace sqlenv {
namespace {

using namespace std::chrono_literals;

// Listens and never says a word.
class SilentServer {
 public:
  SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 5), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;
  ~SilentServer() { ::close(socket_); }

  HttpRequest request(std::chrono::milliseconds limit) const {
    HttpRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(port_) + "/";
    request.limit = limit;
    return request;
  }

 private:
  int socket_;
  int port_ = 0;
};

TEST(HttpClientTest, ManyRequestsAtOnce) {
  ServerOptions options;
  options.threads = 1;
  const Server server = std::move(*Server::start(std::move(options), tiny_catalog()));
  const std::string address = "http://127.0.0.1:" + std::to_string(server.port());
  HttpClient client;
  std::vector<std::future<HttpReply>> replies;
  for (int i = 0; i < 20; ++i) {
    const auto came = std::make_shared<std::promise<HttpReply>>();
    replies.push_back(came->get_future());
    HttpRequest request;
    request.url = address + (i % 2 == 0 ? "/health" : "/reset");
    if (i % 2 == 1) {
      request.method = "POST";
      request.headers = {{"Content-Type", "application/json"}};
      request.body = R"({"question_id": "music_train_001"})";
    }
    client.start(std::move(request), [came](HttpReply reply) { came->set_value(reply); });
  }
  for (std::size_t i = 0; i < replies.size(); ++i) {
    const HttpReply reply = replies[i].get();
    EXPECT_EQ(reply.status, 200);
    EXPECT_NE(reply.body.find(i % 2 == 0 ? "healthy" : "singers"), std::string::npos) << reply.body;
  }
  HttpRequest missing;
  missing.url = address + "/nothing";
  EXPECT_EQ(client.perform(missing).status, 404);
}

TEST(HttpClientTest, WhatDoesNotAnswerIsNoAnswer) {
  HttpClient client;
  for (const char* url :
       {"http://127.0.0.1:1/", "ftp://127.0.0.1/x", "file:///etc/passwd", "", "http://"}) {
    HttpRequest request;
    request.url = url;
    EXPECT_EQ(client.perform(request).status, 0) << url;
  }
  const SilentServer silent;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(client.perform(silent.request(100ms)).status, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(HttpClientTest, ACancelledRequestIsNotAnswered) {
  const SilentServer silent;
  std::atomic<int> answered = 0;
  {
    HttpClient client;
    const auto count = [&answered](const HttpReply&) { ++answered; };
    const int first = client.start(silent.request(200ms), count);
    client.cancel(first);
    client.cancel(first + 100);
    EXPECT_EQ(client.perform(silent.request(400ms)).status, 0) << "longer than the first would be";
    EXPECT_EQ(answered, 0);
    client.start(silent.request(10s), count);
  }
  EXPECT_EQ(answered, 0) << "the client went";
}

}  // namespace
}  // namespace sqlenv
