// Requests to servers with OpenAI's interface for language models, and their replies, as JSON text.
//
// An episode in the compact dialect is continued by POST …/completions, one in the chat dialect by
// POST …/chat/completions with tools. Replies are read tolerantly, since servers differ: text in
// parts, arguments of tools as objects, the older function_call, and replies that are streamed
// although that was not asked for. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/agent/agent_episode.h"
#include "core/base/result.h"

namespace sqlenv {

// What a model is asked for, besides the episode's text.
struct ModelOptions {
  std::string model;                      // its name on the server; empty: none is sent
  std::optional<double> temperature = 0;  // three decimals are sent; none: the server's own
  std::int64_t max_tokens = 256;          // 0: the server's own
  std::string grammar;                    // in GBNF; empty: none
  bool examples = false;                  // begin a compact prompt with compact_examples()
  std::optional<std::uint64_t> seed;
};

// The path behind the server's address: "completions" or "chat/completions".
std::string_view model_path(Dialect dialect);

// The longest completion, in tokens, that is asked for where nobody says: 256 for a line of the
// compact dialect, 1024 for a message, with room for thoughts.
std::int64_t default_max_tokens(Dialect dialect);

// The body of the request for the next turn.
std::string model_request_json(const AgentEpisode& episode, const ModelOptions& options);

// [{"type": "function", "function": {"name", "description", "parameters"}}] of the four actions.
std::string model_tools_json();

// [{"role", "content"[, "tool_calls"][, "tool_call_id"]}]
std::string messages_json(const std::vector<ChatMessage>& messages);

struct ModelReply {
  ModelCompletion completion;
  std::string thoughts;            // that the server gives apart from the completion
  std::int64_t prompt_tokens = 0;  // 0: the server does not say
  std::int64_t completion_tokens = 0;
};

// What a server wrote with a status of 200. BAD_MODEL_REPLY, with what came instead as a sentence,
// if it holds no completion.
Result<ModelReply> read_model_reply(std::string_view body);

// Why a server refused a request, from the body of its reply. Empty if the body does not say.
std::string read_model_refusal(std::string_view body);

// A completion as it is kept in a file: {"text"[, "tool_calls": [{"id", "name", "arguments"}]][,
// "cut": true]}.
std::string completion_json(const ModelCompletion& completion);

// None if `text` is no such object.
std::optional<ModelCompletion> parse_completion(std::string_view text);

}  // namespace sqlenv
