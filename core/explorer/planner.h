// Planner: a question's items as plans, the likeliest first.
#pragma once

#include <vector>

#include "core/explorer/join_graph.h"
#include "core/explorer/linker.h"
#include "core/explorer/plan.h"

namespace sqlenv {

// At least one plan if the schema has a described table, else none.
std::vector<Plan> make_plans(const std::vector<QuestionToken>& tokens, const SchemaView& schema,
                             const Survey& survey, JoinGraph& joins);

}  // namespace sqlenv
