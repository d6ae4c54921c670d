#include "app/model/model_outcome.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>

#include "app/model/retry_after.h"
#include "core/base/text.h"
#include "core/base/visible_text.h"

namespace sqlenv {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kShownBytes = 300;  // of what a server says
constexpr int kTooManyRequests = 429;
constexpr int kMostTimeouts = 2;  // a model that does not stop will not stop the next time
constexpr milliseconds kFirstWait{1'000};
constexpr milliseconds kLongestBackoff{30'000};

bool holds_any(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// A status that may be another one the next time.
bool passes(int status) {
  constexpr int kPassing[] = {408, kTooManyRequests, 500, 502, 503, 504, 529};
  return std::find(std::begin(kPassing), std::end(kPassing), status) != std::end(kPassing);
}

bool passes(ModelFailure failure, const HttpReply& reply, bool proven) {
  switch (failure) {
    case ModelFailure::kTimedOut:
    case ModelFailure::kReplyBroken: return true;
    case ModelFailure::kUnreachable:
    case ModelFailure::kNoCompletion: return proven;
    case ModelFailure::kRateLimited:
    case ModelFailure::kServerFailed: return passes(reply.status);
    default: return false;
  }
}

ModelFailure failure_of_transport(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::kUnreachable: return ModelFailure::kUnreachable;
    case HttpFailure::kTimedOut: return ModelFailure::kTimedOut;
    case HttpFailure::kTls: return ModelFailure::kTlsRefused;
    case HttpFailure::kTooLarge: return ModelFailure::kReplyTooLarge;
    case HttpFailure::kBroken: return ModelFailure::kReplyBroken;
  }
  return ModelFailure::kUnreachable;
}

// Servers have no common codes, so some failures show in their words alone.
ModelFailure failure_of_status(int status, std::string_view body, bool has_key) {
  const std::string said = to_lower(body);
  const std::string refusal = to_lower(read_model_refusal(body));
  const bool about_model = holds_any(refusal, {"model"});
  const bool unknown = holds_any(refusal, {"not found", "not exist", "no such", "unknown model",
                                           "invalid model", "not available"});
  if (status >= 300 && status < 400) return ModelFailure::kRedirected;
  if (status == 401 || status == 403)
    return has_key ? ModelFailure::kKeyRefused : ModelFailure::kKeyMissing;
  if (status == 402 || holds_any(said, {"insufficient_quota"})) return ModelFailure::kQuotaSpent;
  if (holds_any(said, {"context_length_exceeded", "exceed_context_size", "context length",
                       "context size", "context window", "prompt is too long"}))
    return ModelFailure::kContextExceeded;
  if (about_model && (status == 404 || (status == 400 && unknown)))
    return ModelFailure::kModelNotFound;
  if (status == 404 || status == 405) return ModelFailure::kPathNotFound;
  if (status == kTooManyRequests) return ModelFailure::kRateLimited;
  if (status >= 500 || status == 408) return ModelFailure::kServerFailed;
  return ModelFailure::kRequestRefused;
}

std::string shown(std::string_view text) {
  return shorten(visible_controls(collapse_spaces(text)), kShownBytes);
}

// What the server said, as the end of a sentence that is about it.
std::string quoted(const HttpReply& reply) {
  const std::string refusal = shown(read_model_refusal(reply.body));
  const std::string status = std::to_string(reply.status);
  return " (" + status + (refusal.empty() ? "" : ": " + refusal) + ")";
}

// Where a redirect leads, without what follows a '?', which may be secret.
std::string target_of(std::string_view location) {
  const std::string target = shown(location.substr(0, location.find_first_of("?#")));
  return target.empty() ? "another address" : target;
}

std::string model_named(const ModelOptions& options) {
  return options.model.empty() ? "the model, whose name was not given"
                               : "the model \"" + shown(options.model) + "\"";
}

std::string message_of(ModelFailure failure, const std::string& url, const ModelOptions& options,
                       const HttpReply& reply) {
  switch (failure) {
    case ModelFailure::kUnreachable:
      return url + " cannot be reached. Is the server running there, and are host and port right?";
    case ModelFailure::kTlsRefused:
      return "No secure connection to " + url +
             ". Its certificate must be valid for this name and trusted by this machine; a server "
             "without TLS has an address that begins with http://.";
    case ModelFailure::kTimedOut:
      return url +
             " sent no complete answer in time. Give it more time, or let it write fewer "
             "tokens.";
    case ModelFailure::kReplyBroken:
      return url + " broke its answer off. Look into the server's log.";
    case ModelFailure::kReplyTooLarge:
      return url +
             " sent an answer that is too large to be a completion. Is it the address of a "
             "model?";
    case ModelFailure::kRedirected:
      return url + " sends elsewhere, to " + target_of(reply.location) +
             ". Redirects are not followed, since the key would go along: give the right address.";
    case ModelFailure::kKeyMissing:
      return url + " wants a key, and none was given" + quoted(reply) + ".";
    case ModelFailure::kKeyRefused:
      return url + " refuses the key" + quoted(reply) +
             ". Is it a key of this server, and may it use this model?";
    case ModelFailure::kQuotaSpent:
      return "The account at " + url + " has nothing left to spend" + quoted(reply) + ".";
    case ModelFailure::kPathNotFound:
      return "The server has no " + url + quoted(reply) +
             ". Its address is the one that its manual gives for OpenAI's interface, and mostly "
             "ends with /v1.";
    case ModelFailure::kModelNotFound:
      return "The server does not know " + model_named(options) + quoted(reply) + ".";
    case ModelFailure::kContextExceeded:
      return "The episode is longer than the model's context" + quoted(reply) +
             ". Start the server with a longer context, or use the compact dialect.";
    case ModelFailure::kRequestRefused: return url + " refuses the request" + quoted(reply) + ".";
    case ModelFailure::kRateLimited:
      return url + " takes no more requests for now" + quoted(reply) +
             ". Play fewer episodes at once, or go on later.";
    case ModelFailure::kServerFailed:
      return url + " failed" + quoted(reply) + ". Look into the server's log.";
    case ModelFailure::kNoCompletion:
      return url + ": " + shown(read_model_reply(reply.body).error().message);
    case ModelFailure::kNoTokenCounts:
      return url + " does not count tokens, so that no budget of tokens can be kept.";
  }
  return "";
}

milliseconds backoff(const ModelAttempt& attempt) {
  const int doublings = std::clamp(attempt.number - 1, 0, 10);
  const milliseconds wait = std::min(kFirstWait * (1 << doublings), kLongestBackoff);
  const double half = static_cast<double>(wait.count()) / 2;
  return wait + milliseconds(static_cast<long long>(half * std::clamp(attempt.spread, 0.0, 1.0)));
}

std::optional<milliseconds> retry_of(const ModelTrouble& trouble, const HttpReply& reply,
                                     const ModelAttempt& attempt) {
  const int most = trouble.kind == ModelFailure::kTimedOut ? std::min(attempt.most, kMostTimeouts)
                                                           : attempt.most;
  if (attempt.number >= most || !passes(trouble.kind, reply, attempt.proven)) return std::nullopt;
  const std::optional<milliseconds> asked = read_retry_after(reply.retry_after, attempt.now);
  if (asked && *asked > kLongestRetryWait) return std::nullopt;
  return asked ? *asked : backoff(attempt);
}

}  // namespace

ModelOutcome read_model_outcome(const ModelServer& server, Dialect dialect,
                                const ModelOptions& options, const HttpReply& reply,
                                const ModelAttempt& attempt) {
  HttpReply safe = reply;
  for (std::string* text : {&safe.body, &safe.reason, &safe.location})
    *text = without_key(std::move(*text), server);
  ModelOutcome out;
  if (safe.status >= 200 && safe.status < 300) {
    if (Result<ModelReply> read = read_model_reply(safe.body)) {
      out.reply = std::move(*read);
      return out;
    }
    out.trouble.kind = ModelFailure::kNoCompletion;
  } else {
    out.trouble.kind = safe.status == 0
                           ? failure_of_transport(safe.failure)
                           : failure_of_status(safe.status, safe.body, !server.key.empty());
  }
  out.trouble.message =
      safe.status == 0 && !safe.reason.empty()
          ? safe.reason
          : without_key(
                message_of(out.trouble.kind, model_url(server.address, dialect), options, safe),
                server);
  out.retry_in = retry_of(out.trouble, safe, attempt);
  return out;
}

}  // namespace sqlenv
