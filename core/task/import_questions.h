// Questions for databases that come without any.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/task/pack.h"
#include "core/task/question.h"

namespace sqlenv {

struct MadeQuestions {
  std::vector<Question> questions;
  std::string shortfall;  // why there are fewer than asked for; empty if there are not
};

// At most `count` questions about a database, made from its schema and contents
// (task/question_generator.h) with a fixed seed: equal databases give equal questions. `made` is
// told how many there are so far; returning true stops the work with TIMEOUT. REQUIRES: count > 0.
Result<MadeQuestions> questions_about(const PackDatabase& database, int count,
                                      const std::function<bool(int)>& made = {});

}  // namespace sqlenv
