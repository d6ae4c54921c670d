// Completions of language models: the first byte picks the dialect and whether the input is a
// completion's text, a tool's arguments or the whole reply of a server. Reading never fails and
// gives the same twice; what is read can be played, and the next request is JSON.
#include "core/agent/agent_episode.h"
#include "core/wire/model_json.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

Observation first_observation() {
  Observation first;
  first.question = "How many pets?";
  first.schema_info = "Tables: pet, student, order items";
  first.budget_remaining = 15;
  return first;
}

ModelCompletion completion_of(std::uint8_t choice, std::string text) {
  if ((choice & 8) != 0) {
    const Result<ModelReply> reply = read_model_reply(text);
    SQLENV_CHECK(reply || !reply.error().message.empty());
    return reply ? reply->completion : ModelCompletion{};
  }
  ModelCompletion completion;
  completion.cut = (choice & 4) != 0;
  if ((choice & 2) != 0) completion.tool_calls = {{"1", "query", std::move(text)}};
  else completion.text = std::move(text);
  return completion;
}

// Ill-formed UTF-8 is replaced when it is written, so only what was read back must be stable.
void check_kept(const ModelCompletion& completion) {
  const std::string written = completion_json(completion);
  fuzz::check_json(written);
  const std::optional<ModelCompletion> kept = parse_completion(written);
  SQLENV_CHECK(kept && completion_json(*kept) == written);
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  if (size == 0) return 0;
  const ModelCompletion completion =
      completion_of(data[0], std::string(fuzz::text_of(data + 1, size - 1)));
  AgentEpisode agent((data[0] & 1) != 0 ? Dialect::kChat : Dialect::kCompact, first_observation());
  check_kept(completion);
  const ReadCompletion read = agent.read(completion);
  SQLENV_CHECK(read.action == agent.read(completion).action);
  SQLENV_CHECK(read.readable == (read.action.action_type != kUnreadable));
  SQLENV_CHECK(read.readable == read.message.empty());
  SQLENV_CHECK(action_kind(read.action.action_type).has_value() == read.readable);
  const std::size_t before = agent.prompt().size();
  Observation seen = first_observation();
  seen.error = "SYNTAX: no";
  agent.add(completion, read, seen);
  SQLENV_CHECK(agent.messages().empty() != agent.prompt().empty());
  SQLENV_CHECK(agent.prompt().empty() || agent.prompt().size() > before);
  fuzz::check_json(model_request_json(agent, {}));
  return 0;
}
