// Reading: the state in which steps turn one question's items into a plan.
//
// Each step looks for one kind of phrase, adds its meaning to the plan and crosses its items out,
// so that later steps skip them. Only planner.cc runs the steps.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/explorer/cues.h"
#include "core/explorer/join_graph.h"
#include "core/explorer/linker.h"
#include "core/explorer/plan.h"

namespace sqlenv {

class Reading {
 public:
  Reading(std::vector<Item> read_items, const SchemaView& seen, const Survey& surveyed,
          JoinGraph& graph);

  const SchemaView& schema;
  const Survey& survey;
  JoinGraph& joins;
  std::vector<Item> items;
  std::vector<bool> gone;              // crossed out
  std::vector<std::size_t> mentioned;  // tables named in the question, in order
  std::size_t head_begin = 0;          // items [head_begin, head_end) say what is asked for
  std::size_t head_end = 0;
  Plan plan;
  std::optional<bool> order_first_output;  // ordered by no named column; true: descending
  std::vector<std::size_t> group_tables;   // "for each singer": shown by its name

  std::size_t size() const { return items.size(); }
  bool is(std::size_t i, std::string_view word) const {
    return i < size() && !gone[i] && items[i].is(word);
  }
  bool is_any(std::size_t i, std::initializer_list<std::string_view> words) const;
  void cross_out(std::size_t first, std::size_t last);

  // The table or column that item i names, if it is not crossed out. The better fit of the two
  // counts; equal ones both do.
  std::optional<std::size_t> table_at(std::size_t i, double least = 0.6) const;
  std::optional<ColumnRef> column_at(std::size_t i, double least = 0.4) const;

  // The item's best column by score, nearness to the entity and the words around.
  std::optional<ColumnRef> resolve(std::size_t i, double least) const;

  // The table that the words around give item i's column: "student ids", "names of all students".
  std::optional<std::size_t> owner_near(std::size_t i) const;

  // The column near the entity that one of the concepts means. Sets `inverted` as the concept says.
  std::optional<ColumnRef> concept_column(const std::vector<Concept>& concepts,
                                          bool& inverted) const;

  // The best column of years or dates.
  std::optional<ColumnRef> time_column() const;

  bool numeric(ColumnRef column) const { return survey.is_numeric(schema, column); }
  bool is_key(ColumnRef column) const;
  const SeenColumn& column(ColumnRef ref) const {
    return schema.tables()[ref.table].columns[ref.column];
  }
  bool is_mentioned(std::size_t table) const;

  // Adds a table to be joined.
  void need(std::size_t table);

  // The item that ends what is asked for from `start` on.
  std::size_t end_of_head(std::size_t start) const;

 private:
  bool mentions_more_of(ColumnRef column, std::string_view word) const;
  void find_mentioned();
};

// The steps.

// read_structure.cc
void read_entity(Reading& reading);  // what the question is about, and where its head ends
void read_order(Reading& reading);   // "sorted by age in descending order"
void read_groups(Reading& reading);  // "for each country"

// read_conditions.cc
void read_nulls(Reading& reading);                  // "whose capacity is unknown"
void read_flags(Reading& reading);                  // "the official language"
void read_averages(Reading& reading);               // "above the average age"
void read_comparisons_with_rows(Reading& reading);  // "larger than any country in Asia"
void read_negations(Reading& reading);              // "who do not have a pet"

// read_numbers.cc, read_values.cc, read_superlatives.cc, read_outputs.cc
void read_numbers(Reading& reading);       // "older than 20", "at least 3 pets"
void read_values(Reading& reading);        // "from France", "called 'Bob'"
void read_superlatives(Reading& reading);  // "the youngest", "the most pets"
void read_outputs(Reading& reading);       // "the names and ages of", "how many"

// fit_plan.cc: joins tables that are mentioned, and makes the parts of the plan fit each other.
void fit_plan(Reading& reading);

// read_directive.cc
// A further sentence: "Give their names.", "Round to two decimals.", "Leave out the cancelled
// ones."
void read_directive(Reading& reading, std::vector<Item> sentence);

}  // namespace sqlenv
