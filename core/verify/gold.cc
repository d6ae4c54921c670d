#include "core/verify/gold.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "core/sql/sql_tokens.h"
#include "core/verify/tie_groups.h"
#include "core/verify/verdict.h"

namespace sqlenv {

QueryLimits gold_limits() {
  QueryLimits limits;
  limits.max_operations = 2'000'000'000;
  limits.max_rows = 500'000;
  limits.max_bytes = 128 << 20;
  limits.max_memory = 512 << 20;
  return limits;
}

bool may_depend_on_scan_order(std::string_view gold_sql) {
  // min() and max() choose the row of bare columns beside them; the others depend on an order.
  constexpr std::string_view kFunctions[] = {
      "min",  "max",  "group_concat", "string_agg", "json_group_array", "json_group_object",
      "lag",  "lead", "first_value",  "last_value", "nth_value",        "row_number",
      "ntile"};
  for (const std::string& name : functions_called(gold_sql))
    if (std::find(std::begin(kFunctions), std::end(kFunctions), name) != std::end(kFunctions))
      return true;
  bool grouped = false;
  for (const SqlToken& token : sql_tokens(gold_sql)) {
    if (token.kind != TokenKind::kKeyword) continue;
    const std::string_view word = token.in(gold_sql);
    grouped = grouped || equal_ignoring_case(word, "group");
    if (token.depth > 0 && equal_ignoring_case(word, "limit")) return true;
  }
  return grouped;
}

Result<Gold> compute_gold(Database& database, const std::string& gold_sql,
                          const std::string& answer_type, Database* mirror) {
  const QueryLimits limits = gold_limits();
  Result<ResultTable> table = database.query(gold_sql, limits);
  if (!table) return fail(table.error());
  const SelectShape shape = read_select_shape(gold_sql);
  Gold gold;
  gold.table = std::move(*table);
  gold.ordered = !shape.order.empty();
  gold.mentions_order_by = to_lower(gold_sql).find("order by") != std::string::npos;
  gold.answer_type = answer_type;
  gold.limited = shape.limit.has_value();
  if (gold.ordered || gold.limited) {
    std::optional<std::vector<TieGroup>> groups = tie_groups(database, gold_sql, shape, gold.table);
    gold.ties_known = groups.has_value();
    if (groups) gold.groups = std::move(*groups);
  }
  if (mirror == nullptr) return gold;
  Result<ResultTable> mirrored = mirror->query(gold_sql, limits);
  if (mirrored && !verify(gold, *mirrored).correct) gold.alternative = std::move(*mirrored);
  return gold;
}

}  // namespace sqlenv
