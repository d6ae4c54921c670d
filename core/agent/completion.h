// What a language model wrote in one turn, and the action that is read from it.
#pragma once

#include <string>
#include <vector>

#include "core/episode/action.h"

namespace sqlenv {

// A call of a tool, as chat models make it.
struct ModelToolCall {
  std::string id;
  std::string name;       // such as "query"
  std::string arguments;  // a JSON object, or what the model took for one
};

struct ModelCompletion {
  std::string text;
  std::vector<ModelToolCall> tool_calls;
  bool cut = false;  // ended by a limit of tokens
};

// The type of an action that stands for a completion without one. Played, it costs a step and is
// answered with an error, as any wrong action is.
inline constexpr const char* kUnreadable = "UNREADABLE";

struct ReadCompletion {
  Action action;
  bool readable = true;
  bool several = false;  // more actions followed, which are not played
  std::string message;   // for the model: why it is not readable
};

}  // namespace sqlenv
