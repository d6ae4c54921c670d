#include "app/model/model_episode.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/check.h"
#include "core/base/text.h"

namespace sqlenv {
namespace {

// Moves what stands before the end of the thoughts in `text` to its own text. Some templates open
// the thoughts in the prompt, and a completion may end inside them.
std::string take_thoughts(std::string& text) {
  constexpr std::size_t kNone = std::string::npos;
  for (const std::string tag : {"think>", "thinking>"}) {
    const std::string open = "<" + tag;
    const std::string close = "</" + tag;
    const std::size_t begin = text.find(open);
    const std::size_t end = text.rfind(close);
    if (begin == kNone && end == kNone) continue;
    const bool opened = begin < end;
    const std::size_t from = opened ? begin + open.size() : 0;
    const std::string thoughts(trim(text.substr(from, end == kNone ? kNone : end - from)));
    const std::string before = opened ? text.substr(0, begin) : "";
    text = before + (end == kNone ? "" : text.substr(end + close.size()));
    return thoughts;
  }
  return "";
}

std::string written(const ModelCompletion& completion, std::string text) {
  for (const ModelToolCall& call : completion.tool_calls) {
    if (!text.empty()) text += "\n";
    text += call.name + "(" + call.arguments + ")";
  }
  return std::string(trim(text));
}

const char* short_reason(ModelFailure failure) {
  switch (failure) {
    case ModelFailure::kRateLimited: return "The server takes no more requests for now";
    case ModelFailure::kTimedOut: return "The server did not answer in time";
    case ModelFailure::kUnreachable: return "The server cannot be reached any more";
    default: return "The server failed";
  }
}

}  // namespace

ModelEpisode::Next ModelEpisode::begin(const Observation& first) {
  agent_.emplace(options_.dialect, first);
  return ask(std::chrono::milliseconds(0), "");
}

ModelEpisode::Next ModelEpisode::go_on(const Observation& seen) {
  SQLENV_CHECK(agent_.has_value());
  agent_->add(completion_, read_, seen);
  attempt_.number = 1;
  return ask(std::chrono::milliseconds(0), "");
}

ModelEpisode::Next ModelEpisode::ask(std::chrono::milliseconds wait, std::string note) {
  Next next;
  next.request = model_request(options_.server, *agent_, options_.model, options_.limit);
  next.wait = wait;
  next.note = std::move(note);
  return next;
}

ModelEpisode::Next ModelEpisode::reply(const HttpReply& reply, std::int64_t now, double spread) {
  SQLENV_CHECK(agent_.has_value());
  attempt_.most = options_.most_requests;
  attempt_.now = now;
  attempt_.spread = spread;
  ModelOutcome outcome =
      read_model_outcome(options_.server, options_.dialect, options_.model, reply, attempt_);
  if (outcome.retry_in) {
    ++attempt_.number;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*outcome.retry_in).count();
    return ask(*outcome.retry_in, std::string(short_reason(outcome.trouble.kind)) +
                                      ": asked again in " + std::to_string(seconds) + " s");
  }
  Next next;
  if (!outcome.reply) {
    next.error = std::move(outcome.trouble.message);
    return next;
  }
  attempt_.proven = true;
  completion_ = std::move(outcome.reply->completion);
  read_ = agent_->read(completion_);
  std::string text = valid_utf8(completion_.text);
  std::string thoughts = std::move(outcome.reply->thoughts);
  if (thoughts.empty()) thoughts = take_thoughts(text);
  next.turn = Turn{read_.action, written(completion_, std::move(text)), std::move(thoughts)};
  return next;
}

Result<ModelEpisodeOptions> model_episode_options(std::string_view address, std::string_view model,
                                                  std::string_view key, Dialect dialect) {
  ModelEpisodeOptions options;
  Result<ModelAddress> where = parse_model_address(address);
  if (!where) return fail(where.error());
  options.server.address = std::move(*where);
  if (!trim(key).empty()) {
    Result<std::string> checked = check_model_key(key);
    if (!checked) return fail(checked.error());
    options.server.key = std::move(*checked);
  }
  options.dialect = dialect;
  options.model.model = std::string(trim(model));
  options.model.max_tokens = default_max_tokens(dialect);
  return options;
}

}  // namespace sqlenv
