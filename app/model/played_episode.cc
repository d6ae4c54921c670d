#include "app/model/played_episode.h"

#include <utility>

#include "core/base/check.h"
#include "core/base/text.h"

namespace sqlenv {

PlayedEpisode::PlayedEpisode(Episode episode, Dialect dialect)
    : episode_(std::move(episode)), agent_(dialect, episode_.first().observation) {}

void PlayedEpisode::play(const ModelReply& reply) {
  SQLENV_CHECK(!done());
  const ReadCompletion read = agent_.read(reply.completion);
  const StepResult result = episode_.step(read.action);
  agent_.add(reply.completion, read, result.observation);
  ++counts_.turns;
  counts_.prompt_tokens += reply.prompt_tokens;
  counts_.completion_tokens += reply.completion_tokens;
  counts_.unreadable += read.readable ? 0 : 1;
  counts_.several += read.several ? 1 : 0;
  counts_.cut += reply.completion.cut ? 1 : 0;
  const std::string key = to_upper(read.action.action_type) + " " + read.action.argument;
  counts_.repeats += played_.insert(key).second ? 0 : 1;
  turns_.push_back(reply);
}

std::optional<std::string> PlayedEpisode::answer() const {
  if (!episode_.verdict()) return std::nullopt;
  return episode_.steps().back().action.argument;
}

}  // namespace sqlenv
