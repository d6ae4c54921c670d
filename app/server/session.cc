#include "app/server/session.h"

namespace sqlenv {
namespace {

const char kNoEpisode[] =
    "there is no episode on this connection: send {\"type\": \"reset\"} first. A client that "
    "reconnected has lost its episode and starts a new one.";
const char kNoToolEpisode[] =
    "there is no episode in this session: call the tool reset first. A request without a session "
    "stands alone and has none.";

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
  if (!rpc) return mcp_message(rpc_failure("null", rpc.error()));
  return mcp_message(on_rpc(*rpc).value_or(rpc_result("null", "{}")));
}

std::string Session::rpc_failure(const std::string& id, const RpcError& error) const {
  worker_->metrics().count_request_error("JSON_RPC");
  return rpc_error(id, error);
}

std::optional<std::string> Session::on_rpc(const RpcRequest& request) {
  if (request.notification) return std::nullopt;
  if (request.method == "tools/call") return call_tool(request);
  if (request.method == "tools/list") return rpc_result(request.id, tools_json());
  if (request.method == "initialize")
    return rpc_result(request.id, initialize_json(request.protocol_version));
  if (request.method == "ping") return rpc_result(request.id, "{}");
  return rpc_failure(request.id, {kRpcMethodNotFound, "Method not found: " + request.method});
}

std::string Session::call_tool(const RpcRequest& request) {
  if (!request.call) return rpc_failure(request.id, request.call.error());
  if (!request.call->reset) {
    if (!episode_) return rpc_failure(request.id, {kRpcInternalError, kNoToolEpisode});
    return rpc_result(request.id, tool_result_json(play(request.call->action)));
  }
  const Result<void> begun = begin(*request.call->reset);
  if (!begun) return rpc_failure(request.id, {kRpcInternalError, begun.error().message});
  return rpc_result(request.id, tool_result_json(episode_->first()));
}

}  // namespace sqlenv
