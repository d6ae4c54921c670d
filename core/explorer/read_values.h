// Which value an item of a question names.
#pragma once

#include <cstddef>
#include <optional>

#include "core/explorer/reading.h"

namespace sqlenv {

// The value that item `at` names, in the column that fits the words around it best.
std::optional<ValueLink> best_value(const Reading& reading, std::size_t at);

}  // namespace sqlenv
