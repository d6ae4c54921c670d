// The reader of JSON and Python literals in answers: numbers, strings in either quote, true, false
// and null in both languages' spelling, lists, tuples and objects nested at most two deep. Inside
// them it also takes infinities, SQL's x'…' for blobs, and words without quotes, which get no type.
// For core/verify alone.
#pragma once

#include <optional>
#include <string_view>

#include "core/verify/answer.h"

namespace sqlenv {

struct Literal {
  bool is_list = false;           // or an object
  AnswerCell cell;                // when not a list
  std::vector<Literal> items;     // when a list or an object
  std::vector<std::string> keys;  // when an object: of its items; else empty

  bool is_object() const { return !keys.empty(); }
};

// None if `text` is not exactly one literal.
std::optional<Literal> read_literal(std::string_view text);

// "inf" or "Infinity" in any case, with or without a sign.
std::optional<double> infinity_word(std::string_view text);

}  // namespace sqlenv
