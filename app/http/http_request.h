// One HTTP request and what came of it, as plain values: what a transport is asked to do, whichever
// it is (the desktop's HttpClient, the page's fetch).
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace sqlenv {

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // http or https
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds limit{15'000};  // for the whole exchange
};

struct HttpReply {
  int status = 0;  // 0: no answer came
  std::string body;

  // Without an answer: why, as a sentence for the player, if the transport knows more than that
  // none came. With one: what the server calls its status, perhaps nothing.
  std::string reason;
};

}  // namespace sqlenv
