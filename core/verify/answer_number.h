// Numbers as people write them: "1,234.5", "$3", "-€ 3", "12 %", "(40)" for -40.
#pragma once

#include <optional>
#include <string_view>

#include "core/sql/value.h"

namespace sqlenv {

// An integer if it is written as one and fits, else a real. A percent sign changes nothing: 12 % is
// 12. None if the text is no number, or NaN.
std::optional<Value> parse_number_value(std::string_view text);
std::optional<double> parse_number(std::string_view text);

}  // namespace sqlenv
