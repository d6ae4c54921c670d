// Reads comparisons with numbers: "older than 20", "at least 3 pets", "between 10 and 20", "in
// 2014".

#include <algorithm>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/explorer/read_conditions.h"
#include "core/explorer/vocabulary.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

bool is_year(const std::string& number) {
  return number.size() == 4 && number >= "1700" && number <= "2100";
}

// Compares a column of years or dates with a year, in the form that its values have.
Condition time_condition(const Reading& reading, ColumnRef column, const std::string& op,
                         const std::string& number) {
  Condition condition{column, op, {number}, false, false};
  const std::string& least = reading.survey.facts(column).least;
  const bool bare_year = least.size() <= 4;
  if (bare_year || reading.numeric(column)) {
    if (!reading.numeric(column)) condition.operands = {quote_text(number)};
    return condition;
  }
  const bool year_first = least.size() > 4 && least[4] == '-';
  if (op == "=") {
    condition.op = "LIKE";
    condition.operands = {quote_text(year_first ? number + "%" : "%" + number + "%")};
  } else {
    // Greater than a year means later than all of its days.
    condition.operands = {quote_text(op == ">" ? number + "-12-31" : number + "-01-01")};
  }
  return condition;
}

void set_having(Reading& reading, const std::string& op, const std::string& number,
                std::size_t counted) {
  reading.plan.having = Having{op, number};
  reading.need(counted);
}

// Reads "at least 3 pets", "number of pets is more than 3" as a condition on a count of rows.
bool take_count_comparison(Reading& reading, std::size_t at, const Comparison& comparison,
                           const std::string& op) {
  for (std::size_t j = at + 1; j < std::min(at + 5, reading.size()); ++j) {
    if (reading.is(j, "times")) {
      reading.plan.having = Having{op, reading.items[at].text};
      reading.cross_out(comparison.first, j);
      return true;
    }
    const std::optional<std::size_t> table = reading.table_at(j);
    const std::optional<ColumnRef> column = reading.column_at(j, 0.6);
    if (column && !table && reading.numeric(*column) && !reading.is_key(*column)) return false;
    if (!table && !column) {
      if (reading.is_any(j, {"different", "distinct", "or", "more", "of", "the"}) ||
          (!is_stop_word(reading.items[j].lower) && !reading.items[j].linked()))
        continue;
      return false;
    }
    if (j <= comparison.last) continue;
    set_having(reading, op, reading.items[at].text, table ? *table : column->table);
    reading.cross_out(comparison.first, j);
    return true;
  }
  if (!comparison.said && is_year(reading.items[at].text)) return false;
  for (std::size_t j = comparison.first; j-- > 0 && comparison.first - j < 8;) {
    if (!reading.is_any(j, {"number", "count"}) || !reading.is(j + 1, "of")) continue;
    for (std::size_t k = j + 2; k < comparison.first; ++k)
      if (const std::optional<std::size_t> table = reading.table_at(k)) {
        set_having(reading, op, reading.items[at].text, *table);
        reading.cross_out(j, comparison.last);
        return true;
      }
  }
  return false;
}

// The numeric column after the number: "more than 100 horsepower", "4 cylinders".
std::optional<std::size_t> unit_item(const Reading& reading, std::size_t at) {
  for (std::size_t j = at + 1; j < std::min(at + 4, reading.size()); ++j)
    if (const auto column = reading.column_at(j, 0.5))
      return reading.numeric(*column) ? std::optional<std::size_t>(j) : std::nullopt;
  return std::nullopt;
}

void add_number_condition(Reading& reading, ColumnRef column, const std::string& op,
                          const std::string& number, bool negated) {
  if (is_year(number) && !reading.is_key(column)) {
    Condition condition = time_condition(reading, column, op, number);
    if (negated) condition.op = opposite(condition.op);
    add_alternative(reading.plan.conditions, std::move(condition));
    return;
  }
  Condition condition{column, negated ? opposite(op) : op, {number}, false, false};
  if (!reading.numeric(column)) condition.operands = {quote_text(number)};
  reading.plan.conditions.push_back(std::move(condition));
}

// Reads "between 10 and 20".
bool take_between(Reading& reading, std::size_t at) {
  if (!(at > 0 && reading.is_any(at - 1, {"between", "from"}) &&
        reading.is_any(at + 1, {"and", "to"}) && at + 2 < reading.size() &&
        reading.items[at + 2].is_number() && !reading.gone[at + 2]))
    return false;
  std::optional<ColumnRef> column;
  const auto before = column_item_before(reading, at - 1);
  if (before) column = reading.column_at(*before);
  const auto unit = unit_item(reading, at + 2);
  if (!column && unit) column = reading.column_at(*unit);
  if (!column && is_year(reading.items[at].text)) column = reading.time_column();
  if (!column) return false;
  reading.plan.conditions.push_back(
      {*column, "BETWEEN", {reading.items[at].text, reading.items[at + 2].text}, false, false});
  reading.cross_out(before.value_or(at - 1), at + 2);
  if (unit && !before) reading.cross_out(*unit, *unit);
  return true;
}

bool speaks_of_time(const Reading& reading, ColumnRef column) {
  for (const std::string& word : identifier_words(reading.column(column).name))
    for (std::string_view time : {"year", "date", "time", "since", "born", "birth", "founded",
                                  "opened", "formed", "start", "end", "day"})
      if (word == time) return true;
  return false;
}

// The table whose whole name is the last word of the item, as in "registered course 301".
std::optional<std::size_t> table_named(const Reading& reading, std::size_t i) {
  const std::string& phrase = reading.items[i].lower;
  const std::string word = singular(phrase.substr(phrase.rfind(' ') + 1));
  for (std::size_t t = 0; t < reading.schema.tables().size(); ++t) {
    const std::vector<std::string> words = identifier_words(reading.schema.tables()[t].name);
    if (words.size() == 1 && singular(words[0]) == word) return t;
  }
  return reading.table_at(i);
}

// Finds the column that a number is compared with, and what to cross out for it.
std::optional<ColumnRef> compared_column(const Reading& reading, std::size_t at,
                                         const Comparison& comparison, bool& inverted,
                                         std::size_t& first, std::size_t& last) {
  first = comparison.first;
  last = comparison.last;
  // Reads "above age 30".
  if (comparison.said && at > comparison.first)
    if (const auto column = reading.column_at(at - 1)) return column;
  if (const auto item = column_item_before(reading, comparison.first)) {
    const ColumnRef column = *reading.column_at(*item);
    // "models lighter than 3500" does not compare the names of models.
    const bool fits =
        reading.numeric(column) || reading.is_key(column) ||
        (is_year(reading.items[at].text) && speaks_of_time(reading, column)) ||
        (!comparison.said && reading.items[at].text.size() > 2 && !is_year(reading.items[at].text));
    if (fits) {
      first = *item;
      return column;
    }
  }
  if (const auto item = unit_item(reading, at)) {
    last = std::max(last, *item);
    return reading.column_at(*item);
  }
  if (!comparison.concepts.empty() && (comparison.said || is_year(reading.items[at].text)))
    if (const auto column = reading.concept_column(comparison.concepts, inverted)) return column;
  if (is_year(reading.items[at].text)) return reading.time_column();
  // Reads "course 301", "student 121".
  if (!comparison.said && at > 0)
    if (const auto table = table_named(reading, at - 1)) return key_column(reading.schema, *table);
  return std::nullopt;
}

void take_number(Reading& reading, std::size_t at) {
  if (take_between(reading, at)) return;
  const Comparison comparison = comparison_at(reading.items, at);
  std::string op = comparison.said ? comparison.op : "=";
  if (take_count_comparison(reading, at, comparison, op)) return;
  bool inverted = false;
  std::size_t first = at;
  std::size_t last = at;
  const auto column = compared_column(reading, at, comparison, inverted, first, last);
  if (!column) return;
  // "an average age above 30" is a condition on groups.
  const auto said = first > 0 ? aggregate_of(reading.items[first - 1].lower) : std::nullopt;
  if (said && comparison.said && first < comparison.first && first > reading.head_end) {
    reading.plan.having = Having{op, reading.items[at].text, {*said, *column}};
    reading.cross_out(first - 1, last);
    return;
  }
  if (inverted && !op.empty() && (op[0] == '<' || op[0] == '>')) op[0] = op[0] == '<' ? '>' : '<';
  const bool negated = op == "=" && negated_before(reading, comparison.first);
  add_number_condition(reading, *column, op, reading.items[at].text, negated);
  reading.cross_out(first, last);
}

// Whether the number is a number of rows, as in "the 3 most" and "top 5".
bool counts_rows(const Reading& reading, std::size_t i) {
  if (comparison_at(reading.items, i).said) return false;
  if (i > 0 &&
      (reading.is_any(i - 1, {"top", "first", "last"}) || ranking_of(reading.items[i - 1].lower)))
    return true;
  return reading.is_any(i + 1, {"most", "least", "fewest"}) ||
         (i + 1 < reading.size() && ranking_of(reading.items[i + 1].lower).has_value());
}

}  // namespace

void read_numbers(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (reading.gone[i]) continue;
    if (!reading.items[i].is_number()) {
      const std::optional<int> number = number_from_word(reading.items[i].lower);
      if (!number || !comparison_at(reading.items, i).said) continue;
      reading.items[i].text = std::to_string(*number);
    }
    if (counts_rows(reading, i)) continue;
    take_number(reading, i);
    mark(reading, i);
  }
}

}  // namespace sqlenv
