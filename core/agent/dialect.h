// Dialect: the form in which an episode is written for a language model.
//
// A dialect is a contract with the models that were trained on it, so its version changes with any
// byte of what it writes.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace sqlenv {

enum class Dialect {
  kCompact,  // one line an action, one line a table: for small models that continue a text
  kChat      // a system text, messages and tools: for instruction-tuned models
};

inline constexpr std::array kDialects = {Dialect::kCompact, Dialect::kChat};

// "compact" or "chat".
std::string_view dialect_name(Dialect dialect);

// The name with the version, such as "compact/1".
std::string_view dialect_version(Dialect dialect);

// None if `name` is neither a name nor a name with the version that is current.
std::optional<Dialect> find_dialect(std::string_view name);

}  // namespace sqlenv
