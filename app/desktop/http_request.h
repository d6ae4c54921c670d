// One HTTP request to a server that speaks plain HTTP. Waits for the answer.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace sqlenv::desktop {

// "http://localhost:8000", taken apart.
struct ServerAddress {
  std::string host;
  std::string port;
  std::string text;  // as it is shown
};

// An error says what an address looks like.
Result<ServerAddress> read_server_address(std::string_view text);

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// A GET, or a POST of `body` as JSON. `token` may be empty. None if no answer came: nothing
// listens, the connection broke, `limit` is over, or `stopped` became true.
std::optional<HttpAnswer> http_request(const ServerAddress& server, const std::string& target,
                                       const std::string& body, const std::string& token,
                                       std::chrono::seconds limit,
                                       const std::atomic<bool>& stopped);

}  // namespace sqlenv::desktop
