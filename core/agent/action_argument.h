// The argument of an action, taken out of what a language model wrote around it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/episode/action.h"

namespace sqlenv {

// Whether `text` begins as a query does: SELECT, WITH or VALUES, and not as a sentence that begins
// with such a word.
bool begins_as_sql(std::string_view text);

// Removes what stands around a table, a query or an answer: quotes, fences, names of parameters, a
// table's article. A table is written as in `tables`. None if `text` is a sentence that holds no
// argument. What was given in `text` as an answer stays as it is but for blanks around it.
std::optional<std::string> clean_argument(ActionKind kind, std::string_view text,
                                          const std::vector<std::string>& tables);

}  // namespace sqlenv
