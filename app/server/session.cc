#include "app/server/session.h"

namespace sqlenv {
namespace {

std::string execution_error(std::string message) {
  return error_message({"EXECUTION_ERROR", std::move(message), {}});
}

const char kNoEpisode[] =
    "there is no episode on this connection: send {\"type\": \"reset\"} first. A client that "
    "reconnected has lost its episode and starts a new one.";

}  // namespace

SessionReply Session::on_binary() const {
  return {error_message({"SESSION_ERROR", "messages are JSON in text frames, not binary.", {}}),
          true};
}

SessionReply Session::on_text(std::string_view text) {
  const ProtocolResult<ClientMessage> message = parse_client_message(text);
  if (!message) return {error_message(message.error()), message.error().code == "SESSION_ERROR"};
  switch (message->kind) {
    case ClientMessage::Kind::kReset: return {reset(*message)};
    case ClientMessage::Kind::kStep: return {step(*message)};
    case ClientMessage::Kind::kState: return {state()};
    case ClientMessage::Kind::kTrajectory: return {trajectory()};
    case ClientMessage::Kind::kClose: break;
  }
  return {std::nullopt, true};
}

std::string Session::reset(const ClientMessage& message) {
  Result<Episode> episode = worker_->reset(message.reset);
  if (!episode) return error_message(reset_error(episode.error()));
  episode_ = std::move(*episode);
  episode_id_ = message.reset.episode_id ? *message.reset.episode_id : worker_->new_episode_id();
  return observation_message(episode_->first());
}

std::string Session::step(const ClientMessage& message) {
  if (!episode_) return execution_error(kNoEpisode);
  return observation_message(worker_->step(*episode_, message.action));
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

}  // namespace sqlenv
