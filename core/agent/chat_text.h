// The chat dialect: an episode as the messages of a conversation with tools.
//
// A system message explains the task and the tools describe, sample, query and answer; the first
// user message holds the question and the tables; each turn of the model is answered with what it
// observed, as a tool's message if it called a tool, else as a user's. These functions are pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/agent/completion.h"
#include "core/episode/observation.h"

namespace sqlenv {

struct ChatMessage {
  std::string role;  // system, user, assistant or tool
  std::string content;
  std::vector<ModelToolCall> tool_calls;  // of an assistant's message
  std::string tool_call_id;               // of a tool's message: the call that it answers
};

// The system message and the question.
std::vector<ChatMessage> chat_opening(const Observation& first);

// What a turn is answered with. `problem` stands for the observation's error if it is not empty.
std::string chat_observation(const Observation& observation, std::string_view problem);

}  // namespace sqlenv
