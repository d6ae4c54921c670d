// One HTTP request and what came of it, as plain values: what a transport is asked to do, whichever
// it is (the native HttpClient, the page's fetch).
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
  bool follow = true;  // redirects; else one is a reply like any other, with its `location`
};

// Why no answer came, as far as the transport can tell.
enum class HttpFailure {
  kUnreachable,  // no such host, nothing listens there, or no reason is known
  kTimedOut,
  kTls,       // no secure connection, such as for a certificate that is not trusted
  kTooLarge,  // the reply was longer than the transport takes
  kBroken     // the connection ended inside the exchange, or what came is not HTTP
};

struct HttpReply {
  int status = 0;  // 0: no answer came
  std::string body;

  // Without an answer: why, as a sentence for the player, if the transport knows more than that
  // none came. With one: what the server calls its status, perhaps nothing.
  std::string reason;

  HttpFailure failure = HttpFailure::kUnreachable;  // without an answer

  // Headers of the answer, empty if they are absent.
  std::string content_type;
  std::string retry_after;
  std::string location;
};

}  // namespace sqlenv
