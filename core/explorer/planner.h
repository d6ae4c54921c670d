// Planner: turns a question into plans, the likeliest first.
#pragma once

#include <vector>

#include "core/explorer/join_graph.h"
#include "core/explorer/linker.h"
#include "core/explorer/plan.h"

namespace sqlenv {

// Empty only if no table of the schema has columns.
std::vector<Plan> make_plans(const std::vector<QuestionToken>& tokens, const SchemaView& schema,
                             const Survey& survey, JoinGraph& joins);

}  // namespace sqlenv
