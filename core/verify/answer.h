// The one parser of answers.
//
// An agent answers in text. parse_answer() turns the text into rows of cells. It knows the gold's
// width and height, which decide whether "a, b" is one cell, two rows or one row of two, and none
// of the gold's values. It reads a bare scalar; JSON or Python literals (scalars, lists, lists of
// lists or tuples); rows on lines of their own with cells between '|', tabs or commas, also as
// Markdown tables; CSV quotes; code fences; a leading "Answer:". Only literals of JSON and Python
// fix a cell's type: a bare 42 may be a number or a text, and the comparison decides by the gold
// cell. Any bytes may be given; the work is linear in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/value.h"

namespace sqlenv {

struct AnswerCell {
  std::string text;
  std::optional<Value> literal;  // set when the notation fixed the type
};

using AnswerRows = std::vector<std::vector<AnswerCell>>;

struct AnswerShape {
  std::size_t rows = 0;
  std::size_t columns = 0;
};

// None if the text begins a list or table and breaks off, such as "[1, 2".
std::optional<AnswerRows> parse_answer(std::string_view text, AnswerShape gold);

// `text` without the code fence, the "Answer:" and the blanks around it.
std::string_view answer_body(std::string_view text);

}  // namespace sqlenv
