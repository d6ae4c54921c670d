// Session: one client's play, without a connection. A message in, at most one reply out.
//
// Holds at most one episode; a reset, by message or as a tool, replaces it. Every message is
// answered, and only a "close" or a message outside of the protocol ends the conversation. Belongs
// to the thread of its Worker, which outlives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/server/watch.h"
#include "app/server/worker.h"
#include "core/wire/mcp_dispatch.h"
#include "core/wire/protocol.h"

namespace sqlenv {

struct SessionReply {
  std::optional<std::string> text;
  bool close = false;  // close the connection (1000) after the text, if there is one
};

class Session : public ToolPlayer {
 public:
  // `shown`: whether it appears on the worker's board, if there is one.
  explicit Session(Worker& worker, bool shown = true)
      : worker_(&worker), board_(shown ? worker.board() : nullptr) {}

  SessionReply on_text(std::string_view text) { return on_message(parse_client_message(text)); }
  SessionReply on_message(const ProtocolResult<ClientMessage>& message);
  SessionReply on_binary() const;

  // The answer to a request of MCP; none to a notification. Another file answers the methods that
  // begin and end sessions (session_methods.h).
  std::optional<std::string> on_rpc(const RpcRequest& request);

  Result<void> begin(const ResetRequest& request) override;

  // Plays a step, whose query is stopped after `limit` at the latest. REQUIRES: episode() is not
  // null.
  StepResult play(const Action& action, std::optional<std::chrono::milliseconds> limit);
  StepResult play(const Action& action) override { return play(action, std::nullopt); }

  const Episode* episode() const override { return episode_ ? &*episode_ : nullptr; }

  std::string_view no_episode() const override {
    return "there is no episode in this session: call the tool reset first. A request without a "
           "session stands alone and has none.";
  }

  // Whether no episode is under way.
  bool resting() const { return !episode_ || episode_->done(); }

 private:
  std::string reset(const ClientMessage& message);
  std::string step(const ClientMessage& message);
  std::string state() const;
  std::string trajectory() const;
  std::string mcp(const RpcParsed& rpc);
  std::string error(const ProtocolError& error) const;
  std::string execution_error(std::string message) const;

  Worker* worker_;
  WatchBoard* board_;
  std::optional<Episode> episode_;
  std::optional<std::string> episode_id_;
  Watched watched_;
  std::uint64_t turn_ = 0;  // names the state of the episode
};

}  // namespace sqlenv
