// JoinGraph: which columns join the tables of a SchemaView.
//
// Edges follow declared foreign keys; a column without one joins the table whose key has its name,
// or the table it is called like. The way between two tables is the shortest; among equally short
// ones the way through tables that the question mentions, then the first in the schema's order.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "core/explorer/survey.h"
#include "core/policy/schema_view.h"

namespace sqlenv {

class JoinGraph {
 public:
  struct Edge {
    ColumnRef from;
    ColumnRef to;
    int cost = 0;
    bool declared = true;
    std::vector<std::pair<ColumnRef, ColumnRef>> more;  // of a composite key
    bool forward = true;                                // from the foreign key to the key
  };

  // `relevance` says for each table, from 0 to 1, how likely the question means it.
  JoinGraph(const SchemaView& schema, std::vector<double> relevance);
  JoinGraph() = default;

  // The cheapest way from any of `tables` to `target`, in walking order; empty if there is none or
  // if `target` is one of them.
  std::vector<Edge> path(const std::vector<std::size_t>& tables, std::size_t target) const;

  // The number of edges between two tables; none if they are not connected.
  std::optional<std::size_t> distance(std::size_t a, std::size_t b) const;

  // Whether the column refers to another table.
  bool is_foreign_key(ColumnRef column) const;

  // Whether `from` is a foreign key to `to`.
  bool refers(ColumnRef from, ColumnRef to) const;

  // Whether another column of its table refers to the same table.
  bool is_one_of_several(ColumnRef foreign_key) const;

  // Removes all other edges from this column's table to the same target. For tables that are
  // connected more than once, such as a flight's source and destination.
  void prefer(ColumnRef foreign_key);

 private:
  void add_declared(const SchemaView& schema);
  void add_guessed(const SchemaView& schema);
  void add_named_after(const SchemaView& schema, ColumnRef column);
  bool declares(ColumnRef column) const;
  int step_cost(const Edge& edge) const;

  std::vector<Edge> edges_;  // each once, from the foreign key
  std::vector<double> relevance_;
  std::size_t table_count_ = 0;
};

// The column that identifies the table's rows: its first primary key column, else its first column.
ColumnRef key_column(const SchemaView& schema, std::size_t table);

// The columns by which people call the table's rows: its name or title, its first and last name, or
// else its key.
std::vector<ColumnRef> display_columns(const SchemaView& schema, std::size_t table);

}  // namespace sqlenv
