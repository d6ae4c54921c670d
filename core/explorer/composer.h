// Composer: a Plan as SQL, with the joins that connect its tables.
//
// Joins follow declared foreign keys, and where none is declared for a column, its having the name
// of another table's key. The way between two tables is the shortest; among equal ones the one
// through tables that the question speaks of, then the first in the order of the schema.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/explorer/plan.h"
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

  // `relevance` from 0 to 1 for each table: how much the question speaks of it. Of two ways of one
  // length the one through tables that it speaks of is taken.
  JoinGraph(const SchemaView& schema, std::vector<double> relevance);
  JoinGraph() = default;

  // The cheapest way from any of `tables` to `target`, in walking order; empty if there is none or
  // if `target` is one of them.
  std::vector<Edge> path(const std::vector<std::size_t>& tables, std::size_t target) const;

  // The number of edges between two tables; none if they are not connected.
  std::optional<std::size_t> distance(std::size_t a, std::size_t b) const;

  // Whether the column refers to another table.
  bool is_foreign_key(ColumnRef column) const;

  // Whether one refers to the other.
  bool refers(ColumnRef from, ColumnRef to) const;

  // Whether another column of its table refers to the same table.
  bool is_one_of_several(ColumnRef foreign_key) const;

  // For tables that are connected more than once (a flight's source and destination): use this
  // column's edge and no other of its table to the same target.
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

// The column that identifies the table's rows: its only primary key, else its first column.
ColumnRef key_column(const SchemaView& schema, std::size_t table);

// The columns by which people call the table's rows: its name or title, first and last name, or
// else the key.
std::vector<ColumnRef> display_columns(const SchemaView& schema, std::size_t table);

// The plan without what is said of tables that cannot be joined to the entity.
Plan connected(Plan plan, const SchemaView& schema, const JoinGraph& joins);

// REQUIRES: the plan's tables are connected.
std::string compose(const Plan& plan, const SchemaView& schema, const JoinGraph& joins);

}  // namespace sqlenv
