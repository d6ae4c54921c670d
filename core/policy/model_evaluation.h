// What an evaluation of a language model counts besides what every evaluation counts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/policy/sample_tally.h"

namespace sqlenv {

// The key of Evaluation::failures for an episode that was lost since the model's server failed.
inline constexpr const char* kModelError = "MODEL_ERROR";

struct ModelTurns {
  std::int64_t turns = 0;  // completions that were played
  std::int64_t prompt_tokens = 0;
  std::int64_t completion_tokens = 0;
  std::int64_t unreadable = 0;  // held no action
  std::int64_t several = 0;     // held more actions than the first, which is played
  std::int64_t cut = 0;         // ended by the limit of tokens
  std::int64_t repeats = 0;     // their action was played before in the same episode

  std::int64_t tokens() const { return prompt_tokens + completion_tokens; }
  ModelTurns& operator+=(const ModelTurns& other);
};

// Why a run ended before all its episodes were played.
struct EarlyEnd {
  std::string reason;   // TOKEN_BUDGET, INTERRUPTED, or the failure of the model's server
  std::string message;  // a sentence
};

struct ModelEvaluation {
  std::string model;    // its name on the server; may be empty
  std::string dialect;  // with its version, such as "chat/1"
  std::int64_t samples = 1;
  std::int64_t planned = 0;                  // episodes
  ModelTurns counts;                         // of the episodes that were played or lost
  std::int64_t budget_spent = 0;             // episodes without an ANSWER
  std::map<std::string, std::int64_t> lost;  // episodes, by the failure of the model's server
  std::vector<PassAt> pass_at;               // empty with one sample
  Majority majority;
  std::optional<EarlyEnd> ended;
};

}  // namespace sqlenv
