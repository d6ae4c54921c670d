// Questions for databases that come without any.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/task/pack.h"
#include "core/task/question.h"

namespace sqlenv {

// At most `count` questions about a database, made from its schema and contents; equal databases
// give equal questions. Fewer, or none, if the database holds too little to ask about.
Result<std::vector<Question>> questions_about(const PackDatabase& database, int count);

}  // namespace sqlenv
