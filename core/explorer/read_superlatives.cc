// Reads superlatives: the first rows of an order, or the groups with the most rows.

#include <algorithm>

#include "core/base/english.h"
#include "core/explorer/reading.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

// The number of rows in "3 oldest", "top 3", "first three"; 1 if there is none. Moves `first` to
// it.
std::int64_t said_limit(const Reading& reading, std::size_t& first, std::size_t& last) {
  const auto number_at = [&](std::size_t i) -> std::optional<std::int64_t> {
    if (i >= reading.size() || reading.gone[i]) return std::nullopt;
    if (reading.items[i].is_number()) return std::stoll(reading.items[i].text);
    const std::optional<int> number = number_from_word(reading.items[i].lower);
    if (!number || reading.items[i].is("one")) return std::nullopt;
    return *number;
  };
  if (first > 0)
    if (const auto number = number_at(first - 1)) {
      --first;
      return *number;
    }
  if (const auto number = number_at(last + 1)) {
    ++last;
    return *number;
  }
  return 1;
}

// Whether a superlative asks for a value: it is in the head and not after "of" or "with".
bool asks_for_value(const Reading& reading, std::size_t at) {
  if (at >= reading.head_end) return false;
  for (std::size_t i = 0; i < at; ++i) {
    if (reading.is_any(i, {"of", "with", "for", "which", "who"})) return false;
    const bool plain = !reading.gone[i] && !reading.items[i].columns.empty() &&
                       reading.items[i].columns[0].score > 0.6 &&
                       !(i > 0 && (ranking_of(reading.items[i - 1].lower) ||
                                   aggregate_of(reading.items[i - 1].lower)));
    if (plain) return false;
  }
  return true;
}

void set_order(Reading& reading, ColumnRef column, bool descending, std::int64_t limit) {
  reading.plan.order.push_back({{Aggregate::kNone, column}, descending});
  reading.plan.limit = limit;
}

// Orders by the number of rows of `counted`; fit_plan() adds the grouping.
void order_by_count(Reading& reading, std::size_t counted, bool descending, std::int64_t limit) {
  reading.need(counted);
  reading.plan.order.push_back({{Aggregate::kCount, {}}, descending});
  reading.plan.limit = limit;
}

// The column after item i, past small words.
std::optional<std::size_t> column_item_after(const Reading& reading, std::size_t i) {
  for (std::size_t j = i + 1; j < std::min(i + 5, reading.size()); ++j) {
    if (reading.column_at(j)) return j;
    if (reading.is_any(j, {"total", "average"})) continue;
    if (!is_stop_word(reading.items[j].lower) || reading.gone[j]) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::size_t> table_item_after(const Reading& reading, std::size_t i) {
  for (std::size_t j = i + 1; j < std::min(i + 5, reading.size()); ++j) {
    if (reading.table_at(j, 0.3)) return j;
    if (reading.gone[j]) return std::nullopt;
  }
  return std::nullopt;
}

bool take_number_of(Reading& reading, std::size_t at, std::size_t first, bool descending,
                    std::int64_t limit, std::size_t last) {
  std::size_t number = last + 1;
  if (reading.is(number, "total")) ++number;
  if (!reading.is_any(number, {"number", "amount", "count", "numbers"}) ||
      !reading.is(number + 1, "of"))
    return false;
  (void)at;
  if (const auto item = table_item_after(reading, number + 1)) {
    order_by_count(reading, *reading.table_at(*item, 0.3), descending, limit);
    reading.cross_out(first, *item);
    return true;
  }
  if (const auto item = column_item_after(reading, number + 1)) {
    const ColumnRef column = *reading.column_at(*item);
    if (reading.numeric(column) && !reading.is_key(column))
      set_order(reading, column, descending, limit);
    else order_by_count(reading, column.table, descending, limit);
    reading.cross_out(first, *item);
    return true;
  }
  return false;
}

// Whether the superlative singles out a row of another table, to which many rows of the entity may
// refer: "the concerts at the largest stadium".
bool belongs_to_another(const Reading& reading, ColumnRef column) {
  if (column.table == reading.plan.entity || !reading.is_mentioned(column.table)) return false;
  const std::vector<JoinGraph::Edge> way = reading.joins.path({reading.plan.entity}, column.table);
  return !way.empty() && std::all_of(way.begin(), way.end(),
                                     [](const JoinGraph::Edge& edge) { return edge.forward; });
}

void add_extreme(Reading& reading, ColumnRef column, bool descending) {
  const ColumnRef key = key_column(reading.schema, column.table);
  const std::string subquery = "(SELECT " + sql_name(reading.column(key).name) + " FROM " +
                               sql_name(reading.schema.tables()[column.table].name) + " ORDER BY " +
                               sql_name(reading.column(column).name) + (descending ? " DESC" : "") +
                               " LIMIT 1)";
  reading.plan.conditions.push_back({key, "=", {subquery}, false, false});
}

// Reads "most X" and "fewest X", by counted rows of X or by the numbers in column X.
bool take_most(Reading& reading, std::size_t at) {
  const bool descending = reading.is(at, "most");
  std::size_t first = at;
  std::size_t last = at;
  if (at + 1 >= reading.size()) return false;
  const std::string& next = reading.items[at + 1].lower;
  std::optional<Ranking> adjective = ranking_after_most(next);
  const bool frequent = means_frequency(next);
  if (adjective || frequent) last = at + 1;
  const std::int64_t limit = said_limit(reading, first, last);
  if (adjective) {
    bool inverted = false;
    const auto column = reading.concept_column(adjective->concepts, inverted);
    if (!column) return false;
    set_order(reading, *column, descending != inverted, limit);
    reading.cross_out(first, last);
    return true;
  }
  if (take_number_of(reading, at, first, descending, limit, last)) return true;
  if (frequent) {
    order_by_count(reading, reading.plan.entity, descending, limit);
    reading.cross_out(first, last);
    return true;
  }
  const auto table = table_item_after(reading, last);
  const auto column = column_item_after(reading, last);
  if (column && (!table || *column < *table)) {
    const ColumnRef ref = *reading.column_at(*column);
    if (reading.numeric(ref) && !reading.is_key(ref)) set_order(reading, ref, descending, limit);
    else order_by_count(reading, ref.table, descending, limit);
    reading.cross_out(first, *column);
    return true;
  }
  if (table) {
    order_by_count(reading, *reading.table_at(*table, 0.3), descending, limit);
    reading.cross_out(first, *table);
    return true;
  }
  return false;
}

bool take_ranking(Reading& reading, std::size_t at, const Ranking& ranking) {
  std::size_t first = at;
  std::size_t last = at;
  const std::int64_t limit = said_limit(reading, first, last);
  if (take_number_of(reading, at, first, ranking.descending, limit, last)) return true;
  auto item = column_item_after(reading, last);
  for (std::size_t j = last + 1; j < std::min(last + 6, reading.size()); ++j)
    if (reading.is_any(j, {"by", "in"}) && column_item_after(reading, j) &&
        !reading.numeric(reading.column_at(item.value_or(j)).value_or(ColumnRef{}))) {
      item = column_item_after(reading, j);
      if (reading.is(j, "by")) reading.gone[j] = true;
    }
  std::optional<ColumnRef> column;
  bool inverted = false;
  if (item) column = reading.column_at(*item);
  if (column && !reading.numeric(*column) && !ranking.concepts.empty()) column.reset();
  if (!column) column = reading.concept_column(ranking.concepts, inverted);
  if (!column) return false;
  if (reading.is(last + 1, "first")) {
    // "the oldest first" orders all rows.
    if (reading.plan.order.empty())
      reading.plan.order.push_back({{Aggregate::kNone, column}, ranking.descending != inverted});
    else reading.plan.order.front().descending = ranking.descending != inverted;
    reading.cross_out(first, last + 1);
    return true;
  }
  const bool explicit_column = item && reading.column_at(*item) == column;
  if (explicit_column && limit == 1 && asks_for_value(reading, at)) {
    // "what is the highest age" is left to read_outputs().
    return false;
  }
  const bool descending = ranking.descending != inverted;
  // "the highest total population" ranks groups.
  const auto aggregate =
      explicit_column ? aggregate_of(reading.items[*item - 1].lower) : std::nullopt;
  if (aggregate && *item > last + 1) {
    reading.plan.order.push_back({{*aggregate, column}, descending});
    reading.plan.limit = limit;
    reading.cross_out(first, *item);
    return true;
  }
  if (limit == 1 && belongs_to_another(reading, *column)) add_extreme(reading, *column, descending);
  else set_order(reading, *column, descending, limit);
  reading.cross_out(first, explicit_column ? *item : last);
  return true;
}

}  // namespace

void read_superlatives(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (reading.gone[i] || reading.plan.limit) continue;
    if (reading.is_any(i, {"most", "least", "fewest"}) &&
        !(reading.is(i, "least") && reading.is(i - (i > 0 ? 1 : 0), "at"))) {
      take_most(reading, i);
      continue;
    }
    if (const auto ranking = ranking_of(reading.items[i].lower)) take_ranking(reading, i, *ranking);
  }
}

}  // namespace sqlenv
