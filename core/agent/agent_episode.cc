#include "core/agent/agent_episode.h"

#include "core/agent/compact_text.h"
#include "core/agent/last_result.h"
#include "core/base/text.h"
#include "core/policy/schema_view.h"

namespace sqlenv {
namespace {

// What is kept of a turn: a model that never stops must not fill every later prompt.
constexpr std::size_t kTurnBytes = 4000;

std::string problem_of(const ReadCompletion& read) {
  return read.readable ? "" : std::string(kUnreadable) + ": " + read.message;
}

}  // namespace

AgentEpisode::AgentEpisode(Dialect dialect, const Observation& first) {
  context_.dialect = dialect;
  const SchemaView schema = SchemaView::from_schema_info(first.schema_info);
  for (const SeenTable& table : schema.tables()) context_.tables.push_back(table.name);
  if (dialect == Dialect::kCompact) prompt_ = compact_opening(first);
  else messages_ = chat_opening(first);
}

ReadCompletion AgentEpisode::read(const ModelCompletion& completion) const {
  return read_completion(completion, context_);
}

void AgentEpisode::add(const ModelCompletion& completion, const ReadCompletion& read,
                       const Observation& observation) {
  if (dialect() == Dialect::kCompact) add_line(completion, read, observation);
  else add_messages(completion, read, observation);
  if (action_kind(read.action.action_type) == ActionKind::kQuery && observation.error.empty())
    context_.last_answer = answer_from_result(observation.result);
}

void AgentEpisode::add_line(const ModelCompletion& completion, const ReadCompletion& read,
                            const Observation& observation) {
  // A line in the place of no text would be an example to follow.
  const bool wrote = read.readable || !trim(completion.text).empty();
  if (wrote) prompt_ += compact_action(read.action) + "\n";
  if (read.readable) prompt_ += compact_observation(read.action, observation);
  else prompt_ += compact_error(problem_of(read));
}

void AgentEpisode::add_messages(const ModelCompletion& completion, const ReadCompletion& read,
                                const Observation& observation) {
  const std::string seen = chat_observation(observation, problem_of(read));
  ChatMessage turn{"assistant", shorten(completion.text, kTurnBytes), {}, ""};
  if (completion.tool_calls.empty()) {
    // Servers refuse an assistant's message without any text.
    if (turn.content.empty()) turn.content = read.action.argument;
    messages_.push_back(std::move(turn));
    messages_.push_back({"user", seen, {}, ""});
    return;
  }
  // Calls after the first are not played, and a call without an answer is an error to servers.
  turn.tool_calls.push_back(completion.tool_calls.front());
  const std::string id = turn.tool_calls.front().id;
  messages_.push_back(std::move(turn));
  messages_.push_back({"tool", seen, {}, id});
}

}  // namespace sqlenv
