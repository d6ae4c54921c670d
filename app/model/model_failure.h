// Why a language model's server gave no completion.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

// The names on the right are stable: files and JSON hold them.
enum class ModelFailure {
  kUnreachable,      // UNREACHABLE: no such host, or nothing listens there
  kTlsRefused,       // TLS_REFUSED: no secure connection
  kTimedOut,         // TIMED_OUT
  kReplyBroken,      // REPLY_BROKEN: the connection ended inside the reply
  kReplyTooLarge,    // REPLY_TOO_LARGE
  kRedirected,       // REDIRECTED: to another address, which is not followed
  kKeyMissing,       // KEY_MISSING: the server wants a key and none was given
  kKeyRefused,       // KEY_REFUSED
  kQuotaSpent,       // QUOTA_SPENT: the account has no more money or tokens
  kPathNotFound,     // PATH_NOT_FOUND: the server has no such path
  kModelNotFound,    // MODEL_NOT_FOUND
  kContextExceeded,  // CONTEXT_EXCEEDED: the episode is longer than the model reads
  kRequestRefused,   // REQUEST_REFUSED: any other status from 400 to 499
  kRateLimited,      // RATE_LIMITED
  kServerFailed,     // SERVER_FAILED: a status from 500
  kNoCompletion,     // NO_COMPLETION: an answer that holds none
  kNoTokenCounts  // NO_TOKEN_COUNTS: a budget of tokens is set and the server does not count them
};

inline constexpr std::size_t kModelFailures = 17;

std::string_view model_failure_name(ModelFailure failure);

// None if no failure has that name.
std::optional<ModelFailure> find_model_failure(std::string_view name);

// Whether every other episode would meet the failure, too, so that it is no use to go on. `proven`
// is whether the server has sent a completion before.
bool concerns_all_episodes(ModelFailure failure, bool proven);

// A failure with what to do about it, in a sentence or two. The message holds no key.
struct ModelTrouble {
  ModelFailure kind = ModelFailure::kUnreachable;
  std::string message;
};

}  // namespace sqlenv
