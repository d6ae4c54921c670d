// Whether two statements are the same row of tokens.
#pragma once

#include <string>
#include <string_view>

namespace sqlenv {

// Equal for two texts if they are the same row of tokens, words and numbers in any case: so blanks,
// comments and semicolons at the end make no difference, while quoted pieces count as written. Pure
// and linear; any bytes may be given.
std::string statement_key(std::string_view sql);

}  // namespace sqlenv
