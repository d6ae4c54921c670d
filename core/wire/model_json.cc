#include "core/wire/model_json.h"

#include <algorithm>
#include <vector>

#include "core/agent/worked_examples.h"
#include "core/base/text.h"
#include "core/base/visible_text.h"
#include "core/wire/json.h"
#include "core/wire/json_writer.h"
#include "core/wire/mcp_request.h"
#include "core/wire/schemas.h"

namespace sqlenv {
namespace {

constexpr std::size_t kShownBytes = 120;  // of a reply that is no completion

// More calls of one turn are not kept: the first alone is played.
constexpr std::size_t kMostCalls = 8;

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  std::string out;
  if (value.is_array())
    for (const Json& part : value) out += string_member(part, "text");
  return out;
}

std::string arguments_of(const Json& function) {
  const Json* value = member(function, "arguments");
  if (value == nullptr || value->is_null()) return "";
  return value->is_string() ? value->get<std::string>() : write_json(*value);
}

// Adds a call, or the next piece of the one with the same number.
void add_call(const Json& call, std::vector<ModelToolCall>& calls) {
  const Json* function = member(call, "function");
  if (function == nullptr) function = &call;
  const Json* index = member(call, "index");
  const std::size_t at =
      index != nullptr ? number_member<std::size_t>(call, "index") : calls.size();
  if (at >= kMostCalls) return;
  if (at >= calls.size()) calls.resize(at + 1);
  ModelToolCall& added = calls[at];
  if (added.id.empty()) added.id = string_member(call, "id");
  added.name += string_member(*function, "name");
  added.arguments += arguments_of(*function);
}

// A message, or a piece of a streamed one.
void add_message(const Json& message, ModelReply& out) {
  ModelCompletion& completion = out.completion;
  if (const Json* content = member(message, "content")) completion.text += text_of(*content);
  for (const char* name : {"reasoning_content", "reasoning"})  // some servers send both
    if (const Json* thoughts = member(message, name);
        thoughts != nullptr && thoughts->is_string()) {
      out.thoughts += thoughts->get<std::string>();
      break;
    }
  if (const Json* calls = member(message, "tool_calls"); calls != nullptr && calls->is_array())
    for (const Json& call : *calls) add_call(call, completion.tool_calls);
  if (const Json* call = member(message, "function_call"); call != nullptr && call->is_object())
    add_call({{"index", 0}, {"function", *call}}, completion.tool_calls);
}

// Adds what `reply` holds; false if it holds no choice.
bool add_reply(const Json& reply, ModelReply& out) {
  if (const Json* usage = member(reply, "usage"); usage != nullptr && usage->is_object()) {
    out.prompt_tokens = number_member<std::int64_t>(*usage, "prompt_tokens");
    out.completion_tokens = number_member<std::int64_t>(*usage, "completion_tokens");
  }
  const Json* choices = member(reply, "choices");
  if (choices == nullptr || !choices->is_array() || choices->empty()) return false;
  const Json& choice = choices->front();
  bool any = false;
  for (const char* name : {"message", "delta"})
    if (const Json* message = member(choice, name); message != nullptr && message->is_object()) {
      add_message(*message, out);
      any = true;
    }
  if (const Json* text = member(choice, "text"); text != nullptr && text->is_string()) {
    out.completion.text += text->get<std::string>();
    any = true;
  }
  if (string_member(choice, "finish_reason") == "length") out.completion.cut = true;
  return any;
}

// Reads "data: {…}" lines, which end with "data: [DONE]".
bool add_stream(std::string_view body, ModelReply& out) {
  constexpr std::string_view kData = "data:";
  bool any = false;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    const std::string_view line = trim(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.substr(0, kData.size()) != kData) continue;
    if (const std::optional<Json> piece = parse_json(trim(line.substr(kData.size()))))
      any = add_reply(*piece, out) || any;
  }
  return any;
}

// Later requests hold the calls, and servers refuse one without an id or a name.
void complete_calls(std::vector<ModelToolCall>& calls) {
  calls.erase(std::remove_if(calls.begin(), calls.end(),
                             [](const ModelToolCall& call) { return call.name.empty(); }),
              calls.end());
  for (std::size_t i = 0; i < calls.size(); ++i)
    if (calls[i].id.empty()) calls[i].id = "call_" + std::to_string(i);
}

void write_calls(const std::vector<ModelToolCall>& calls, JsonWriter& json) {
  json.key("tool_calls").begin_array();
  for (const ModelToolCall& call : calls) {
    json.begin_object();
    json.member("id", call.id);
    json.member("type", "function");
    json.key("function").begin_object();
    json.member("name", call.name);
    json.member("arguments", call.arguments);
    json.end_object();
    json.end_object();
  }
  json.end_array();
}

// llama.cpp reads the first member and vLLM the second; each ignores the other's.
void write_grammar(const std::string& grammar, JsonWriter& json) {
  json.member("grammar", grammar);
  json.key("structured_outputs").begin_object();
  json.member("grammar", grammar);
  json.end_object();
}

}  // namespace

std::string_view model_path(Dialect dialect) {
  return dialect == Dialect::kCompact ? "completions" : "chat/completions";
}

std::int64_t default_max_tokens(Dialect dialect) {
  return dialect == Dialect::kCompact ? 256 : 1024;
}

std::string model_tools_json() {
  JsonWriter json;
  json.begin_array();
  for (const McpTool& tool : kMcpTools) {
    if (tool.action_type.empty()) continue;  // reset is not the agent's
    json.begin_object();
    json.member("type", "function");
    json.key("function").begin_object();
    json.member("name", tool.name);
    json.member("description", tool_description(tool.name));
    json.key("parameters").raw(tool_input_schema(tool.name));
    json.end_object();
    json.end_object();
  }
  json.end_array();
  return json.take();
}

std::string messages_json(const std::vector<ChatMessage>& messages) {
  JsonWriter json;
  json.begin_array();
  for (const ChatMessage& message : messages) {
    json.begin_object();
    json.member("role", message.role);
    json.member("content", message.content);
    if (!message.tool_calls.empty()) write_calls(message.tool_calls, json);
    if (message.role == "tool") json.member("tool_call_id", message.tool_call_id);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

std::string model_request_json(const AgentEpisode& episode, const ModelOptions& options) {
  JsonWriter json;
  json.begin_object();
  if (!options.model.empty()) json.member("model", options.model);
  if (episode.dialect() == Dialect::kCompact) {
    const std::string examples(options.examples ? compact_examples() : "");
    json.member("prompt", examples + episode.prompt());
    json.key("stop").begin_array();
    json.value(AgentEpisode::stop());
    json.end_array();
  } else {
    json.key("messages").raw(messages_json(episode.messages()));
    json.key("tools").raw(model_tools_json());
  }
  if (options.max_tokens > 0) json.member("max_tokens", options.max_tokens);
  if (options.temperature) json.key("temperature").fixed(*options.temperature, 3);
  if (options.seed) json.member("seed", *options.seed);
  if (!options.grammar.empty()) write_grammar(options.grammar, json);
  json.member("stream", false);
  json.end_object();
  return json.take();
}

Result<ModelReply> read_model_reply(std::string_view body) {
  ModelReply out;
  const std::string_view text = trim(body);
  const std::optional<Json> reply = parse_json(text);
  const bool any = reply ? add_reply(*reply, out) : add_stream(text, out);
  if (!any) {
    const std::string refusal = read_model_refusal(text);
    if (!refusal.empty()) return fail(ErrorCode::kBadModelReply, refusal);
    return fail(ErrorCode::kBadModelReply,
                text.empty() ? "The server sent an empty reply."
                             : "The server's reply is not a completion: " +
                                   shorten(visible_controls(collapse_spaces(text)), kShownBytes));
  }
  complete_calls(out.completion.tool_calls);
  return out;
}

std::string read_model_refusal(std::string_view body) {
  const std::optional<Json> reply = parse_json(trim(body));
  if (!reply) return "";
  if (const Json* error = member(*reply, "error")) {
    const std::string message = string_member(*error, "message");
    if (!message.empty()) return message;
    if (error->is_string()) return error->get<std::string>();
  }
  for (const char* name : {"message", "detail"})
    if (std::string message = string_member(*reply, name); !message.empty()) return message;
  return "";
}

std::string completion_json(const ModelCompletion& completion) {
  JsonWriter json;
  json.begin_object();
  json.member("text", completion.text);
  if (!completion.tool_calls.empty()) {
    json.key("tool_calls").begin_array();
    for (const ModelToolCall& call : completion.tool_calls) {
      json.begin_object();
      json.member("id", call.id);
      json.member("name", call.name);
      json.member("arguments", call.arguments);
      json.end_object();
    }
    json.end_array();
  }
  if (completion.cut) json.member("cut", true);
  json.end_object();
  return json.take();
}

std::optional<ModelCompletion> parse_completion(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json || !json->is_object()) return std::nullopt;
  const Json* written = member(*json, "text");
  if (written == nullptr || !written->is_string()) return std::nullopt;
  ModelCompletion out{written->get<std::string>(), {}, flag_member(*json, "cut")};
  if (const Json* calls = member(*json, "tool_calls"); calls != nullptr && calls->is_array())
    for (const Json& call : *calls)
      out.tool_calls.push_back({string_member(call, "id"), string_member(call, "name"),
                                string_member(call, "arguments")});
  return out;
}

}  // namespace sqlenv
