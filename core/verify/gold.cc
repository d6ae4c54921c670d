#include "core/verify/gold.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "core/sql/mirror.h"
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

namespace {

constexpr std::string_view kAggregates[] = {"count", "sum", "avg", "total"};
// min() and max() choose the row of bare columns beside them; the others depend on an order.
constexpr std::string_view kOrdered[] = {"min",
                                         "max",
                                         "group_concat",
                                         "string_agg",
                                         "lag",
                                         "lead",
                                         "first_value",
                                         "ntile",
                                         "last_value",
                                         "nth_value",
                                         "row_number",
                                         "json_group_array",
                                         "jsonb_group_array",
                                         "json_group_object",
                                         "jsonb_group_object"};
// GROUP BY or HAVING may stand beside bare columns; a frame of ROWS counts rows that tie.
constexpr std::string_view kOrderedWords[] = {"group", "having", "rows"};

template <std::size_t N>
bool one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view w) { return equal_ignoring_case(w, word); });
}

// Whether the result columns from token `i` on hold an aggregate and something else.
bool mixes_aggregates(std::string_view sql, const std::vector<SqlToken>& tokens, std::size_t i) {
  bool aggregate = false;
  bool several = false;
  const int depth = tokens[i].depth;
  for (++i; i < tokens.size() && tokens[i].depth >= depth; ++i) {
    const std::string_view word = tokens[i].in(sql);
    if (tokens[i].depth == depth && equal_ignoring_case(word, "from")) break;
    if (tokens[i].kind == TokenKind::kFunction) aggregate = aggregate || one_of(kAggregates, word);
    several = several || (tokens[i].depth == depth && (word == "," || word == "||"));
  }
  return aggregate && several;
}

}  // namespace

bool may_depend_on_scan_order(std::string_view gold_sql) {
  const std::vector<SqlToken> tokens = sql_tokens(gold_sql);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view word = tokens[i].in(gold_sql);
    if (tokens[i].kind == TokenKind::kFunction && one_of(kOrdered, word)) return true;
    if (tokens[i].kind != TokenKind::kKeyword) continue;
    if (one_of(kOrderedWords, word)) return true;
    if (tokens[i].depth > 0 && equal_ignoring_case(word, "limit")) return true;
    if (equal_ignoring_case(word, "select") && mixes_aggregates(gold_sql, tokens, i)) return true;
  }
  return false;
}

Result<ResultTable> mirrored_result(const Schema& schema, const std::string& gold_sql,
                                    const Result<Database*>& mirror, bool backwards) {
  if (!mirror) return fail(mirror.error());
  const std::optional<std::string> sql = mirrored_sql(schema, gold_sql);
  if (!sql) return fail(ErrorCode::kNoSuchTable, "it reads SQLite's own tables.");
  (*mirror)->scan_backwards(backwards);
  Result<ResultTable> table = (*mirror)->query(*sql, gold_limits());
  const ErrorCode code = table ? ErrorCode::kInternal : table.error().code;
  if (code == ErrorCode::kNoSuchTable || code == ErrorCode::kNoSuchColumn)
    return fail(code, "a table, column or view that it reads cannot be copied.");
  return table;
}

Result<Gold> compute_gold(Database& database, const std::string& gold_sql,
                          const std::string& answer_type, const Result<Database*>& mirror) {
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
  if (mirror && *mirror == nullptr) return gold;
  // An index may have given the image's rows in either order.
  for (const bool backwards : {false, true}) {
    Result<ResultTable> other = mirrored_result(database.schema(), gold_sql, mirror, backwards);
    if (!other && may_depend_on_scan_order(gold_sql))
      gold.unsearched = "Whether the result depends on the order of stored rows is unknown: " +
                        other.error().message;
    if (!other || verify(gold, *other).correct) continue;
    gold.unsearched.clear();
    gold.alternative = std::move(*other);
    break;
  }
  return gold;
}

}  // namespace sqlenv
