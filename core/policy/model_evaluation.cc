#include "core/policy/model_evaluation.h"

namespace sqlenv {

ModelTurns& ModelTurns::operator+=(const ModelTurns& other) {
  turns += other.turns;
  prompt_tokens += other.prompt_tokens;
  completion_tokens += other.completion_tokens;
  unreadable += other.unreadable;
  several += other.several;
  cut += other.cut;
  repeats += other.repeats;
  return *this;
}

}  // namespace sqlenv
