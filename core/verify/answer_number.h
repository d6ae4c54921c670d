// Numbers as people write them: "1,234.5", "$3", "-€ 3", "12 %", "(40)" for -40.
#pragma once

#include <optional>
#include <string_view>

#include "core/sql/value.h"

namespace sqlenv {

// An integer if it is written as one and fits, else a real. None if it is not a number; NaN is
// none. The text's own digits count: 12 % is 12.
std::optional<Value> parse_number_value(std::string_view text);
std::optional<double> parse_number(std::string_view text);

}  // namespace sqlenv
