// Completions of language models: the first byte picks the dialect and whether the text comes as a
// tool's arguments. Reading never fails and gives the same twice; what is read can be played, and
// the next prompt can be written.
#include "core/agent/agent_episode.h"
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
  ModelCompletion completion;
  completion.cut = (choice & 4) != 0;
  if ((choice & 2) != 0) completion.tool_calls = {{"1", "query", std::move(text)}};
  else completion.text = std::move(text);
  return completion;
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sqlenv;
  if (size == 0) return 0;
  const ModelCompletion completion =
      completion_of(data[0], std::string(fuzz::text_of(data + 1, size - 1)));
  AgentEpisode agent((data[0] & 1) != 0 ? Dialect::kChat : Dialect::kCompact, first_observation());
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
  return 0;
}
