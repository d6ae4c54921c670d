// Helpers of the steps that read conditions: read_numbers.cc, read_values.cc, read_conditions.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/explorer/reading.h"

namespace sqlenv {

// The nearest column before item i with only small words between.
std::optional<std::size_t> column_item_before(const Reading& reading, std::size_t i);

// Whether a negation stands before item i.
bool negated_before(const Reading& reading, std::size_t i);

// The operator of the opposite condition; the same operator if it has no opposite.
std::string opposite(const std::string& op);

// Adds a condition. A second value of the same column becomes an alternative to the first.
void add_alternative(std::vector<Condition>& conditions, Condition condition);

// Notes that the conditions just added were read at item i.
void mark(Reading& reading, std::size_t i);

}  // namespace sqlenv
