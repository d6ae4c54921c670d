// The messages of the OpenEnv protocol as text: what a client may send and what a server answers.
//
// Pure functions without a transport, so that the protocol is tested without a socket. One JSON
// object a message: {"type": "reset"|"step"|"state"|"close"|"mcp"|"trajectory", "data": {...}}
// from the client, {"type": "observation"|"state"|"mcp"|"trajectory"|"error", "data": {...}} from
// the server. "trajectory" is not of OpenEnv: it returns the finished episode as {"jsonl": "..."}.
// "mcp" carries a request of JSON-RPC and its answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/episode.h"
#include "core/wire/episode_json.h"
#include "core/wire/mcp.h"

namespace sqlenv {

// An error in a request and its place: {"type", "loc", "msg", "input"} on the wire. `type` is
// one of the names that official servers use, such as "missing" or "string_type", or "value_error".
struct FieldError {
  std::string type;
  std::vector<std::string> loc;  // the path of the member, such as {"body", "seed"}
  std::string msg;
  std::string input = "null";  // the refused value as JSON text, cut short
  std::string ctx;             // the rule's parameters as a JSON object; empty if it has none
};
using FieldErrors = std::vector<FieldError>;

struct ClientMessage {
  enum class Kind { kReset, kStep, kState, kClose, kTrajectory, kMcp };

  Kind kind = Kind::kState;
  ResetRequest reset;  // for kReset
  Action action;       // for kStep
  RpcParsed rpc;       // for kMcp
};

// `code` is the protocol's: INVALID_JSON, UNKNOWN_TYPE, VALIDATION_ERROR, EXECUTION_ERROR,
// CAPACITY_REACHED, FACTORY_ERROR or SESSION_ERROR. After SESSION_ERROR the server closes. `errors`
// goes with VALIDATION_ERROR; its loc begins with "data".
struct ProtocolError {
  std::string code;
  std::string message;
  FieldErrors errors;
};

template <class T>
using ProtocolResult = tl::expected<T, ProtocolError>;

// Any bytes are accepted, however deeply nested.
ProtocolResult<ClientMessage> parse_client_message(std::string_view text);

std::string observation_message(const StepResult& result);
std::string state_message(const std::optional<std::string>& episode_id, int step_count);
std::string trajectory_message(const Episode& episode);
std::string mcp_message(std::string_view rpc_response);
std::string error_message(const ProtocolError& error);

// The error of a failed reset on a WebSocket: VALIDATION_ERROR for the client's options, else
// EXECUTION_ERROR.
ProtocolError reset_error(const Error& error);

// CAPACITY_REACHED; after it the server closes.
std::string capacity_message(int active_sessions, int max_sessions);

// The bodies of HTTP. /reset takes the reset options, and no text or null for none; /step wraps the
// action in {"action": {...}} and may carry episode_id, timeout_s and request_id beside others.
struct StepRequest {
  Action action;
  std::optional<std::string> episode_id;
  std::optional<double> timeout_s;  // greater than 0
};

template <class T>
using BodyResult = tl::expected<T, FieldErrors>;

BodyResult<ResetRequest> parse_reset_body(std::string_view text);
BodyResult<StepRequest> parse_step_body(std::string_view text);

// {"episode_id": ..., "step_count": ...}
std::string state_json(const std::optional<std::string>& episode_id, int step_count);

// {"detail": [{"type", "loc", "msg", "input"}]}, the body of a 422.
std::string validation_error_json(const FieldErrors& errors);

// The body of a 422 for options that parsed but do not fit the catalog.
std::string validation_error_json(const Error& error);

// {"detail": "..."}, the body of a 404, 405, 413 or 500.
std::string detail_json(std::string_view detail);

// {"name", "description", "readme_content", "version", "author", "documentation_url"}
std::string metadata_json();

}  // namespace sqlenv
