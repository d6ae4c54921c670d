#include "app/model/model_failure.h"

#include <algorithm>

namespace sqlenv {
namespace {

constexpr std::array<std::string_view, kModelFailures> kNames = {
    "UNREACHABLE",     "TLS_REFUSED",      "TIMED_OUT",       "REPLY_BROKEN", "REPLY_TOO_LARGE",
    "REDIRECTED",      "KEY_MISSING",      "KEY_REFUSED",     "QUOTA_SPENT",  "PATH_NOT_FOUND",
    "MODEL_NOT_FOUND", "CONTEXT_EXCEEDED", "REQUEST_REFUSED", "RATE_LIMITED", "SERVER_FAILED",
    "NO_COMPLETION",   "NO_TOKEN_COUNTS"};
static_assert(static_cast<std::size_t>(ModelFailure::kNoTokenCounts) + 1 == kModelFailures);

}  // namespace

std::string_view model_failure_name(ModelFailure failure) {
  return kNames[static_cast<std::size_t>(failure)];
}

std::optional<ModelFailure> find_model_failure(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<ModelFailure>(found - kNames.begin());
}

bool concerns_all_episodes(ModelFailure failure, bool proven) {
  switch (failure) {
    case ModelFailure::kUnreachable:
    case ModelFailure::kTlsRefused:
    case ModelFailure::kRedirected:
    case ModelFailure::kKeyMissing:
    case ModelFailure::kKeyRefused:
    case ModelFailure::kQuotaSpent:
    case ModelFailure::kPathNotFound:
    case ModelFailure::kModelNotFound:
    case ModelFailure::kNoTokenCounts: return true;
    case ModelFailure::kReplyTooLarge:
    case ModelFailure::kRequestRefused:
    case ModelFailure::kNoCompletion:
    case ModelFailure::kTimedOut:
    case ModelFailure::kReplyBroken:
    case ModelFailure::kRateLimited:
    case ModelFailure::kServerFailed: return !proven;
    case ModelFailure::kContextExceeded: return false;
  }
  return false;
}

}  // namespace sqlenv
