// Reads values that the question names: "from France", "called 'Bob'", "that contain 'the'".

#include <algorithm>

#include "core/base/text.h"
#include "core/explorer/read_conditions.h"
#include "core/explorer/read_values.h"
#include "core/explorer/vocabulary.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

// Whether the word before a value fits the column: "from APG" a source, "in Anthony" a place.
double word_before_fit(const Reading& reading, std::size_t at, ColumnRef column) {
  double fit = 0;
  for (const std::string& word :
       identifier_words(reading.column(column).name, {"source", "dest", "airport"})) {
    if (reading.schema.find(word) || reading.schema.find(word + "s")) continue;
    for (std::size_t j = at > 3 ? at - 3 : 0; j < at; ++j)
      if (word_likeness(word, reading.items[j].lower) >= 0.75) fit = std::max(fit, 0.5);
    if (at == 0 || !reading.items[at - 1].is("in")) continue;
    for (std::string_view place : {"city", "country", "state", "location", "county", "region",
                                   "continent", "district", "town"})
      if (word == place) fit = std::max(fit, 0.2);
  }
  return fit;
}

// How well a value's column fits the words around the item.
double value_fit(const Reading& reading, std::size_t at, const ValueLink& link) {
  double fit = link.exact ? 0.25 : 0;
  if (link.column.table == reading.plan.entity) fit += 0.35;
  if (reading.is_mentioned(link.column.table)) fit += 0.3;
  if (!reading.joins.distance(reading.plan.entity, link.column.table)) fit -= 1;
  else
    fit -=
        0.08 * static_cast<double>(*reading.joins.distance(reading.plan.entity, link.column.table));
  if (reading.joins.is_foreign_key(link.column)) fit -= 0.1;
  fit += word_before_fit(reading, at, link.column);
  for (std::size_t j = at > 5 ? at - 5 : 0; j < std::min(at + 3, reading.size()); ++j) {
    if (j == at) continue;
    for (const ColumnLink& near : reading.items[j].columns)
      if (near.column == link.column) fit += 0.5 * near.score;
    if (j + 1 == at || j == at + 1)
      for (const TableLink& near : reading.items[j].tables)
        if (near.table == link.column.table) fit += 0.3 * near.score;
  }
  return fit;
}

Condition value_condition(const Reading& reading, std::size_t at, const ValueLink& best) {
  std::vector<std::string> forms;
  bool exact = false;
  for (const ValueLink& link : reading.items[at].values)
    if (link.column == best.column) {
      forms.push_back(quote_text(link.stored));
      exact = exact || link.exact;
    }
  if (forms.size() == 1) return {best.column, "=", forms, false, false};
  return {best.column, "=", {quote_text(to_lower(trim(best.stored)))}, true, false};
}

// Reads a quoted text that is only part of a value, by LIKE.
void take_pattern(Reading& reading, std::size_t at) {
  const std::string text = reading.items[at].text;
  std::string pattern;
  std::size_t first = at;
  for (std::size_t j = at; j-- > 0 && at - j < 7;) {
    const std::string& word = reading.items[j].lower;
    const bool contains = word.starts_with("contain") || word.starts_with("includ") ||
                          word == "substring" || word == "including" || word == "like";
    if (contains) pattern = "%" + text + "%";
    else if (word.starts_with("start") || word.starts_with("begin")) pattern = text + "%";
    else if (word.starts_with("end")) pattern = "%" + text;
    if (pattern.empty()) continue;
    first = j;
    break;
  }
  std::optional<ColumnRef> column;
  std::size_t last = at;
  for (std::size_t j = first; j < at; ++j)
    if (reading.is_any(j, {"word", "letter", "letters", "string", "phrase"}))
      pattern = pattern.empty() ? "%" + text + "%" : pattern;
  // Reads "with 'North' in its name".
  if (reading.is_any(at + 1, {"in", "inside", "within"})) {
    if (pattern.empty()) pattern = "%" + text + "%";
    for (std::size_t j = at + 2; j < std::min(at + 5, reading.size()) && !column; ++j) {
      column = reading.column_at(j);
      last = j;
    }
    if (column && reading.items[last].is("name"))
      if (const auto named = column_item_before(reading, at)) column = reading.column_at(*named);
  }
  for (std::size_t j = first; j-- > 0 && first - j < 8 && !column;) column = reading.column_at(j);
  for (std::size_t j = first; j < at && !column; ++j) column = reading.column_at(j);
  if (!column) column = display_columns(reading.schema, reading.plan.entity)[0];
  const bool negated = negated_before(reading, first);
  Condition condition{*column, "LIKE", {quote_text(pattern)}, false, false};
  if (pattern.empty()) condition = {*column, "=", {quote_text(text)}, false, false};
  if (negated) condition.op = opposite(condition.op);
  reading.plan.conditions.push_back(std::move(condition));
  const auto item = column_item_before(reading, first);
  reading.cross_out(item && *item >= reading.head_end ? *item : first, last);
}

// A negated value of another table's rows means rows without such a related row.
void add_value_condition(Reading& reading, std::size_t at, Condition condition) {
  if (negated_before(reading, at)) {
    if (condition.column.table == reading.plan.entity ||
        !reading.joins.distance(reading.plan.entity, condition.column.table)) {
      condition.op = opposite(condition.op);
    } else {
      reading.plan.exclusions.push_back({condition.column.table, {condition}});
      for (std::size_t j = at; j-- > 0 && !reading.is_any(j, {"not", "never"});)
        reading.gone[j] = true;
      if (reading.table_at(at + 1)) reading.gone[at + 1] = true;
      return;
    }
  }
  add_alternative(reading.plan.conditions, std::move(condition));
}

}  // namespace

std::optional<ValueLink> best_value(const Reading& reading, std::size_t at) {
  std::optional<ValueLink> best;
  double best_fit = -10;
  for (const ValueLink& link : reading.items[at].values) {
    const double fit = value_fit(reading, at, link);
    if (fit <= best_fit + 1e-9) continue;
    best_fit = fit;
    best = link;
  }
  return best;
}

void read_values(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (reading.gone[i]) continue;
    const bool quoted = reading.items[i].kind == QuestionToken::Kind::kQuoted;
    if (quoted && reading.items[i].values.empty()) {
      take_pattern(reading, i);
      mark(reading, i);
      continue;
    }
    const std::optional<ValueLink> best = best_value(reading, i);
    if (!best) continue;
    // In "Frankfurt (FRA)" the second value names the same row more exactly.
    if (reading.is(i + 1, "(") && i + 2 < reading.size() && !reading.items[i + 2].values.empty()) {
      reading.gone[i] = true;
      continue;
    }
    add_value_condition(reading, i, value_condition(reading, i, *best));
    mark(reading, i);
    const auto item = column_item_before(reading, i);
    const bool same = item && reading.column_at(*item) == best->column &&
                      (*item >= reading.head_end || *item + 1 == i);
    reading.cross_out(same ? *item : i, i);
  }
}

}  // namespace sqlenv
