// What is asked for: the columns, counts and aggregates of the head.

#include <algorithm>

#include "core/policy/reading.h"
#include "core/policy/words.h"

namespace sqlenv {
namespace {

// A table farther away was hardly meant.
constexpr std::size_t kFarthestJoin = 3;

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

  // What is asked for besides, after the conditions have begun: "…, and how many pets they have".
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

  // "In which years": each year once.
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

  // "the full names of the makers": the makers are whose names, not asked for themselves.
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

  // "the percentage of people": people is the population only where it is asked for first.
  bool is_faint(std::size_t i) const {
    return !plan().outputs.empty() && i > 0 && reading_.is(i - 1, "of") &&
           !reading_.items[i].columns.empty() && reading_.items[i].columns[0].score < 0.9;
  }

  // "the names of the districts": the districts are their names.
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

  // "how many different pets", "the number of students".
  void read_count(std::size_t i, std::size_t length) {
    bool different = false;
    for (std::size_t j = i + length; j < std::min(i + length + 5, reading_.size()); ++j) {
      if (reading_.gone[j]) continue;
      if (reading_.is_any(j, {"different", "distinct", "unique", "types", "kinds"}))
        different = true;
      const std::optional<std::size_t> table = reading_.table_at(j, 0.45);
      const std::optional<ColumnRef> column = reading_.column_at(j);
      if (!table && !column) continue;
      // "store locations": the locations are counted.
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

  // "How many minutes": all of them, or "on average" their mean.
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

  // "the average age and weight": the second column is averaged too.
  std::vector<Aggregate> carried(std::size_t i, ColumnRef column) const {
    if (last_aggregates_.size() != 1 || i == 0 || !reading_.items[i - 1].is("and") ||
        !reading_.numeric(column) || reading_.is_key(column))
      return {};
    return last_aggregates_;
  }

  // The table itself is asked for, not one of its columns: "which students", "list the students
  // and". Not "names of students" nor "student names".
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

  // What is grouped by is shown too, unless a column of it is.
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

bool aggregates(const Plan& plan) {
  return std::any_of(plan.outputs.begin(), plan.outputs.end(),
                     [](const Expression& output) { return output.aggregate != Aggregate::kNone; });
}

// Counting per something without having said per what: per what is shown.
void group_by_outputs(Plan& plan, const Reading& reading) {
  const bool counts =
      plan.having || std::any_of(plan.order.begin(), plan.order.end(), [](const OrderKey& key) {
        return key.key.aggregate != Aggregate::kNone;
      });
  std::vector<ColumnRef> plain;
  for (const Expression& output : plan.outputs)
    if (output.aggregate == Aggregate::kNone && output.column) plain.push_back(*output.column);
  // "The date of each treatment" is no group.
  if (!counts && !aggregates(plan)) plan.group_by.clear();
  if (!plan.group_by.empty() || (!counts && !(aggregates(plan) && !plain.empty()))) return;
  if (plain.empty()) {
    if (counts) plan.group_by = {key_column(reading.schema, plan.entity)};
    return;
  }
  // Rows of a table that is counted by another are told apart by their key, unless it is a value
  // that was asked for.
  const std::size_t table = plain[0].table;
  const std::vector<ColumnRef> shown = display_columns(reading.schema, table);
  const bool value = plain.size() == 1 && !(plain[0] == key_column(reading.schema, table)) &&
                     std::find(shown.begin(), shown.end(), plain[0]) == shown.end();
  const bool other = std::any_of(plan.tables.begin(), plan.tables.end(),
                                 [&](std::size_t needed) { return needed != table; });
  if (other && !value) plan.group_by = {key_column(reading.schema, table)};
  else plan.group_by = plain;
}

// "The cities where owners or professionals live": one column of two tables.
bool join_two_tables_values(Reading& reading) {
  Plan& plan = reading.plan;
  if (plan.outputs.size() != 1 || !plan.outputs[0].column || !plan.conditions.empty()) return false;
  const std::string& name = reading.column(*plan.outputs[0].column).name;
  for (std::size_t i = 0; i + 2 < reading.size(); ++i) {
    const auto first = reading.table_at(i);
    std::size_t next = i + 1;
    const bool either = reading.is(next, "or");
    if (!first || !(either || reading.is(next, "and"))) continue;
    const auto second = reading.table_at(next + 1);
    if (!second || *first == *second) continue;
    const auto own = reading.schema.tables()[*first].find(name);
    const auto other = reading.schema.tables()[*second].find(name);
    if (!own || !other) continue;
    Plan one;
    one.entity = *first;
    one.outputs = {{Aggregate::kNone, ColumnRef{*first, *own}}};
    Plan two;
    two.entity = *second;
    two.outputs = {{Aggregate::kNone, ColumnRef{*second, *other}}};
    one.operation = either ? SetOperation::kUnion : SetOperation::kIntersect;
    one.other = std::make_shared<Plan>(two);
    plan = std::move(one);
    return true;
  }
  return false;
}

// What is said of rows that must not be there is a condition of theirs.
void move_into_exclusions(Plan& plan) {
  for (Exclusion& exclusion : plan.exclusions) {
    if (exclusion.table == plan.entity) continue;
    const auto stays = [&](const Condition& condition) {
      return condition.column.table != exclusion.table;
    };
    const auto first = std::stable_partition(plan.conditions.begin(), plan.conditions.end(), stays);
    exclusion.conditions.insert(exclusion.conditions.end(), first, plan.conditions.end());
    plan.conditions.erase(first, plan.conditions.end());
  }
}

// "made by X or heavier than 3000": either of the two conditions.
void join_by_or(Plan& plan, const Reading& reading) {
  if (plan.conditions.size() != 2 || plan.conditions[0].or_next) return;
  const auto [low, high] = std::minmax(plan.conditions[0].at, plan.conditions[1].at);
  if (low == high) return;
  for (std::size_t i = low + 1; i < high; ++i)
    if (reading.is(i, "or")) plan.conditions[0].or_next = true;
}

// Rows of the entity, each once, however many related rows it has.
void count_once(Plan& plan, const Reading& reading) {
  if (!plan.group_by.empty() || plan.outputs.size() != 1 ||
      !(plan.outputs[0] == Expression{Aggregate::kCount, {}}))
    return;
  std::vector<std::size_t> tables = plan.tables;
  for (const Condition& condition : plan.conditions) tables.push_back(condition.column.table);
  for (std::size_t table : tables)
    for (const JoinGraph::Edge& edge : reading.joins.path({plan.entity}, table))
      if (!edge.forward) {
        plan.outputs[0] = {Aggregate::kCountDistinct, key_column(reading.schema, plan.entity)};
        return;
      }
}

// A count of different values within groups is a count of their rows.
void count_rows_in_groups(Plan& plan, bool said_different) {
  if (plan.group_by.empty() || said_different) return;
  for (Expression& output : plan.outputs)
    if (output.aggregate == Aggregate::kCountDistinct) output = {Aggregate::kCount, {}};
}

bool says_different(const Reading& reading) {
  return std::any_of(reading.items.begin(), reading.items.end(), [](const Item& item) {
    return item.is("different") || item.is("distinct") || item.is("unique");
  });
}

}  // namespace

void read_outputs(Reading& reading) { OutputReader(reading).read(); }

void read_rest(Reading& reading) {
  Plan& plan = reading.plan;
  if (join_two_tables_values(reading)) return;
  move_into_exclusions(plan);
  for (std::size_t i = 0; i < reading.size(); ++i)
    if (const auto table = reading.table_at(i))
      if (const auto steps = reading.joins.distance(plan.entity, *table);
          steps && *steps <= kFarthestJoin)
        reading.need(*table);
  join_by_or(plan, reading);
  group_by_outputs(plan, reading);
  if (plan.limit && plan.group_by.empty())
    for (Expression& output : plan.outputs)
      if (output.aggregate == Aggregate::kSum) output.aggregate = Aggregate::kNone;
  count_once(plan, reading);
  count_rows_in_groups(plan, says_different(reading));
  if (reading.order_first_output && !plan.outputs.empty())
    plan.order.push_back({plan.outputs[0], *reading.order_first_output});
}

}  // namespace sqlenv
