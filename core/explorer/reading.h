// Reading: the state of turning one question's items into a plan, shared by the steps that do so.
//
// Each step looks for one kind of phrase, writes what it means into the plan and crosses its items
// out, so that later steps do not read them again. For core/policy alone.
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
  std::size_t head_begin = 0;          // items from here …
  std::size_t head_end = 0;            // … to before here say what is asked for
  Plan plan;
  std::optional<bool> order_first_output;  // ordered, without saying by what; true: descending
  std::vector<std::size_t> group_tables;   // "for each singer": shown by its name

  std::size_t size() const { return items.size(); }
  bool is(std::size_t i, std::string_view word) const {
    return i < size() && !gone[i] && items[i].is(word);
  }
  bool is_any(std::size_t i, std::initializer_list<std::string_view> words) const;
  void cross_out(std::size_t first, std::size_t last);

  // What item i names, if it is not crossed out. A span that fits a table better than any column
  // is no column, and the other way round; one that fits both alike is both.
  std::optional<std::size_t> table_at(std::size_t i, double least = 0.6) const;
  std::optional<ColumnRef> column_at(std::size_t i, double least = 0.4) const;

  // The best column for an item's links, by score, nearness to the entity and the words around.
  std::optional<ColumnRef> resolve(std::size_t i, double least) const;

  // The table that item i's column is said to belong to: "student ids", "names of all students".
  std::optional<std::size_t> owner_near(std::size_t i) const;

  // The column that a concept speaks of, near the entity; `inverted` tells in which sense.
  std::optional<ColumnRef> concept_column(const std::vector<Concept>& concepts,
                                          bool& inverted) const;

  // Columns that hold years or dates, best first.
  std::optional<ColumnRef> time_column() const;

  bool numeric(ColumnRef column) const { return survey.is_numeric(schema, column); }
  bool is_key(ColumnRef column) const;
  const SeenColumn& column(ColumnRef ref) const {
    return schema.tables()[ref.table].columns[ref.column];
  }
  bool is_mentioned(std::size_t table) const;

  // Adds a table to be joined.
  void need(std::size_t table);

  // From `start`, the first item after something linked that ends what is asked for there.
  std::size_t end_of_head(std::size_t start) const;

 private:
  bool says_more(ColumnRef column, std::string_view word) const;
  void find_mentioned();
};

// The steps, in the order in which the planner takes them.
void read_entity(Reading& reading);  // what the question is about, and where its head ends
void read_nulls(Reading& reading);   // "whose capacity is unknown"
void read_order(Reading& reading);   // "sorted by age in descending order"
void read_groups(Reading& reading);  // "for each country"
void read_flags(Reading& reading);   // "the official language"
void read_comparisons_with_rows(Reading& reading);  // "larger than any country in Asia"
void read_averages(Reading& reading);               // "above the average age"
void read_numbers(Reading& reading);                // "older than 20", "at least 3 pets"
void read_superlatives(Reading& reading);           // "the youngest", "the most pets"
void read_negations(Reading& reading);              // "who do not have a pet"
void read_values(Reading& reading);                 // "from France", "called 'Bob'"
void read_outputs(Reading& reading);                // "the names and ages of", "how many"
void fit_plan(Reading& reading);                    // tables that are mentioned and not yet joined

// A further sentence: "Give their names.", "Round to two decimals.", "Leave out the cancelled
// ones."
void read_directive(Reading& reading, std::vector<Item> sentence);

}  // namespace sqlenv
