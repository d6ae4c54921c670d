#include "app/desktop/http_request.h"

#include <boost/asio/connect.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "core/base/text.h"

namespace sqlenv::desktop {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using tcp = boost::asio::ip::tcp;
using beast::error_code;

constexpr std::chrono::milliseconds kLook{50};  // at whether it was stopped
constexpr std::size_t kMostBody = 8 << 20;

// Connects, writes, reads: one after the other, each starting the next.
struct Exchange {
  explicit Exchange(boost::asio::io_context& io) : stream(io) { parser.body_limit(kMostBody); }

  void begin(const tcp::resolver::results_type& endpoints) {
    stream.async_connect(endpoints, [this](error_code error, const tcp::endpoint&) {
      if (error) return end(error);
      http::async_write(stream, request, [this](error_code failed, std::size_t) {
        if (failed) return end(failed);
        http::async_read(stream, buffer, parser,
                         [this](error_code last, std::size_t) { end(last); });
      });
    });
  }
  void end(error_code error) {
    ended = true;
    good = !error;
  }

  beast::tcp_stream stream;
  http::request<http::string_body> request;
  http::response_parser<http::string_body> parser;
  beast::flat_buffer buffer;
  bool ended = false;
  bool good = false;
};

void fill_request(http::request<http::string_body>& request, const ServerAddress& server,
                  const std::string& target, const std::string& body, const std::string& token) {
  request.version(11);
  request.method(body.empty() ? http::verb::get : http::verb::post);
  request.target(target);
  request.set(http::field::host, server.host + ":" + server.port);
  request.set(http::field::connection, "close");
  if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
  if (!body.empty()) request.set(http::field::content_type, "application/json");
  request.body() = body;
  request.prepare_payload();
}

}  // namespace

Result<ServerAddress> read_server_address(std::string_view text) {
  text = trim(text);
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text.starts_with("https://"))
    return fail(ErrorCode::kBadOption,
                "This program speaks plain http. For a server behind https open the page it "
                "serves, or lead a port of this machine there.");
  if (text.starts_with("http://")) text.remove_prefix(7);
  const std::size_t colon = text.ends_with(']') ? std::string_view::npos : text.rfind(':');
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || text.find_first_of("/?#@ ") != std::string_view::npos)
    return fail(ErrorCode::kBadOption,
                "A server's address looks like http://localhost:8000, with no path behind it.");
  const std::string port =
      colon == std::string_view::npos ? "80" : std::string(text.substr(colon + 1));
  return ServerAddress{std::string(host), port, "http://" + std::string(text)};
}

std::optional<HttpAnswer> http_request(const ServerAddress& server, const std::string& target,
                                       const std::string& body, const std::string& token,
                                       std::chrono::seconds limit,
                                       const std::atomic<bool>& stopped) {
  boost::asio::io_context io;
  error_code error;
  const auto endpoints = tcp::resolver(io).resolve(server.host, server.port, error);
  if (error) return std::nullopt;
  Exchange exchange(io);
  fill_request(exchange.request, server, target, body, token);
  exchange.begin(endpoints);
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!exchange.ended && !stopped && std::chrono::steady_clock::now() < end) io.run_for(kLook);
  if (!exchange.good) return std::nullopt;
  return HttpAnswer{static_cast<int>(exchange.parser.get().result_int()),
                    exchange.parser.get().body()};
}

}  // namespace sqlenv::desktop
