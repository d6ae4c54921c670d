// Session: what one client plays, without a connection. A message in, at most one reply out.
//
// Holds at most one episode; a reset, by message or as a tool, replaces it. Whatever a client sends
// is answered, and only a "close" or a message that is not of the protocol at all ends the
// conversation. Belongs to the thread of its Worker, which outlives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/server/watch.h"
#include "app/server/worker.h"
#include "core/wire/protocol.h"

namespace sqlenv {

struct SessionReply {
  std::optional<std::string> text;
  bool close = false;  // close the connection (1000) after the text, if there is one
};

class Session {
 public:
  // `shown`: on the worker's board, if it has one.
  explicit Session(Worker& worker, bool shown = true)
      : worker_(&worker), board_(shown ? worker.board() : nullptr) {}

  SessionReply on_text(std::string_view text) { return on_message(parse_client_message(text)); }
  SessionReply on_message(const ProtocolResult<ClientMessage>& message);
  SessionReply on_binary() const;

  // The answer to a request of MCP; none to a notification. The methods that make and end sessions
  // are not known here: see session_methods.h.
  std::optional<std::string> on_rpc(const RpcRequest& request);

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
  std::string rpc_failure(const std::string& id, const RpcError& error) const;
  std::string call_tool(const RpcRequest& request);
  StepResult play(const Action& action);
  Result<void> begin(const ResetRequest& request);

  Worker* worker_;
  WatchBoard* board_;
  std::optional<Episode> episode_;
  std::optional<std::string> episode_id_;
  Watched watched_;
};

}  // namespace sqlenv
