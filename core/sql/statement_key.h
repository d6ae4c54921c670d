// A text that equal statements share, however they are spelled.
#pragma once

#include <string>
#include <string_view>

namespace sqlenv {

// Equal for two statements if their tokens are equal: words and numbers in any case, quoted pieces
// as written. Blanks, comments and semicolons at the end make no difference. Pure and linear; any
// bytes may be given.
std::string statement_key(std::string_view sql);

}  // namespace sqlenv
