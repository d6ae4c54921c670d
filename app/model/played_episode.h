// PlayedEpisode: an episode that a language model plays, completion by completion.
//
// A value for one thread, like the episode in it. Equal completions give equal episodes, whether
// they come from a server or from a file.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/agent/agent_episode.h"
#include "core/episode/episode.h"
#include "core/policy/model_evaluation.h"
#include "core/wire/model_json.h"

namespace sqlenv {

class PlayedEpisode {
 public:
  PlayedEpisode(Episode episode, Dialect dialect);

  // Plays the action that is read from the completion. REQUIRES: !done().
  void play(const ModelReply& reply);

  bool done() const { return episode_.done(); }
  const Episode& episode() const { return episode_; }
  const AgentEpisode& agent() const { return agent_; }
  const std::vector<ModelReply>& turns() const { return turns_; }
  const ModelTurns& counts() const { return counts_; }

  // The argument of the last ANSWER; none if there was none.
  std::optional<std::string> answer() const;

 private:
  Episode episode_;
  AgentEpisode agent_;
  std::vector<ModelReply> turns_;
  ModelTurns counts_;
  std::set<std::string> played_;
};

}  // namespace sqlenv
