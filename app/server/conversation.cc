#include "app/server/conversation.h"

#include <utility>

#include "app/server/session_methods.h"
#include "app/server/url.h"
#include "core/base/text.h"

namespace sqlenv {

bool is_websocket_target(std::string_view target) {
  const std::string_view path = target_path(target);
  return path == "/ws" || path == "/mcp";
}

Conversation::Conversation(Service& service, Worker& worker, std::string_view target,
                           std::string peer)
    : service_(service),
      worker_(worker),
      peer_(std::move(peer)),
      mcp_(target_path(target) == "/mcp"),
      wanted_(query_parameter(target, "session_id")),
      session_(worker),
      begun_(Clock::now()),
      last_used_(begun_) {}

std::optional<SessionReply> Conversation::begin() {
  if (!mcp_ && wanted_ && !wanted_->empty()) return attach();
  if (!service_.sessions.enter()) return refuse_place();
  place_ = Place::kOwn;
  id_ = worker_.new_episode_id();
  worker_.metrics().sessions_opened.add();
  log_begin(mcp_ ? "mcp" : "ws");
  return std::nullopt;
}

std::optional<SessionReply> Conversation::attach() {
  const SessionStore::Attached attached = service_.store.attach(*wanted_);
  if (attached == SessionStore::Attached::kYes) {
    place_ = Place::kAttached;
    id_ = *wanted_;
    log_begin("attached");
    return std::nullopt;
  }
  worker_.metrics().count_request_error("SESSION_ERROR");
  const std::string shown = shorten(*wanted_, 60);
  const std::string why = attached == SessionStore::Attached::kUnknown
                              ? "Unknown session_id: " + shown
                              : "Session " + shown + " already has an attached WebSocket";
  return SessionReply{error_message({"SESSION_ERROR", why, {}}), true};
}

SessionReply Conversation::refuse_place() {
  worker_.metrics().count_request_error("CAPACITY_REACHED");
  service_.log.event("session_refused", {{"peer", peer_}, {"reason", "capacity"}});
  const int limit = service_.sessions.limit();
  if (mcp_) return {rpc_error("null", rpc_capacity_error(limit, limit)), true};
  return {capacity_message(limit, limit), true};
}

void Conversation::log_begin(std::string_view kind) const {
  if (service_.log.enabled())
    service_.log.event("session_opened",
                       {{"session", id_}, {"kind", std::string(kind)}, {"peer", peer_}});
}

void Conversation::note_message() {
  ++messages_;
  last_used_ = Clock::now();
}

SessionReply Conversation::on_text(std::string_view text) {
  return mcp_ ? on_request(text) : on_message(text);
}

SessionReply Conversation::on_request(std::string_view text) {
  const RpcParsed rpc = parse_rpc(text);
  if (!rpc) {
    worker_.metrics().count_request_error("JSON_RPC");
    return {rpc_error("null", rpc.error()), rpc.error().code == kRpcServerError};
  }
  if (auto answer = answer_session_method(*rpc, id_, service_.store, service_.sessions))
    return {std::move(answer)};
  return {session_.on_rpc(*rpc)};
}

SessionReply Conversation::on_message(std::string_view text) {
  const ProtocolResult<ClientMessage> message = parse_client_message(text);
  if (message && message->kind == ClientMessage::Kind::kMcp && message->rpc) {
    auto answer = answer_session_method(*message->rpc, id_, service_.store, service_.sessions);
    if (answer) return {mcp_message(*answer)};
  }
  if (place_ != Place::kAttached) return session_.on_message(message);
  SessionReply reply{std::nullopt, true};
  service_.store.with(id_, [&](Session& session) { reply = session.on_message(message); });
  return reply;
}

SessionReply Conversation::on_binary() {
  if (!mcp_) return session_.on_binary();
  worker_.metrics().count_request_error("JSON_RPC");
  return {rpc_error("null", {kRpcServerError, "requests are JSON in text frames, not binary."}),
          true};
}

bool Conversation::resting() {
  if (place_ != Place::kAttached) return session_.resting();
  bool resting = true;
  service_.store.with(id_, [&](Session& session) { resting = session.resting(); });
  return resting;
}

std::optional<SessionEnd> Conversation::expired(Clock::time_point now) const {
  const ServerOptions& options = service_.options;
  if (options.session_lifetime.count() > 0 && now - begun_ > options.session_lifetime)
    return SessionEnd::kLifetime;
  if (options.session_idle.count() > 0 && now - last_used_ > options.session_idle)
    return SessionEnd::kIdle;
  return std::nullopt;
}

void Conversation::end(SessionEnd why) {
  const Place place = std::exchange(place_, Place::kNone);
  if (place == Place::kNone) return;
  if (place == Place::kAttached) {
    service_.store.detach(id_);
  } else {
    service_.sessions.leave();
    worker_.metrics().sessions_closed[static_cast<std::size_t>(why)].add();
  }
  if (!service_.log.enabled()) return;
  const std::chrono::duration<double> lasted = Clock::now() - begun_;
  service_.log.event("session_closed", {{"session", id_},
                                        {"reason", std::string(end_name(why))},
                                        {"seconds", lasted.count()},
                                        {"messages", messages_}});
}

}  // namespace sqlenv
