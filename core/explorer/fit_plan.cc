// Makes the parts of a plan fit each other after everything has been read.

#include <algorithm>

#include "core/explorer/reading.h"

namespace sqlenv {
namespace {

// Tables farther away are hardly meant.
constexpr std::size_t kFarthestJoin = 3;

bool aggregates(const Plan& plan) {
  return std::any_of(plan.outputs.begin(), plan.outputs.end(),
                     [](const Expression& output) { return output.aggregate != Aggregate::kNone; });
}

// Groups by the outputs if the plan counts in groups without saying by what.
void group_by_outputs(Plan& plan, const Reading& reading) {
  const bool counts =
      plan.having || std::any_of(plan.order.begin(), plan.order.end(), [](const OrderKey& key) {
        return key.key.aggregate != Aggregate::kNone;
      });
  std::vector<ColumnRef> plain;
  for (const Expression& output : plan.outputs)
    if (output.aggregate == Aggregate::kNone && output.column) plain.push_back(*output.column);
  // "The date of each treatment" does not group.
  if (!counts && !aggregates(plan)) plan.group_by.clear();
  if (!plan.group_by.empty() || (!counts && !(aggregates(plan) && !plain.empty()))) return;
  if (plain.empty()) {
    if (counts) plan.group_by = {key_column(reading.schema, plan.entity)};
    return;
  }
  // Rows that are counted by rows of another table are grouped by their key, unless a value that is
  // not a name is asked for.
  const std::size_t table = plain[0].table;
  const std::vector<ColumnRef> shown = display_columns(reading.schema, table);
  const bool value = plain.size() == 1 && !(plain[0] == key_column(reading.schema, table)) &&
                     std::find(shown.begin(), shown.end(), plain[0]) == shown.end();
  const bool other = std::any_of(plan.tables.begin(), plan.tables.end(),
                                 [&](std::size_t needed) { return needed != table; });
  if (other && !value) plan.group_by = {key_column(reading.schema, table)};
  else plan.group_by = plain;
}

// Plans "the cities where owners or professionals live": one column of two tables.
bool join_two_tables_values(Reading& reading) {
  Plan& plan = reading.plan;
  if (plan.outputs.size() != 1 || !plan.outputs[0].column || !plan.conditions.empty()) return false;
  const std::string& name = reading.column(*plan.outputs[0].column).name;
  for (std::size_t i = 0; i + 2 < reading.size(); ++i) {
    const auto first = reading.table_at(i);
    std::size_t next = i + 1;
    const bool either = reading.is(next, "or");
    if (!first || !(either || reading.is(next, "and"))) continue;
    const auto second = reading.table_at(next + 1);
    if (!second || *first == *second) continue;
    const auto own = reading.schema.tables()[*first].find(name);
    const auto other = reading.schema.tables()[*second].find(name);
    if (!own || !other) continue;
    Plan one;
    one.entity = *first;
    one.outputs = {{Aggregate::kNone, ColumnRef{*first, *own}}};
    Plan two;
    two.entity = *second;
    two.outputs = {{Aggregate::kNone, ColumnRef{*second, *other}}};
    one.operation = either ? SetOperation::kUnion : SetOperation::kIntersect;
    one.other = std::make_shared<Plan>(two);
    plan = std::move(one);
    return true;
  }
  return false;
}

// Moves conditions on an excluded table into the exclusion.
void move_into_exclusions(Plan& plan) {
  for (Exclusion& exclusion : plan.exclusions) {
    if (exclusion.table == plan.entity) continue;
    const auto stays = [&](const Condition& condition) {
      return condition.column.table != exclusion.table;
    };
    const auto first = std::stable_partition(plan.conditions.begin(), plan.conditions.end(), stays);
    exclusion.conditions.insert(exclusion.conditions.end(), first, plan.conditions.end());
    plan.conditions.erase(first, plan.conditions.end());
  }
}

// Joins the two conditions of "made by X or heavier than 3000" by OR.
void join_by_or(Plan& plan, const Reading& reading) {
  if (plan.conditions.size() != 2 || plan.conditions[0].or_next) return;
  const auto [low, high] = std::minmax(plan.conditions[0].at, plan.conditions[1].at);
  if (low == high) return;
  for (std::size_t i = low + 1; i < high; ++i)
    if (reading.is(i, "or")) plan.conditions[0].or_next = true;
}

// Counts each row of the entity once, however many related rows it has.
void count_once(Plan& plan, const Reading& reading) {
  if (!plan.group_by.empty() || plan.outputs.size() != 1 ||
      !(plan.outputs[0] == Expression{Aggregate::kCount, {}}))
    return;
  std::vector<std::size_t> tables = plan.tables;
  for (const Condition& condition : plan.conditions) tables.push_back(condition.column.table);
  for (std::size_t table : tables)
    for (const JoinGraph::Edge& edge : reading.joins.path({plan.entity}, table))
      if (!edge.forward) {
        plan.outputs[0] = {Aggregate::kCountDistinct, key_column(reading.schema, plan.entity)};
        return;
      }
}

// Counts rows within groups, unless the question asks for different values.
void count_rows_in_groups(Plan& plan, bool said_different) {
  if (plan.group_by.empty() || said_different) return;
  for (Expression& output : plan.outputs)
    if (output.aggregate == Aggregate::kCountDistinct) output = {Aggregate::kCount, {}};
}

bool says_different(const Reading& reading) {
  return std::any_of(reading.items.begin(), reading.items.end(), [](const Item& item) {
    return item.is("different") || item.is("distinct") || item.is("unique");
  });
}

}  // namespace

void fit_plan(Reading& reading) {
  Plan& plan = reading.plan;
  if (join_two_tables_values(reading)) return;
  move_into_exclusions(plan);
  for (std::size_t i = 0; i < reading.size(); ++i)
    if (const auto table = reading.table_at(i))
      if (const auto steps = reading.joins.distance(plan.entity, *table);
          steps && *steps <= kFarthestJoin)
        reading.need(*table);
  join_by_or(plan, reading);
  group_by_outputs(plan, reading);
  if (plan.limit && plan.group_by.empty())
    for (Expression& output : plan.outputs)
      if (output.aggregate == Aggregate::kSum) output.aggregate = Aggregate::kNone;
  count_once(plan, reading);
  count_rows_in_groups(plan, says_different(reading));
  if (reading.order_first_output && !plan.outputs.empty())
    plan.order.push_back({plan.outputs[0], *reading.order_first_output});
}

}  // namespace sqlenv
