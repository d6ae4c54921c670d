// The families: each draws one question with its query, or nothing if the draw does not fit.
#pragma once

#include <optional>
#include <vector>

#include "core/task/generate/compose.h"

namespace sqlenv::generate {

struct Family {
  const char* name;
  const char* meaning;
  std::optional<Candidate> (*propose)(Composer& composer);
};

// By what they ask: about single rows and counts, about amounts, about groups, about linked
// tables, about what is in one set and in another.
std::vector<Family> row_families();
std::vector<Family> order_families();
std::vector<Family> amount_families();
std::vector<Family> group_families();
std::vector<Family> link_families();
std::vector<Family> path_families();
std::vector<Family> set_families();

// All of them, in this order.
const std::vector<Family>& all_families();

}  // namespace sqlenv::generate
