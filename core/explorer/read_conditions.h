// What the readers of conditions share: read_numbers.cc, read_values.cc, read_conditions.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/explorer/reading.h"

namespace sqlenv {

// The nearest column before item i with nothing but small words between.
std::optional<std::size_t> column_item_before(const Reading& reading, std::size_t i);

// Whether item i is said to be not so.
bool negated_before(const Reading& reading, std::size_t i);

// The operator of the opposite condition; of those that have none, the same.
std::string opposite(const std::string& op);

// A second value of one column is an alternative to the first.
void add_alternative(std::vector<Condition>& conditions, Condition condition);

// Remembers where the conditions that were just added are said.
void mark(Reading& reading, std::size_t i);

// The value that item i names, in the column that fits what is around it best.
std::optional<ValueLink> best_value(const Reading& reading, std::size_t at);

}  // namespace sqlenv
