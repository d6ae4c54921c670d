// Templates of questions, by families. A template draws one question with its query.
#pragma once

#include <optional>
#include <vector>

#include "core/task/generate/draft_writer.h"
#include "core/task/generate/question_draft.h"

namespace sqlenv::generate {

struct Template {
  const char* name;
  const char* meaning;

  // None if what it drew does not fit.
  std::optional<QuestionDraft> (*propose)(DraftWriter& writer);
};

// Each function is in the source that has its name, such as templates_row.cc.
std::vector<Template> row_templates();     // rows, values and counts of one table
std::vector<Template> order_templates();   // highest, lowest, sorted
std::vector<Template> amount_templates();  // averages, totals, shares
std::vector<Template> group_templates();   // groups of rows
std::vector<Template> link_templates();    // two linked tables
std::vector<Template> path_templates();    // three linked tables
std::vector<Template> set_templates();     // rows in one set and in another

// All of them, in this order.
const std::vector<Template>& all_templates();

}  // namespace sqlenv::generate
