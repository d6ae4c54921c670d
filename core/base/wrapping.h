// What chat models put around a text that was asked for: a code fence, backticks, bold marks, a
// label such as "Answer:" or "SQL:". Pure; linear in the text.
#pragma once

#include <string_view>

namespace sqlenv {

// A cell of a table has neither fences nor labels. Only a query has quotes and a label such as
// "SQL:": an answer may be a text that looks so.
enum class Wrapped { kAnswer, kQuery, kCell };

// Takes one layer off, and blanks inside it. False if there is none.
// REQUIRES: trim(text) == text.
bool take_layer(std::string_view& text, Wrapped kind);

// The text without all layers, and trimmed. No SQL statement begins with a layer, so that a
// statement without layers is only trimmed.
std::string_view without_layers(std::string_view text, Wrapped kind);

}  // namespace sqlenv
