// SQL in lines: where to break long statements, and soft breaks for an editor. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sqlenv::ui {

// The statement on several lines: each main clause begins one, and a line longer than `columns`
// bytes is broken at a blank. Changes white space alone, and none inside strings or comments.
std::string laid_out_sql(std::string_view sql, std::size_t columns);

// Replaces a blank by a soft break in each line of more than `columns` characters, so that nothing
// else moves. Earlier soft breaks become blanks first.
inline constexpr char kSoftBreak = '\v';
std::string soft_wrapped(std::string text, std::size_t columns);
std::string without_soft_breaks(std::string text);

// Text with lines of at most `columns` characters, broken anywhere.
std::string broken_text(std::string_view text, std::size_t columns);

}  // namespace sqlenv::ui
