// The texts of a client of the API server: the requests that it makes and the replies that it
// reads. A member that is missing in a reply is empty; a text that is no reply at all gives none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/episode/episode.h"
#include "core/wire/watch_json.h"

namespace sqlenv {

// Requests of MCP. `session` is the id that the reply to session_create_request() gives.
std::string session_create_request();
std::string session_close_request(std::string_view session);
std::string ping_request(std::string_view session);
std::string reset_request(std::string_view session, const ResetOptions& options);
std::string step_request(std::string_view session, const Action& action);

struct RpcReply {
  int error_code = 0;  // 0: it is a result
  std::string error;
  std::string session_id;          // of session_create_request()
  std::optional<StepResult> step;  // of reset_request() and step_request(): what an agent may read
};
std::optional<RpcReply> read_rpc_reply(std::string_view text);

// Reads {"detail": "..."}, why a request was refused. Empty if there is none.
std::string read_detail(std::string_view text);

struct WatchReply {
  std::string server;
  std::vector<WatchedSession> sessions;  // one, if it is not a list
};
std::optional<WatchReply> read_watch_reply(std::string_view text);

}  // namespace sqlenv
