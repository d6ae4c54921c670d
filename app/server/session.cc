#include "app/server/session.h"

namespace sqlenv {
namespace {

const char kNoEpisode[] =
    "there is no episode on this connection: send {\"type\": \"reset\"} first. A client that "
    "reconnected has lost its episode and starts a new one.";

}  // namespace

SessionReply Session::on_binary() const {
  return {error({"SESSION_ERROR", "messages are JSON in text frames, not binary.", {}}), true};
}

SessionReply Session::on_message(const ProtocolResult<ClientMessage>& message) {
  if (!message) return {error(message.error()), message.error().code == "SESSION_ERROR"};
  switch (message->kind) {
    case ClientMessage::Kind::kReset: return {reset(*message)};
    case ClientMessage::Kind::kStep: return {step(*message)};
    case ClientMessage::Kind::kState: return {state()};
    case ClientMessage::Kind::kTrajectory: return {trajectory()};
    case ClientMessage::Kind::kMcp: return {mcp(message->rpc)};
    case ClientMessage::Kind::kClose: break;
  }
  return {std::nullopt, true};
}

std::string Session::error(const ProtocolError& error) const {
  worker_->metrics().count_request_error(error.code);
  return error_message(error);
}

std::string Session::execution_error(std::string message) const {
  return error({"EXECUTION_ERROR", std::move(message), {}});
}

Result<void> Session::begin(const ResetRequest& request) {
  Result<Episode> episode = worker_->reset(request);
  if (!episode) return fail(episode.error());
  episode_ = std::move(*episode);
  turn_ = worker_->new_turn();
  episode_id_ = request.episode_id ? *request.episode_id : worker_->new_episode_id();
  watched_.begin(board_, episode_->first());
  return {};
}

StepResult Session::play(const Action& action, std::optional<std::chrono::milliseconds> limit) {
  StepResult result = worker_->step(*episode_, action, limit, turn_);
  turn_ = worker_->new_turn();
  watched_.step(action, result);
  return result;
}

std::string Session::reset(const ClientMessage& message) {
  const Result<void> begun = begin(message.reset);
  return begun ? observation_message(episode_->first()) : error(reset_error(begun.error()));
}

std::string Session::step(const ClientMessage& message) {
  if (!episode_) return execution_error(kNoEpisode);
  return observation_message(play(message.action));
}

std::string Session::state() const {
  return state_message(episode_id_, episode_ ? episode_->step_count() : 0);
}

std::string Session::trajectory() const {
  if (!episode_) return execution_error(kNoEpisode);
  if (!episode_->done())
    return execution_error("the trajectory can be read when the episode is done, not before.");
  return trajectory_message(*episode_);
}

// A notification inside a message is answered too: each message has one reply.
std::string Session::mcp(const RpcParsed& rpc) {
  if (!rpc) {
    worker_->metrics().count_request_error("JSON_RPC");
    return mcp_message(rpc_error("null", rpc.error()));
  }
  return mcp_message(on_rpc(*rpc).value_or(rpc_result("null", "{}")));
}

std::optional<std::string> Session::on_rpc(const RpcRequest& request) {
  std::optional<RpcAnswer> answer = answer_rpc(request, *this);
  if (!answer) return std::nullopt;
  if (answer->failed) worker_->metrics().count_request_error("JSON_RPC");
  return std::move(answer->text);
}

}  // namespace sqlenv
