// Makes questions for databases that have none.
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
  std::string shortfall;  // why there are too few; empty if there are enough
};

// At most `count` questions about a database, made from its schema and contents
// (task/question_generator.h) with a fixed seed: equal databases give equal questions. `made` is
// called with their number so far; if it returns true, the work ends with TIMEOUT.
// REQUIRES: count > 0.
Result<MadeQuestions> questions_about(const PackDatabase& database, int count,
                                      const std::function<bool(int)>& made = {});

}  // namespace sqlenv
