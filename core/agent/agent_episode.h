// AgentEpisode: an episode as a language model sees it, in one dialect, from the first prompt on.
//
// It is a value that belongs to one thread. It holds only what the agent may see: the caller plays
// the actions and hands over the observations. Equal observations and completions give equal bytes.
//
//   AgentEpisode agent(Dialect::kCompact, first.observation);
//   while (!done) {
//     const ModelCompletion completion = …;  // of agent.prompt() or agent.messages()
//     const ReadCompletion read = agent.read(completion);
//     agent.add(completion, read, episode.step(read.action).observation);
//   }
#pragma once

#include <string>
#include <vector>

#include "core/agent/chat_text.h"
#include "core/agent/completion.h"
#include "core/agent/completion_reader.h"
#include "core/agent/dialect.h"
#include "core/episode/observation.h"

namespace sqlenv {

class AgentEpisode {
 public:
  AgentEpisode(Dialect dialect, const Observation& first);

  Dialect dialect() const { return context_.dialect; }

  // Of the database.
  const std::vector<std::string>& tables() const { return context_.tables; }

  // The text so far, which the model continues by a line; in the chat dialect, empty.
  const std::string& prompt() const { return prompt_; }

  // The conversation so far; in the compact dialect, empty.
  const std::vector<ChatMessage>& messages() const { return messages_; }

  // What ends a completion of the prompt, besides the model's own end: "\n".
  static const char* stop() { return "\n"; }

  // The action to play for the completion.
  ReadCompletion read(const ModelCompletion& completion) const;

  // Adds a turn: what the model wrote, what was read from it, and what it observed.
  void add(const ModelCompletion& completion, const ReadCompletion& read,
           const Observation& observation);

 private:
  void add_line(const ModelCompletion& completion, const ReadCompletion& read,
                const Observation& observation);
  void add_messages(const ModelCompletion& completion, const ReadCompletion& read,
                    const Observation& observation);

  ReaderContext context_;
  std::string prompt_;
  std::vector<ChatMessage> messages_;
};

}  // namespace sqlenv
