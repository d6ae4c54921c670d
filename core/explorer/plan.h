// Plan: a query before it is SQL.
//
// Tables and columns are positions in a SchemaView. A plan does not say how tables are joined:
// sql_writer.h finds the way between those that it names.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/explorer/survey.h"

namespace sqlenv {

enum class Aggregate { kNone, kCount, kCountDistinct, kSum, kAvg, kMin, kMax };

struct Expression {
  Aggregate aggregate = Aggregate::kNone;
  std::optional<ColumnRef> column;  // none: all columns, or count(*)
  friend bool operator==(const Expression&, const Expression&) = default;
};

struct Condition {
  ColumnRef column;
  std::string op;  // =, <>, >, >=, <, <=, LIKE, NOT LIKE, BETWEEN, IN, IS NULL, …
  std::vector<std::string> operands;  // SQL text: literals or a subquery
  bool normalised = false;            // compare lower(trim(column))
  bool or_next = false;               // joined to the next condition by OR
  std::size_t at = 0;                 // position of the item that it was read from
};

// A comparison of a group's aggregate with a number.
struct Having {
  std::string op;
  std::string number;
  Expression key{Aggregate::kCount, {}};
};

struct OrderKey {
  Expression key;
  bool descending = false;
};

// Rows of the entity without a related row in `table` that meets the conditions.
struct Exclusion {
  std::size_t table = 0;
  std::vector<Condition> conditions;
};

enum class SetOperation { kNone, kIntersect, kExcept, kUnion };

struct Plan {
  std::size_t entity = 0;  // the table whose rows are asked about
  std::vector<Expression> outputs;
  bool distinct = false;
  std::vector<std::size_t> tables;  // joined in addition to those named elsewhere in the plan
  std::vector<Condition> conditions;
  std::vector<Exclusion> exclusions;
  std::vector<ColumnRef> group_by;
  std::optional<Having> having;
  std::vector<OrderKey> order;
  std::optional<std::int64_t> limit;
  bool trimmed = false;        // outputs trim texts
  bool lowered = false;        // outputs are in lower case
  std::optional<int> rounded;  // decimals of aggregates
  SetOperation operation = SetOperation::kNone;
  std::shared_ptr<Plan> other;  // the second query of `operation`
};

}  // namespace sqlenv
