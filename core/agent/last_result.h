// The text of an ANSWER made from a result as an agent is shown it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sqlenv {

// The rows of `result` as they are shown, a line each: the verifier's reader takes them, and gives
// a cell the type that the gold has there. "[]" if there are none. None if `result` is not the
// table that a QUERY is answered with. Rows that were not shown are missing.
std::optional<std::string> answer_from_result(std::string_view result);

}  // namespace sqlenv
