// What the reply of a language model's server means for an episode's turn.
//
// Pure: the caller performs the request of model_request(), waits, and asks again if it is told to.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "app/http/http_request.h"
#include "app/model/model_failure.h"
#include "app/model/model_server.h"

namespace sqlenv {

// The longest wait that a server may ask for; one that wants more ends the turn.
inline constexpr std::chrono::minutes kLongestRetryWait{10};

// One of the requests for the same turn.
struct ModelAttempt {
  int number = 1;        // from 1
  int most = 6;          // the last one's number: what can be tried again is then final
  bool proven = false;   // the server has sent a completion before, in this turn or another
  std::int64_t now = 0;  // seconds since 1970, to read a date; 0: not known
  double spread = 0;     // from 0 to 1, adds up to a half to a wait that the server does not name,
                         // so that many episodes do not ask again at the same moment
};

// A completion; or a trouble, which is final or asks to try again after a time.
struct ModelOutcome {
  std::optional<ModelReply> reply;
  ModelTrouble trouble;                               // without a reply
  std::optional<std::chrono::milliseconds> retry_in;  // the trouble may pass
};

// `options` and `dialect` are those of the request. Statuses 408, 429, 500, 502, 503, 504 and 529,
// broken and late replies are tried again: after the reply's Retry-After, else after 1, 2, 4 …
// seconds, at most 30. A late reply is so once; a server that was never reached is not.
ModelOutcome read_model_outcome(const ModelServer& server, Dialect dialect,
                                const ModelOptions& options, const HttpReply& reply,
                                const ModelAttempt& attempt);

}  // namespace sqlenv
