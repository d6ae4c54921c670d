// HTTP requests against a real server, a scripted one and none.
#include "app/http/http_client.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <vector>

#include "app/server/server.h"
#include "tests/server/scripted_server.h"
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

HttpRequest post_to(const ScriptedServer& server, const std::string& path = "/v1") {
  HttpRequest request;
  request.method = "POST";
  request.url = server.address() + path;
  request.headers = {{"Authorization", "Bearer sk-secret"}};
  request.body = "{}";
  return request;
}

TEST(HttpClientTest, HeadersOfTheAnswerAreHandedOver) {
  const ScriptedServer server([](const std::string&) {
    return "HTTP/1.1 429 Slow down\r\nRETRY-AFTER: 7\r\nContent-type: text/plain\r\n"
           "Content-Length: 2\r\n\r\nno";
  });
  HttpClient client;
  const HttpReply reply = client.perform(post_to(server));
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.body, "no");
  EXPECT_EQ(reply.retry_after, "7");
  EXPECT_EQ(reply.content_type, "text/plain");
  EXPECT_EQ(reply.location, "");
}

TEST(HttpClientTest, AConnectionIsUsedAgain) {
  const ScriptedServer server(
      [](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"; });
  HttpClient client;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client.perform(post_to(server)).status, 200);
  EXPECT_EQ(server.requests().size(), 5U);
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClientTest, ARedirectIsFollowedWithoutTheTokenOrNotAtAll) {
  const ScriptedServer elsewhere(
      [](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"; });
  // By another name, "localhost", the port's owner is another host.
  const std::string target =
      "http://localhost" + elsewhere.address().substr(elsewhere.address().rfind(':')) + "/v1";
  const ScriptedServer server([&](const std::string&) {
    return "HTTP/1.1 307 Elsewhere\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n";
  });
  HttpClient client;
  HttpRequest request = post_to(server);
  request.follow = false;
  const HttpReply refused = client.perform(request);
  EXPECT_EQ(refused.status, 307);
  EXPECT_EQ(refused.location, target);
  EXPECT_TRUE(elsewhere.requests().empty());
  request.follow = true;
  EXPECT_EQ(client.perform(request).status, 200);
  ASSERT_EQ(elsewhere.requests().size(), 1U);
  EXPECT_EQ(elsewhere.requests().front().find("sk-secret"), std::string::npos);
  EXPECT_NE(server.requests().front().find("Bearer sk-secret"), std::string::npos);
}

TEST(HttpClientTest, AHugeAnswerIsBrokenOffEarly) {
  constexpr std::size_t kHuge = 100 << 20;
  HttpClient client;
  for (const bool says_its_length : {true, false}) {
    const ScriptedServer server([&](const std::string&) {
      std::string head = "HTTP/1.1 200 OK\r\n";
      if (says_its_length) head += "Content-Length: " + std::to_string(kHuge) + "\r\n";
      else head += "Connection: close\r\n";
      return head + "\r\n" + std::string(kHuge, 'x');
    });
    const HttpReply reply = client.perform(post_to(server));
    EXPECT_EQ(reply.status, 0);
    EXPECT_EQ(reply.failure, HttpFailure::kTooLarge);
    EXPECT_TRUE(reply.body.empty());
    EXPECT_LT(server.wait_until_sent(), kHuge / 2) << "the rest never left the server";
  }
}

TEST(HttpClientTest, FailuresAreToldApart) {
  HttpClient client;
  HttpRequest dead;
  dead.url = "http://127.0.0.1:1/";
  EXPECT_EQ(client.perform(dead).failure, HttpFailure::kUnreachable);
  dead.url = "http://nowhere.invalid/";
  EXPECT_EQ(client.perform(dead).failure, HttpFailure::kUnreachable);
  const SilentServer silent;
  EXPECT_EQ(client.perform(silent.request(100ms)).failure, HttpFailure::kTimedOut);
  for (const char* answer :
       {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "\x16\x03\x01 no HTTP at all"}) {
    const ScriptedServer server([&](const std::string&) { return std::string(answer); }, true);
    EXPECT_EQ(client.perform(post_to(server)).failure, HttpFailure::kBroken) << answer;
    HttpRequest secure = post_to(server);
    secure.url.replace(0, 4, "https");
    EXPECT_EQ(client.perform(secure).failure, HttpFailure::kTls) << "it speaks no TLS";
  }
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
