// Reads the action out of what a language model wrote.
//
// Models write an action with prose around it, in fences, as JSON or half of it, as a call, as XML,
// in other languages, several at once, or over and over. The first action counts. A completion
// without one becomes an action of the type UNREADABLE with a message that says what to write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/agent/completion.h"
#include "core/agent/dialect.h"

namespace sqlenv {

struct ReaderContext {
  Dialect dialect = Dialect::kCompact;     // single letters name actions in the compact one alone
  std::vector<std::string> tables;         // of the database
  std::optional<std::string> last_answer;  // the last query's result as an answer, for "A ="
};

// Pure: equal arguments give equal results. At most the first 64 KiB of the text are read.
ReadCompletion read_completion(const ModelCompletion& completion, const ReaderContext& context);

}  // namespace sqlenv
