// Writes a Plan as SQL, with the joins that connect its tables.
#pragma once

#include <string>

#include "core/explorer/join_graph.h"
#include "core/explorer/plan.h"
#include "core/policy/schema_view.h"

namespace sqlenv {

// Leaves out parts of the plan that name a table which cannot be joined to the entity.
std::string write_sql(Plan plan, const SchemaView& schema, const JoinGraph& joins);

}  // namespace sqlenv
