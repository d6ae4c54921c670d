// The first action in a text, with where it ends: what completion_reader.h is made of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/agent/completion_reader.h"

namespace sqlenv {

struct FoundAction {
  ActionKind kind = ActionKind::kAnswer;
  std::string argument;
  std::size_t end = 0;  // in bytes of the text
  bool cut = false;     // the text ends inside the argument
};

// None if the call's name is no action's.
std::optional<FoundAction> action_of_call(const ModelToolCall& call, const ReaderContext& context);

// Reads the lines of `text` one after the other.
std::optional<FoundAction> first_action(std::string_view text, const ReaderContext& context);

// Reads the object at the front of `text`, which begins with '{'.
std::optional<FoundAction> action_of_json(std::string_view text, const ReaderContext& context);

// Reads the element at the front of `text`, which begins with '<'.
std::optional<FoundAction> action_of_element(std::string_view text, const ReaderContext& context);

}  // namespace sqlenv
