// The reader of JSON and Python literals in answers: numbers, strings in either quote, true, false
// and null in both languages' spelling, lists and tuples nested at most two deep. Inside a list it
// also takes infinities, SQL's x'…' for blobs, and words without quotes, which get no type. For
// core/verify alone.
#pragma once

#include <optional>
#include <string_view>

#include "core/verify/answer.h"

namespace sqlenv {

struct Literal {
  bool is_list = false;
  AnswerCell cell;             // when not a list
  std::vector<Literal> items;  // when a list
};

// None if `text` is not exactly one literal.
std::optional<Literal> read_literal(std::string_view text);

// "inf" or "Infinity" in any case, with or without a sign.
std::optional<double> infinity_word(std::string_view text);

}  // namespace sqlenv
