// SQL as text to look at: its tokens, and where to break long statements. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv::ui {

enum class TokenKind { kSpace, kKeyword, kFunction, kName, kString, kNumber, kComment, kSign };

struct Token {
  TokenKind kind = TokenKind::kSpace;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Covers every byte of `sql`, in order. Never fails: an open string or comment reaches to the end.
std::vector<Token> tokenize_sql(std::string_view sql);

// The statement on several lines: each main clause begins one, and a line longer than `columns`
// bytes is broken at a blank. Changes white space alone, and none inside strings or comments.
std::string laid_out_sql(std::string_view sql, std::size_t columns);

// For an editor: where a line has more than `columns` characters, a soft break stands in the place
// of a blank, so that nothing else moves. Earlier soft breaks are blanks again.
inline constexpr char kSoftBreak = '\v';
std::string soft_wrapped(std::string text, std::size_t columns);
std::string without_soft_breaks(std::string text);

// Text with lines of at most `columns` characters, broken anywhere.
std::string broken_text(std::string_view text, std::size_t columns);

}  // namespace sqlenv::ui
