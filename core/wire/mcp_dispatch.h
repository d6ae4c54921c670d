// Answers requests of MCP with the episode of one session, whatever carries them: a WebSocket, HTTP
// or the standard streams. Belongs to the thread of its ToolPlayer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/wire/mcp.h"

namespace sqlenv {

// Plays what the tools ask for. Holds at most one episode.
class ToolPlayer {
 public:
  virtual ~ToolPlayer() = default;

  // Begins an episode in place of the one before. On an error nothing changes.
  virtual Result<void> begin(const ResetRequest& request) = 0;

  // The episode; null before the first reset.
  virtual const Episode* episode() const = 0;

  // Plays a step. REQUIRES: episode() is not null.
  virtual StepResult play(const Action& action) = 0;

  // Says what to do where a tool needs an episode and there is none.
  virtual std::string_view no_episode() const {
    return "there is no episode in this session: call the tool reset first.";
  }
};

struct RpcAnswer {
  std::string text;     // one line of JSON
  bool failed = false;  // whether it is an error of JSON-RPC; a wrong action is none
};

// The answer to initialize, ping, tools/list and tools/call, and kRpcMethodNotFound for any other
// method. None to a notification. Passes on what the player throws.
std::optional<RpcAnswer> answer_rpc(const RpcRequest& request, ToolPlayer& player);

}  // namespace sqlenv
