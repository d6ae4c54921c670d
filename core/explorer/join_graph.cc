#include "core/explorer/join_graph.h"

#include <algorithm>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/explorer/vocabulary.h"

namespace sqlenv {
namespace {

constexpr int kDeclaredCost = 10;
constexpr int kGuessedCost = 11;
constexpr double kDetourCost = 20;  // through a table that the question does not mention

bool is_only_key(const SeenTable& table, std::size_t column) {
  std::size_t keys = 0;
  for (const SeenColumn& one : table.columns) keys += one.primary_key ? 1 : 0;
  return keys == 1 ? table.columns[column].primary_key : keys == 0 && column == 0;
}

bool looks_like_key(std::string_view name) {
  const std::vector<std::string> words = identifier_words(name);
  return !words.empty() && (words.back() == "id" || words.back() == "code" || words.back() == "no");
}

}  // namespace

JoinGraph::JoinGraph(const SchemaView& schema, std::vector<double> relevance)
    : relevance_(std::move(relevance)), table_count_(schema.tables().size()) {
  relevance_.resize(table_count_, 0);
  add_declared(schema);
  add_guessed(schema);
}

void JoinGraph::add_declared(const SchemaView& schema) {
  for (std::size_t t = 0; t < table_count_; ++t)
    for (const SeenForeignKey& key : schema.tables()[t].foreign_keys) {
      const std::optional<std::size_t> target = schema.find(key.table);
      if (!target || schema.tables()[*target].columns.empty()) continue;
      std::vector<std::pair<ColumnRef, ColumnRef>> pairs;
      for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const std::optional<std::size_t> column = schema.tables()[t].find(key.columns[i]);
        std::optional<std::size_t> referenced;
        if (i < key.referenced.size())
          referenced = schema.tables()[*target].find(key.referenced[i]);
        if (!referenced && i == 0) referenced = key_column(schema, *target).column;
        if (column && referenced) pairs.push_back({{t, *column}, {*target, *referenced}});
      }
      if (pairs.empty()) continue;
      Edge edge{pairs[0].first, pairs[0].second, kDeclaredCost, true, {}};
      edge.more.assign(pairs.begin() + 1, pairs.end());
      edges_.push_back(std::move(edge));
    }
}

// Adds columns that have the name of another table's key and no declared foreign key.
void JoinGraph::add_guessed(const SchemaView& schema) {
  for (std::size_t t = 0; t < table_count_; ++t)
    for (std::size_t c = 0; c < schema.tables()[t].columns.size(); ++c) {
      const std::string& name = schema.tables()[t].columns[c].name;
      if (declares({t, c})) continue;
      add_named_after(schema, {t, c});
      if (!looks_like_key(name)) continue;
      for (std::size_t other = 0; other < table_count_; ++other) {
        const std::optional<std::size_t> same = schema.tables()[other].find(name);
        if (other == t || !same || !is_only_key(schema.tables()[other], *same)) continue;
        if (is_only_key(schema.tables()[t], c) && other > t) continue;
        edges_.push_back({{t, c}, {other, *same}, kGuessedCost, false, {}});
      }
    }
}

void JoinGraph::add_named_after(const SchemaView& schema, ColumnRef column) {
  const std::string& name = schema.tables()[column.table].columns[column.column].name;
  for (std::size_t other = 0; other < table_count_; ++other) {
    if (other == column.table || schema.tables()[other].columns.empty()) continue;
    if (singular(to_lower(schema.tables()[other].name)) != singular(to_lower(name))) continue;
    if (path({column.table}, other).empty())
      edges_.push_back({column, key_column(schema, other), kGuessedCost, false, {}});
  }
}

bool JoinGraph::is_foreign_key(ColumnRef column) const {
  return std::any_of(edges_.begin(), edges_.end(),
                     [&](const Edge& edge) { return edge.from == column; });
}

// Whether the column alone is a declared foreign key.
bool JoinGraph::declares(ColumnRef column) const {
  return std::any_of(edges_.begin(), edges_.end(), [&](const Edge& edge) {
    return edge.from == column && edge.declared && edge.more.empty();
  });
}

int JoinGraph::step_cost(const Edge& edge) const {
  return edge.cost + static_cast<int>(kDetourCost * (1 - relevance_[edge.to.table]));
}

bool JoinGraph::refers(ColumnRef from, ColumnRef to) const {
  return std::any_of(edges_.begin(), edges_.end(),
                     [&](const Edge& edge) { return edge.from == from && edge.to == to; });
}

bool JoinGraph::is_one_of_several(ColumnRef foreign_key) const {
  for (const Edge& edge : edges_)
    for (const Edge& other : edges_)
      if (edge.from == foreign_key && other.from.table == edge.from.table &&
          other.to.table == edge.to.table && !(other.from == edge.from))
        return true;
  return false;
}

void JoinGraph::prefer(ColumnRef foreign_key) {
  const auto chosen = std::find_if(edges_.begin(), edges_.end(),
                                   [&](const Edge& edge) { return edge.from == foreign_key; });
  if (chosen == edges_.end()) return;
  const Edge kept = *chosen;
  std::erase_if(edges_, [&](const Edge& edge) {
    return edge.from.table == kept.from.table && edge.to.table == kept.to.table &&
           !(edge.from == kept.from);
  });
}

std::vector<JoinGraph::Edge> JoinGraph::path(const std::vector<std::size_t>& tables,
                                             std::size_t target) const {
  constexpr int kFar = 1'000'000;
  std::vector<int> cost(table_count_, kFar);
  std::vector<std::optional<Edge>> arrived(table_count_);
  for (std::size_t table : tables) cost[table] = 0;
  // Bellman and Ford's relaxation: graphs are tiny.
  for (std::size_t round = 0; round < table_count_; ++round)
    for (const Edge& edge : edges_) {
      Edge back{edge.to, edge.from, edge.cost, edge.declared, {}, false};
      for (const auto& [from, to] : edge.more) back.more.emplace_back(to, from);
      for (const Edge& step : {edge, back}) {
        const int arriving = cost[step.from.table] + step_cost(step);
        if (arriving >= cost[step.to.table]) continue;
        cost[step.to.table] = arriving;
        arrived[step.to.table] = step;
      }
    }
  std::vector<Edge> way;
  for (std::size_t at = target; arrived[at]; at = arrived[at]->from.table)
    way.push_back(*arrived[at]);
  std::reverse(way.begin(), way.end());
  return way;
}

std::optional<std::size_t> JoinGraph::distance(std::size_t a, std::size_t b) const {
  if (a == b) return 0;
  const std::vector<Edge> way = path({a}, b);
  if (way.empty()) return std::nullopt;
  return way.size();
}

ColumnRef key_column(const SchemaView& schema, std::size_t table) {
  const std::vector<SeenColumn>& columns = schema.tables()[table].columns;
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].primary_key) return {table, c};
  return {table, 0};
}

std::vector<ColumnRef> display_columns(const SchemaView& schema, std::size_t table) {
  const SeenTable& seen = schema.tables()[table];
  std::vector<ColumnRef> people;
  std::optional<ColumnRef> ending;
  for (std::size_t c = 0; c < seen.columns.size(); ++c) {
    const std::vector<std::string> words = identifier_words(seen.columns[c].name);
    const std::vector<std::string> of_table = identifier_words(seen.name);
    if (words.size() == 1 && of_table.size() == 1 && singular(words[0]) == singular(of_table[0]) &&
        !seen.columns[c].primary_key && !ending)
      ending = ColumnRef{table, c};
    if (words.empty() || (words.back() != "name" && words.back() != "title")) continue;
    const bool own =
        words.size() == 1 || (words.size() == 2 && singular(words[0]) == singular(of_table.back()));
    if (own) return {{table, c}};
    if (words[0] == "first" || words[0] == "last") people.push_back({table, c});
    if (!ending) ending = ColumnRef{table, c};
  }
  if (people.size() == 2) return people;
  return {ending.value_or(key_column(schema, table))};
}

}  // namespace sqlenv
