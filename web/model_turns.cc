// A function that the module for node exports beside those of core_api.cc: an episode as a language
// model meets it, from completions that were recorded.
#include <emscripten/emscripten.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "core/agent/agent_episode.h"
#include "core/agent/grammar.h"
#include "core/base/text.h"
#include "core/wire/episode_json.h"
#include "core/wire/json_writer.h"
#include "core/wire/model_json.h"
#include "web/answer.h"
#include "web/script_api.h"

namespace sqlenv::web {
namespace {

// One line: what a server is asked, and what is read from the completion.
std::string turn_json(const std::string& request, const ReadCompletion& read) {
  JsonWriter json;
  json.begin_object();
  json.member("request", request);
  json.key("action").raw(action_json(read.action));
  json.member("readable", read.readable);
  json.member("several", read.several);
  json.member("message", read.message);
  json.end_object();
  return json.take() + "\n";
}

std::string play_turns(Episode& episode, Dialect dialect, std::string_view completions) {
  AgentEpisode agent(dialect, episode.first().observation);
  ModelOptions options;
  options.seed = episode.options().seed;
  if (dialect == Dialect::kCompact) options.grammar = compact_grammar(agent.tables());
  std::string out;
  while (!completions.empty() && !episode.done()) {
    const std::string_view line = completions.substr(0, completions.find('\n'));
    completions.remove_prefix(std::min(line.size() + 1, completions.size()));
    const std::optional<ModelCompletion> completion = parse_completion(line);
    if (!completion) return error_json("BAD_JSON", "a line is no completion.");
    const ReadCompletion read = agent.read(*completion);
    out += turn_json(model_request_json(agent, options), read);
    agent.add(*completion, read, episode.step(read.action).observation);
  }
  JsonWriter json;
  json.begin_object();
  json.member("prompt", agent.prompt());
  json.key("messages").raw(messages_json(agent.messages()));
  json.end_object();
  return out + json.take() + "\n";
}

}  // namespace
}  // namespace sqlenv::web

using namespace sqlenv;

extern "C" {

// Plays an episode with `options` (a reset's) from `completions`, one a line as completion_json()
// writes them. Answers a line for each turn, then one with what the model has before it at the end.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_model_turns(const char* options, std::size_t options_size,
                                                    const char* dialect, std::size_t dialect_size,
                                                    const char* completions,
                                                    std::size_t completions_size) {
  Result<Episode> episode = web::script_api().start({options, options_size}, false);
  if (!episode) return web::hand_over(web::error_json(episode.error()));
  const std::optional<Dialect> found = find_dialect({dialect, dialect_size});
  if (!found) return web::hand_over(web::error_json("BAD_OPTION", "there is no such dialect."));
  return web::hand_over(web::play_turns(*episode, *found, {completions, completions_size}));
}

}  // extern "C"
