// Reads what is asked for: the columns, counts and aggregates of the head.

#include <algorithm>

#include "core/base/english.h"
#include "core/explorer/reading.h"
#include "core/explorer/vocabulary.h"

namespace sqlenv {
namespace {

class OutputReader {
 public:
  explicit OutputReader(Reading& reading) : reading_(reading) {}

  void read() {
    read_part(reading_.head_begin, reading_.head_end);
    read_tails();
    add_groups();
    if (plan().outputs.empty()) add_default();
    if ((distinct_ || asks_which_value()) && plan().group_by.empty()) plan().distinct = true;
  }

 private:
  Plan& plan() { return reading_.plan; }
  const Plan& plan() const { return reading_.plan; }

  void add(Expression expression) {
    if (std::find(plan().outputs.begin(), plan().outputs.end(), expression) == plan().outputs.end())
      plan().outputs.push_back(expression);
  }

  void add_display(std::size_t table) {
    for (ColumnRef column : display_columns(reading_.schema, table))
      add({Aggregate::kNone, column});
  }

  void read_part(std::size_t begin, std::size_t end) {
    part_begin_ = begin;
    part_end_ = end;
    for (std::size_t i = begin; i < end; ++i)
      if (!reading_.gone[i]) read_item(i);
  }

  // Reads what is asked for after the conditions: "…, and how many pets they have".
  void read_tails() {
    for (std::size_t i = reading_.head_end; i + 1 < reading_.size(); ++i) {
      if (!reading_.is_any(i, {"and", ","})) continue;
      const std::size_t next =
          reading_.is(i + 1, "the") || reading_.is(i + 1, "and") ? i + 2 : i + 1;
      const bool asks = (reading_.is(next, "how") && reading_.is(next + 1, "many")) ||
                        (reading_.is(next, "number") && reading_.is(next + 1, "of")) ||
                        reading_.is_any(next, {"what", "which", "list", "show", "give", "return",
                                               "find", "their"});
      const bool last =
          reading_.column_at(next) && next + 2 >= reading_.size() && !reading_.column_at(i - 1);
      if (!asks && !last) continue;
      const std::size_t end = reading_.end_of_head(next + (reading_.is(next, "what") ? 2 : 0));
      read_part(next, end);
      i = end - 1;
    }
  }

  // Whether values are asked for, each once, as in "in which years".
  bool asks_which_value() const {
    if (reading_.size() < 2) return false;
    if (plan().outputs.size() != 1 || !plan().outputs[0].column || plan().limit ||
        plan().outputs[0].aggregate != Aggregate::kNone ||
        reading_.is_key(*plan().outputs[0].column))
      return false;
    const std::size_t which = reading_.items[0].is("in") ? 1 : 0;
    if (which + 1 >= reading_.size() || !reading_.items[which].is("which")) return false;
    const Item& item = reading_.items[which + 1];
    return item.tables.empty() && !item.columns.empty() &&
           std::any_of(item.columns.begin(), item.columns.end(), [&](const ColumnLink& link) {
             return link.column == *plan().outputs[0].column;
           });
  }

  void read_item(std::size_t i) {
    if (reading_.is(i, "how") && reading_.is(i + 1, "much")) return;
    if (reading_.is(i, "how") && reading_.is_any(i + 1, {"many", "much"})) return read_count(i, 2);
    if (reading_.is(i, "number") && reading_.is(i + 1, "of")) return read_count(i, 2);
    if (reading_.is(i, "count")) return read_count(i, 1);
    if (reading_.is_any(i, {"different", "distinct", "unique"})) distinct_ = true;
    if (everything(i)) return add({Aggregate::kNone, {}});
    if (const auto aggregate = head_aggregate(i)) {
      pending_.push_back(*aggregate);
      return;
    }
    const std::optional<ColumnRef> column = reading_.column_at(i);
    const std::optional<std::size_t> table = reading_.table_at(i);
    if (is_verb(reading_.items[i].lower) || is_owner(i) || is_faint(i)) return;
    if (column && !(table && is_list_of_rows(i))) return read_column(i, *column);
    if (table) read_table(i, *table);
  }

  // Whether a table only says whose column is asked for: "the full names of the makers".
  bool is_owner(std::size_t i) const {
    if (reading_.items[i].tables.empty() || plan().outputs.empty()) return false;
    for (std::size_t j = i; j-- > part_begin_;) {
      if (reading_.is_any(j, {"of", "for", "in"})) return true;
      const bool adjective = !reading_.items[j].values.empty();
      if ((!is_stop_word(reading_.items[j].lower) && !adjective) || reading_.is(j, "and"))
        return false;
    }
    return false;
  }

  // Whether the item names its column too weakly, as "people" does the population in "the
  // percentage of people".
  bool is_faint(std::size_t i) const {
    return !plan().outputs.empty() && i > 0 && reading_.is(i - 1, "of") &&
           !reading_.items[i].columns.empty() && reading_.items[i].columns[0].score < 0.9;
  }

  // Whether item i names what an item after "of" names as a column: "the names of the districts".
  bool names_a_column(std::size_t i) const {
    bool of = false;
    for (std::size_t j = i + 1; j < std::min(i + 6, reading_.size()); ++j) {
      if (reading_.is(j, "of")) of = true;
      else if (of && reading_.column_at(j)) return !reading_.table_at(j, 0.45);
      else if (!is_stop_word(reading_.items[j].lower)) return false;
    }
    return false;
  }

  bool everything(std::size_t i) const {
    if (!reading_.is_any(i, {"information", "details", "detail", "everything", "info", "data",
                             "fields", "attributes"}))
      return false;
    return reading_.items[i].columns.empty() || reading_.is(i, "information") ||
           (i > 0 && reading_.items[i - 1].is("all"));
  }

  std::optional<Aggregate> head_aggregate(std::size_t i) const {
    if (const auto aggregate = aggregate_of(reading_.items[i].lower)) {
      if (*aggregate == Aggregate::kSum && reading_.is(i + 1, "number")) return std::nullopt;
      return aggregate;
    }
    const auto ranking = ranking_of(reading_.items[i].lower);
    if (!ranking) return std::nullopt;
    return ranking->descending ? Aggregate::kMax : Aggregate::kMin;
  }

  // Reads "how many different pets", "the number of students".
  void read_count(std::size_t i, std::size_t length) {
    bool different = false;
    for (std::size_t j = i + length; j < std::min(i + length + 5, reading_.size()); ++j) {
      if (reading_.gone[j]) continue;
      if (reading_.is_any(j, {"different", "distinct", "unique", "types", "kinds"}))
        different = true;
      const std::optional<std::size_t> table = reading_.table_at(j, 0.45);
      const std::optional<ColumnRef> column = reading_.column_at(j);
      if (!table && !column) continue;
      // In "store locations" the locations are counted.
      const bool whose = table && different && j + 1 < reading_.head_end &&
                         reading_.column_at(j + 1) && !reading_.table_at(j + 1) &&
                         !is_verb(reading_.items[j + 1].lower);
      if (whose) continue;
      reading_.cross_out(i, j);
      return table ? count_table(*table, different) : count_column(*column, different);
    }
    reading_.cross_out(i, i + length - 1);
    add({Aggregate::kCount, {}});
  }

  void count_table(std::size_t table, bool different) {
    reading_.need(table);
    const ColumnRef key = key_column(reading_.schema, table);
    if (different) add({Aggregate::kCountDistinct, key});
    else add({Aggregate::kCount, {}});
  }

  void count_column(ColumnRef column, bool different) {
    if (!different && reading_.numeric(column) && !reading_.is_key(column) &&
        !reading_.joins.is_foreign_key(column))
      return add({pending_.empty() ? amount_aggregate() : pending_.back(), column});
    reading_.need(column.table);
    const bool repeats = !reading_.is_key(column);
    if (different || (repeats && plan().group_by.empty()))
      return add({Aggregate::kCountDistinct, column});
    add({Aggregate::kCount, {}});
  }

  // Reads "how many minutes" as a sum or, "on average", as a mean.
  Aggregate amount_aggregate() const {
    for (std::size_t i = 0; i + 1 < reading_.size(); ++i)
      if (reading_.is(i, "on") && reading_.is(i + 1, "average")) return Aggregate::kAvg;
    return Aggregate::kSum;
  }

  void read_column(std::size_t i, ColumnRef column) {
    const std::vector<Aggregate> aggregates =
        pending_.empty() ? carried(i, column) : std::move(pending_);
    pending_.clear();
    const std::string& word = reading_.items[i].lower;
    last_aggregates_ = aggregates;
    for (Aggregate aggregate : aggregates) add({aggregate, column});
    if (!aggregates.empty()) return;
    const std::optional<std::size_t> owner = reading_.owner_near(i);
    const std::size_t around =
        reading_.group_tables.empty() ? reading_.plan.entity : reading_.group_tables.front();
    const std::size_t table = owner.value_or(around);
    if (word == "name" || word == "names") {
      if (names_a_column(i)) return;
      const std::vector<ColumnRef> shown = display_columns(reading_.schema, table);
      const std::vector<std::string> words =
          identifier_words(reading_.column(shown[0]).name, {"name"});
      if (words.back() == "name" || words.back() == "title" ||
          !(shown[0] == key_column(reading_.schema, table)))
        return add_display(table);
    }
    if (word == "id" || word == "ids")
      return add({Aggregate::kNone, key_column(reading_.schema, table)});
    add({Aggregate::kNone, column});
  }

  // In "the average age and weight" the second column is averaged too.
  std::vector<Aggregate> carried(std::size_t i, ColumnRef column) const {
    if (last_aggregates_.size() != 1 || i == 0 || !reading_.items[i - 1].is("and") ||
        !reading_.numeric(column) || reading_.is_key(column))
      return {};
    return last_aggregates_;
  }

  // Whether the table itself is asked for, as in "which students", and not one of its columns, as
  // in "names of students" and "student names".
  bool is_list_of_rows(std::size_t i) const {
    for (std::size_t j = i; j-- > part_begin_;) {
      if (reading_.is_any(j, {"of", "for", "in", "by"})) return false;
      if (reading_.is_any(j, {"which", "what", "list", "show", "find", "and", "give", "return"}))
        break;
      if (!is_stop_word(reading_.items[j].lower)) return false;
    }
    if (i + 1 < reading_.size() && !reading_.gone[i + 1] &&
        !reading_.items[i + 1].columns.empty() && i + 1 < reading_.head_end)
      return false;
    return true;
  }

  void read_table(std::size_t i, std::size_t table) {
    if (!is_list_of_rows(i)) return;
    add_display(table);
    reading_.need(table);
  }

  // Shows the groups too, unless one of their columns is asked for.
  void add_groups() {
    std::vector<Expression> groups;
    for (std::size_t table : reading_.group_tables) {
      const bool shown =
          std::any_of(plan().outputs.begin(), plan().outputs.end(), [&](const Expression& output) {
            return output.aggregate == Aggregate::kNone && output.column &&
                   (output.column->table == table ||
                    reading_.joins.refers(*output.column, key_column(reading_.schema, table)));
          });
      if (shown) continue;
      for (ColumnRef column : display_columns(reading_.schema, table))
        groups.push_back({Aggregate::kNone, column});
    }
    for (ColumnRef column : plan().group_by) {
      const bool of_table = std::find(reading_.group_tables.begin(), reading_.group_tables.end(),
                                      column.table) != reading_.group_tables.end();
      const bool row_shown =
          std::any_of(plan().outputs.begin(), plan().outputs.end(), [&](const Expression& output) {
            return output.aggregate == Aggregate::kNone && output.column &&
                   output.column->table == column.table &&
                   display_columns(reading_.schema, column.table)[0] == column;
          });
      if (!of_table && !row_shown) groups.push_back({Aggregate::kNone, column});
    }
    for (const Expression& group : groups) add(group);
  }

  void add_default() {
    if (!pending_.empty()) {
      for (std::size_t i = 0; i < reading_.size(); ++i) {
        const auto column = reading_.column_at(i);
        if (!column || !reading_.numeric(*column)) continue;
        for (Aggregate aggregate : pending_) add({aggregate, *column});
        reading_.gone[i] = true;
        return;
      }
    }
    add_display(plan().entity);
  }

  Reading& reading_;
  std::size_t part_begin_ = 0;
  std::size_t part_end_ = 0;
  std::vector<Aggregate> pending_;
  std::vector<Aggregate> last_aggregates_;
  bool distinct_ = false;
};

}  // namespace

void read_outputs(Reading& reading) { OutputReader(reading).read(); }

}  // namespace sqlenv
