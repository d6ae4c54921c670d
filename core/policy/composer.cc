#include "core/policy/composer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/policy/sql_text.h"

namespace sqlenv {
namespace {

class Composer {
 public:
  Composer(const SchemaView& schema, const JoinGraph& joins) : schema_(schema), joins_(joins) {}

  std::string write(const Plan& plan) {
    const std::vector<std::size_t> tables = tables_of(plan);
    const std::string from = write_from(tables);
    qualified_ = joined_.size() > 1;
    std::string sql = std::string("SELECT ") + (plan.distinct ? "DISTINCT " : "") +
                      write_outputs(plan) + " FROM " + from + write_where(plan);
    if (!plan.group_by.empty()) sql += " GROUP BY " + join(columns(plan.group_by), ", ");
    if (plan.having) sql += " HAVING count(*) " + plan.having->op + " " + plan.having->number;
    if (plan.other) {
      constexpr const char* kNames[] = {"", " INTERSECT ", " EXCEPT ", " UNION "};
      sql += kNames[static_cast<std::size_t>(plan.operation)] +
             Composer(schema_, joins_).write(*plan.other);
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
    for (std::size_t table : plan.tables) add_table(tables, table);
    const bool counts_rows = std::any_of(plan.outputs.begin(), plan.outputs.end(),
                                         [](const Expression& output) { return !output.column; });
    if (tables.empty() || counts_rows || !plan.exclusions.empty()) add_table(tables, plan.entity);
    return tables;
  }

  std::string write_from(const std::vector<std::size_t>& tables) {
    joined_ = {tables.front()};
    std::string from = sql_name(schema_.tables()[tables.front()].name);
    for (std::size_t i = 1; i < tables.size(); ++i) {
      if (std::find(joined_.begin(), joined_.end(), tables[i]) != joined_.end()) continue;
      for (const JoinGraph::Edge& edge : joins_.path(joined_, tables[i])) {
        from += " JOIN " + sql_name(schema_.tables()[edge.to.table].name) + " ON " +
                qualified(edge.from) + " = " + qualified(edge.to);
        joined_.push_back(edge.to.table);
      }
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

  std::vector<std::string> columns(const std::vector<ColumnRef>& refs) const {
    std::vector<std::string> names;
    for (ColumnRef ref : refs) names.push_back(column(ref));
    return names;
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
      if (plain && plan.trimmed) text = "trim(" + text + ")";
      if (plain && plan.lowered) text = "lower(" + text + ")";
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

  // entity.key NOT IN (SELECT other.key FROM … WHERE …), along the first step of the way.
  std::string write_exclusion(const Plan& plan, const Exclusion& exclusion) const {
    const std::vector<JoinGraph::Edge> way = joins_.path({plan.entity}, exclusion.table);
    if (way.empty()) return "1";
    Plan inner;
    inner.entity = exclusion.table;
    inner.outputs = {{Aggregate::kNone, way.front().to}};
    inner.conditions = exclusion.conditions;
    inner.conditions.push_back({way.front().to, "IS NOT NULL", {}, false, false});
    inner.tables = {exclusion.table};
    return column(way.front().from) + " NOT IN (" + Composer(schema_, joins_).write(inner) + ")";
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

}  // namespace

std::string compose(const Plan& plan, const SchemaView& schema, const JoinGraph& joins) {
  return Composer(schema, joins).write(plan);
}

}  // namespace sqlenv
