// The families: each draws one question with its query, or nothing if the draw does not fit.
#pragma once

#include <optional>
#include <vector>

#include "core/task/generate/question_draft.h"

namespace sqlenv::generate {

struct Family {
  const char* name;
  const char* meaning;
  std::optional<Candidate> (*propose)(Composer& composer);
};

// By what they ask: about single rows and counts, about amounts, about groups, about linked
// tables, about what is in one set and in another.
std::vector<Family> row_templates();
std::vector<Family> order_templates();
std::vector<Family> amount_templates();
std::vector<Family> group_templates();
std::vector<Family> link_templates();
std::vector<Family> path_templates();
std::vector<Family> set_templates();

// All of them, in this order.
const std::vector<Family>& all_templates();

}  // namespace sqlenv::generate
