// HttpClient: HTTP and HTTPS requests, by libcurl, on a thread of its own.
//
// Any number may be under way at once, and connections are used again. A redirect is followed to
// the same scheme alone, and a header that names a token does not go to another host. A reply's
// body holds at most kMostReplyBytes; a longer one is broken off and counts as no answer. Functions
// may be called from any thread; destroying the client gives up what is under way.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "app/http/http_request.h"

namespace sqlenv {

inline constexpr std::size_t kMostReplyBytes = 8 << 20;

class HttpClient {
 public:
  using Done = std::function<void(HttpReply)>;

  HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient();

  // Calls `done` once, on the client's thread, unless the request is cancelled before. Answers the
  // number of the request, from 1. `done` must not block and may call start() and cancel().
  int start(HttpRequest request, Done done);

  // Gives a request up; `done` is not called any more, unless it is being called already. Does
  // nothing if it is over.
  void cancel(int number);

  // Waits for the reply. Not from inside `done`.
  HttpReply perform(HttpRequest request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sqlenv
