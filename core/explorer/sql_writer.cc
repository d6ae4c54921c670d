#include "core/explorer/sql_writer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

class SqlWriter {
 public:
  SqlWriter(const SchemaView& schema, const JoinGraph& joins) : schema_(schema), joins_(joins) {}

  std::string write(const Plan& plan) {
    const std::vector<std::size_t> tables = tables_of(plan);
    const std::string from = write_from(tables, plan);
    qualified_ = joined_.size() > 1;
    std::string sql = std::string("SELECT ") + (plan.distinct ? "DISTINCT " : "") +
                      write_outputs(plan) + " FROM " + from + write_where(plan);
    if (!plan.group_by.empty()) sql += " GROUP BY " + write_groups(plan);
    if (plan.having)
      sql += " HAVING " + write_expression(plan.having->key, plan) + " " + plan.having->op + " " +
             plan.having->number;
    if (plan.other) {
      constexpr const char* kNames[] = {"", " INTERSECT ", " EXCEPT ", " UNION "};
      sql += kNames[static_cast<std::size_t>(plan.operation)] +
             SqlWriter(schema_, joins_).write(*plan.other);
    }
    if (!plan.order.empty()) sql += " ORDER BY " + write_order(plan);
    if (plan.limit) sql += " LIMIT " + std::to_string(*plan.limit);
    return sql;
  }

 private:
  static void add_table(std::vector<std::size_t>& tables, std::size_t table) {
    if (std::find(tables.begin(), tables.end(), table) == tables.end()) tables.push_back(table);
  }

  static std::vector<std::size_t> tables_of(const Plan& plan) {
    std::vector<std::size_t> tables;
    for (const Expression& output : plan.outputs)
      if (output.column) add_table(tables, output.column->table);
    for (ColumnRef column : plan.group_by) add_table(tables, column.table);
    for (const Condition& condition : plan.conditions) add_table(tables, condition.column.table);
    for (const OrderKey& key : plan.order)
      if (key.key.column) add_table(tables, key.key.column->table);
    if (plan.having && plan.having->key.column) add_table(tables, plan.having->key.column->table);
    for (std::size_t table : plan.tables) add_table(tables, table);
    const bool counts_rows = std::any_of(plan.outputs.begin(), plan.outputs.end(),
                                         [](const Expression& output) { return !output.column; });
    if (tables.empty() || counts_rows || !plan.exclusions.empty()) add_table(tables, plan.entity);
    return tables;
  }

  std::string write_from(const std::vector<std::size_t>& tables, const Plan& plan) {
    std::vector<JoinGraph::Edge> edges;
    joined_ = {tables.front()};
    for (std::size_t i = 1; i < tables.size(); ++i) {
      if (contains(joined_, tables[i])) continue;
      for (const JoinGraph::Edge& edge : joins_.path(joined_, tables[i])) {
        edges.push_back(edge);
        joined_.push_back(edge.to.table);
      }
    }
    std::size_t start = tables.front();
    while (drop_idle_table(edges, plan, start)) {
    }
    return write_joins(std::move(edges), start);
  }

  static bool contains(const std::vector<std::size_t>& tables, std::size_t table) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
  }

  static bool names_table(const Plan& plan, std::size_t table) {
    const auto of_table = [table](ColumnRef column) { return column.table == table; };
    const bool star = std::any_of(plan.outputs.begin(), plan.outputs.end(), [](const auto& output) {
      return !output.column && output.aggregate == Aggregate::kNone;
    });
    if ((star || !plan.exclusions.empty()) && table == plan.entity) return true;
    return std::any_of(plan.outputs.begin(), plan.outputs.end(),
                       [&](const auto& o) { return o.column && of_table(*o.column); }) ||
           std::any_of(plan.conditions.begin(), plan.conditions.end(),
                       [&](const auto& c) { return of_table(c.column); }) ||
           (plan.having && plan.having->key.column && of_table(*plan.having->key.column)) ||
           std::any_of(plan.group_by.begin(), plan.group_by.end(), of_table) ||
           std::any_of(plan.order.begin(), plan.order.end(),
                       [&](const auto& o) { return o.key.column && of_table(*o.key.column); });
  }

  // Drops one table that nothing names and that changes no rows: it ends a chain of joins, and each
  // row of its neighbour refers to one of its rows. Moves `start` if it was that table.
  static bool drop_idle_table(std::vector<JoinGraph::Edge>& edges, const Plan& plan,
                              std::size_t& start) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const std::size_t table = edges[i].forward ? edges[i].to.table : edges[i].from.table;
      const auto uses = std::count_if(edges.begin(), edges.end(), [table](const auto& edge) {
        return edge.from.table == table || edge.to.table == table;
      });
      if (uses != 1 || names_table(plan, table)) continue;
      if (start == table) start = edges[i].forward ? edges[i].from.table : edges[i].to.table;
      edges.erase(edges.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
    return false;
  }

  std::string write_joins(std::vector<JoinGraph::Edge> edges, std::size_t start) {
    joined_ = {start};
    std::string from = sql_name(schema_.tables()[start].name);
    while (!edges.empty()) {
      const auto next = std::find_if(edges.begin(), edges.end(), [&](const auto& edge) {
        return contains(joined_, edge.from.table) || contains(joined_, edge.to.table);
      });
      if (next == edges.end()) break;
      const bool ahead = contains(joined_, next->from.table);
      const std::size_t table = ahead ? next->to.table : next->from.table;
      from += " JOIN " + sql_name(schema_.tables()[table].name) + " ON " + qualified(next->from) +
              " = " + qualified(next->to);
      for (const auto& [left, right] : next->more)
        from += " AND " + qualified(left) + " = " + qualified(right);
      joined_.push_back(table);
      edges.erase(next);
    }
    return from;
  }

  std::string qualified(ColumnRef ref) const {
    const SeenTable& table = schema_.tables()[ref.table];
    return sql_name(table.name) + "." + sql_name(table.columns[ref.column].name);
  }

  std::string column(ColumnRef ref) const {
    return qualified_ ? qualified(ref)
                      : sql_name(schema_.tables()[ref.table].columns[ref.column].name);
  }

  // Changes a text to the spelling that the plan asks for.
  std::string spelled(std::string text, const Plan& plan) const {
    if (plan.trimmed) text = "trim(" + text + ")";
    if (plan.lowered) text = "lower(" + text + ")";
    return text;
  }

  std::string write_groups(const Plan& plan) const {
    std::vector<std::string> groups;
    for (ColumnRef ref : plan.group_by) {
      const bool shown = std::find(plan.outputs.begin(), plan.outputs.end(),
                                   Expression{Aggregate::kNone, ref}) != plan.outputs.end();
      groups.push_back(shown ? spelled(column(ref), plan) : column(ref));
    }
    return join(groups, ", ");
  }

  std::string write_expression(const Expression& expression, const Plan& plan) const {
    constexpr const char* kNames[] = {"",     "count(", "count(DISTINCT ", "sum(", "avg(",
                                      "min(", "max("};
    if (!expression.column) {
      if (expression.aggregate == Aggregate::kCount) return "count(*)";
      return qualified_ ? sql_name(schema_.tables()[plan.entity].name) + ".*" : "*";
    }
    const std::string name = column(*expression.column);
    if (expression.aggregate == Aggregate::kNone) return name;
    return kNames[static_cast<std::size_t>(expression.aggregate)] + name + ")";
  }

  std::string write_outputs(const Plan& plan) const {
    std::vector<std::string> outputs;
    for (const Expression& output : plan.outputs) {
      std::string text = write_expression(output, plan);
      const bool plain = output.aggregate == Aggregate::kNone && output.column;
      if (plain) text = spelled(std::move(text), plan);
      const bool counted =
          output.aggregate == Aggregate::kCount || output.aggregate == Aggregate::kCountDistinct;
      if (plan.rounded && output.aggregate != Aggregate::kNone && !counted)
        text = "round(" + text + ", " + std::to_string(*plan.rounded) + ")";
      outputs.push_back(std::move(text));
    }
    return join(outputs, ", ");
  }

  std::string write_condition(const Condition& condition) const {
    std::string left = column(condition.column);
    if (condition.normalised) left = "lower(trim(" + left + "))";
    const std::string start = left + " " + condition.op;
    if (condition.operands.empty()) return start;
    if (condition.op == "BETWEEN")
      return start + " " + condition.operands[0] + " AND " + condition.operands[1];
    if (condition.op == "IN" || condition.op == "NOT IN")
      return start + " (" + join(condition.operands, ", ") + ")";
    return start + " " + condition.operands[0];
  }

  std::string write_conditions(const std::vector<Condition>& conditions) const {
    std::string text;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const bool opens = conditions[i].or_next && (i == 0 || !conditions[i - 1].or_next);
      const bool closes = !conditions[i].or_next && i > 0 && conditions[i - 1].or_next;
      if (i > 0) text += conditions[i - 1].or_next ? " OR " : " AND ";
      text += (opens ? "(" : "") + write_condition(conditions[i]) + (closes ? ")" : "");
    }
    return text;
  }

  // entity.key NOT IN (SELECT other.key FROM … WHERE …), by the first edge of the way.
  std::string write_exclusion(const Plan& plan, const Exclusion& exclusion) const {
    const std::vector<JoinGraph::Edge> way = joins_.path({plan.entity}, exclusion.table);
    if (way.empty()) return "1";
    Plan inner;
    inner.entity = exclusion.table;
    inner.outputs = {{Aggregate::kNone, way.front().to}};
    inner.conditions = exclusion.conditions;
    inner.conditions.push_back({way.front().to, "IS NOT NULL", {}, false, false});
    inner.tables = {exclusion.table};
    return column(way.front().from) + " NOT IN (" + SqlWriter(schema_, joins_).write(inner) + ")";
  }

  std::string write_where(const Plan& plan) const {
    std::vector<std::string> parts;
    if (!plan.conditions.empty()) parts.push_back(write_conditions(plan.conditions));
    for (const Exclusion& exclusion : plan.exclusions)
      parts.push_back(write_exclusion(plan, exclusion));
    return parts.empty() ? "" : " WHERE " + join(parts, " AND ");
  }

  std::string write_order(const Plan& plan) const {
    std::vector<std::string> keys;
    for (const OrderKey& key : plan.order)
      keys.push_back(write_expression(key.key, plan) + (key.descending ? " DESC" : ""));
    return join(keys, ", ");
  }

  const SchemaView& schema_;
  const JoinGraph& joins_;
  std::vector<std::size_t> joined_;
  bool qualified_ = false;
};

// The plan without the parts that name tables which cannot be joined to the entity.
Plan connected(Plan plan, const SchemaView& schema, const JoinGraph& joins) {
  const auto apart = [&](std::size_t table) { return !joins.distance(plan.entity, table); };
  const auto outside = [&](const Expression& e) { return e.column && apart(e.column->table); };
  std::erase_if(plan.outputs, outside);
  std::erase_if(plan.order, [&](const OrderKey& key) { return outside(key.key); });
  std::erase_if(plan.conditions, [&](const Condition& c) { return apart(c.column.table); });
  std::erase_if(plan.exclusions, [&](const Exclusion& e) { return apart(e.table); });
  std::erase_if(plan.group_by, [&](ColumnRef c) { return apart(c.table); });
  std::erase_if(plan.tables, apart);
  if (plan.having && outside(plan.having->key)) plan.having.reset();
  if (!plan.conditions.empty()) plan.conditions.back().or_next = false;
  if (plan.outputs.empty())
    for (ColumnRef column : display_columns(schema, plan.entity))
      plan.outputs.push_back({Aggregate::kNone, column});
  if (plan.other)
    plan.other = std::make_shared<Plan>(connected(std::move(*plan.other), schema, joins));
  return plan;
}

}  // namespace

std::string write_sql(Plan plan, const SchemaView& schema, const JoinGraph& joins) {
  return SqlWriter(schema, joins).write(connected(std::move(plan), schema, joins));
}

}  // namespace sqlenv
