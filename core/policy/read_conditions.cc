// Conditions: comparisons with numbers and averages, values, negations.

#include <algorithm>

#include "core/base/text.h"
#include "core/policy/reading.h"
#include "core/policy/sql_text.h"
#include "core/policy/words.h"

namespace sqlenv {
namespace {

bool is_glue(const Item& item) {
  return (item.kind == QuestionToken::Kind::kWord && is_stop_word(item.lower)) ||
         item.is("value") || item.is("equal") || item.is("equals") || item.is("'");
}

// The nearest column before item i with nothing but small words between.
std::optional<std::size_t> column_item_before(const Reading& reading, std::size_t i) {
  for (std::size_t j = i; j-- > 0 && i - j < 7;) {
    if (reading.gone[j]) return std::nullopt;
    if (reading.column_at(j)) return j;
    if (!is_glue(reading.items[j])) return std::nullopt;
  }
  return std::nullopt;
}

bool is_year(const std::string& number) {
  return number.size() == 4 && number >= "1700" && number <= "2100";
}

bool negated_before(const Reading& reading, std::size_t i) {
  for (std::size_t j = i; j-- > 0 && i - j < 5;) {
    if (reading.is_any(j, {"not", "except", "excluding", "outside", "non", "never"})) return true;
    if (reading.is(j, "than") && j > 0 && reading.is(j - 1, "other")) return true;
    if (reading.is(j, "from") && j > 0 && reading.is(j - 1, "different")) return true;
    if (!is_glue(reading.items[j]) && reading.items[j].columns.empty() &&
        !is_verb(reading.items[j].lower))
      return false;
  }
  return false;
}

std::string opposite(const std::string& op) {
  if (op == "=") return "<>";
  if (op == "LIKE") return "NOT LIKE";
  if (op == "IN") return "NOT IN";
  return op;
}

// A year compared with a column of dates in text: by its beginning or end, as the column writes it.
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

// A second value of one column is an alternative to the first.
void add_alternative(std::vector<Condition>& conditions, Condition condition) {
  for (std::size_t i = conditions.size(); i-- > 0;) {
    if (!(conditions[i].column == condition.column) || conditions[i].op != condition.op ||
        condition.op != "=")
      continue;
    if (conditions[i].operands == condition.operands) return;
    condition.or_next = conditions[i].or_next;
    conditions[i].or_next = true;
    conditions.insert(conditions.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                      std::move(condition));
    return;
  }
  conditions.push_back(std::move(condition));
}

void set_having(Reading& reading, const std::string& op, const std::string& number,
                std::size_t counted) {
  reading.plan.having = Having{op, number};
  reading.need(counted);
}

// "at least 3 pets", "number of pets is more than 3": a count of rows, not of a value.
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

// The numeric column that stands after the number: "more than 100 horsepower", "4 cylinders".
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

// "between 10 and 20".
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

// The table whose whole name is the last word of the item: "registered course 301".
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
  // "above age 30"
  if (comparison.said && at > comparison.first)
    if (const auto column = reading.column_at(at - 1)) return column;
  if (const auto item = column_item_before(reading, comparison.first)) {
    const ColumnRef column = *reading.column_at(*item);
    // "models lighter than 3500" is not about the models' names.
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
  // "course 301", "student 121".
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
  // "an average age above 30" is about groups.
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

// "from APG" speaks of a source, "in Anthony" of a place.
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

// How well a value's column fits what is around the item.
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

// The columns that name a quoted text that is no whole value: LIKE.
void take_pattern(Reading& reading, std::size_t at) {
  const std::string text = reading.items[at].text;
  std::string pattern;
  std::size_t first = at;
  for (std::size_t j = at; j-- > 0 && at - j < 7;) {
    const std::string& word = reading.items[j].lower;
    const bool contains = word.substr(0, 7) == "contain" || word.substr(0, 7) == "includ" ||
                          word == "substring" || word == "including" || word == "like";
    if (contains) pattern = "%" + text + "%";
    else if (word.substr(0, 5) == "start" || word.substr(0, 5) == "begin") pattern = text + "%";
    else if (word.substr(0, 3) == "end") pattern = "%" + text;
    if (pattern.empty()) continue;
    first = j;
    break;
  }
  std::optional<ColumnRef> column;
  std::size_t last = at;
  for (std::size_t j = first; j < at; ++j)
    if (reading.is_any(j, {"word", "letter", "letters", "string", "phrase"}))
      pattern = pattern.empty() ? "%" + text + "%" : pattern;
  // "with 'North' in its name"
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

// 1 for "greater", -1 for "smaller", 0 for other words.
int is_comparative(std::string_view word) {
  for (std::string_view more : {"greater", "larger", "more", "higher", "bigger"})
    if (word == more) return 1;
  for (std::string_view less : {"smaller", "less", "lower", "fewer"})
    if (word == less) return -1;
  return 0;
}

// The other of two values of which `no` is the first.
std::string yes_for(const std::string& no) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"F", "T"},    {"0", "1"},        {"N", "Y"},        {"No", "Yes"},
      {"no", "yes"}, {"False", "True"}, {"false", "true"}, {"FALSE", "TRUE"}};
  for (const auto& [first, second] : kPairs)
    if (no == first) return std::string(second);
  return "";
}

// Remembers where the conditions that were just added are said.
void mark(Reading& reading, std::size_t i) {
  for (Condition& condition : reading.plan.conditions)
    if (condition.at == 0) condition.at = i;
}

// "the 3 most", "top 5": how many rows, for read_superlatives.
bool counts_rows(const Reading& reading, std::size_t i) {
  if (comparison_at(reading.items, i).said) return false;
  if (i > 0 &&
      (reading.is_any(i - 1, {"top", "first", "last"}) || ranking_of(reading.items[i - 1].lower)))
    return true;
  return reading.is_any(i + 1, {"most", "least", "fewest"}) ||
         (i + 1 < reading.size() && ranking_of(reading.items[i + 1].lower).has_value());
}

}  // namespace

void read_nulls(Reading& reading) {
  for (std::size_t i = 0; i + 1 < reading.size(); ++i) {
    // "no legal name", "without an email"
    if (reading.is_any(i, {"no", "without"})) {
      const std::size_t next = reading.is_any(i + 1, {"a", "an", "any", "known"}) ? i + 2 : i + 1;
      const auto column = reading.column_at(next);
      if (!column || reading.table_at(next) || reading.is_key(*column)) continue;
      if (reading.survey.facts(*column).known && reading.survey.facts(*column).nulls == 0) continue;
      reading.plan.conditions.push_back({*column, "IS NULL", {}, false, false});
      reading.cross_out(i, next);
      continue;
    }
    const bool unknown = reading.is_any(i, {"unknown", "missing", "unrecorded", "null"}) ||
                         (reading.is(i, "not") && reading.is_any(i + 1, {"known", "recorded"}));
    if (!unknown) continue;
    const auto item = column_item_before(reading, i);
    if (!item) continue;
    const bool negated = reading.is(i, "null") && i > 0 && reading.is(i - 1, "not");
    reading.plan.conditions.push_back(
        {*reading.column_at(*item), negated ? "IS NOT NULL" : "IS NULL", {}, false, false});
    reading.cross_out(*item, reading.is(i, "not") ? i + 1 : i);
  }
}

// "official languages": a column of yes and no that the question uses as an adjective.
void read_flags(Reading& reading) {
  for (std::size_t i = 0; i + 1 < reading.size(); ++i) {
    const auto column = reading.column_at(i, 0.45);
    if (!column || reading.table_at(i)) continue;
    const ColumnFacts& facts = reading.survey.facts(*column);
    const std::string yes = yes_for(facts.least);
    const std::vector<std::string> words = identifier_words(reading.column(*column).name);
    const bool adjective = words.size() > 1 && (words[0] == "is" || words[0] == "has");
    if (!facts.known || facts.distinct != 2 || yes.empty() || !adjective) continue;
    bool negated =
        reading.is_any(i > 0 ? i - 1 : 0, {"not", "non"}) || (i > 1 && reading.is(i - 2, "not"));
    reading.plan.conditions.push_back(
        {*column, negated ? "<>" : "=", {reading.numeric(*column) ? yes : quote_text(yes)}});
    mark(reading, i);
    reading.gone[i] = true;
  }
}

void read_averages(Reading& reading) {
  for (std::size_t i = 2; i < reading.size(); ++i) {
    if (!reading.is_any(i, {"average", "mean", "avg"})) continue;
    const std::size_t than = reading.is_any(i - 1, {"the", "an"}) ? i - 2 : i - 1;
    std::string op;
    std::vector<Concept> concepts;
    std::vector<Item> probe(reading.items.begin(),
                            reading.items.begin() + static_cast<std::ptrdiff_t>(i + 1));
    const Comparison comparison = comparison_at(probe, i);
    if (!comparison.said || comparison.first > than) continue;
    op = comparison.op;
    bool inverted = false;
    std::optional<ColumnRef> column = reading.column_at(i + 1);
    std::size_t last = column ? i + 1 : i;
    std::size_t first = comparison.first;
    if (const auto before = column_item_before(reading, comparison.first)) {
      if (!column) column = reading.column_at(*before);
      first = *before;
    }
    if (!column) column = reading.concept_column(comparison.concepts, inverted);
    if (!column) continue;
    if (inverted) op[0] = op[0] == '<' ? '>' : '<';
    const std::string name = sql_name(reading.column(*column).name);
    const std::string table = sql_name(reading.schema.tables()[column->table].name);
    reading.plan.conditions.push_back(
        {*column, op, {"(SELECT avg(" + name + ") FROM " + table + ")"}, false, false});
    reading.cross_out(first, last);
  }
}

// "a greater population than any country in Asia": compared with the least or the greatest.
void read_comparisons_with_rows(Reading& reading) {
  for (std::size_t i = 0; i + 2 < reading.size(); ++i) {
    if (!reading.is(i, "than") || !reading.is_any(i + 1, {"any", "all", "every", "that"})) continue;
    std::size_t word = i;
    while (word > 0 && i - word < 4 && !is_comparative(reading.items[word].lower)) --word;
    if (!is_comparative(reading.items[word].lower)) continue;
    const bool more = is_comparative(reading.items[word].lower) > 0;
    const auto before = column_item_before(reading, word);
    std::optional<ColumnRef> column;
    if (word + 1 < i) column = reading.column_at(i - 1);
    if (!column && before) column = reading.column_at(*before);
    if (!column || !reading.numeric(*column)) continue;
    // What follows describes the rows compared with.
    std::string where;
    for (std::size_t j = i + 2; j < reading.size(); ++j) {
      const std::optional<ValueLink> value = best_value(reading, j);
      if (!value || value->column.table != column->table || reading.gone[j]) continue;
      where = " WHERE " + sql_name(reading.column(value->column).name) + " = " +
              quote_text(value->stored);
      reading.gone[j] = true;
    }
    const bool all = !reading.is(i + 1, "any");
    const std::string aggregate = more == all ? "max(" : "min(";
    reading.plan.conditions.push_back(
        {*column,
         more ? ">" : "<",
         {"(SELECT " + aggregate + sql_name(reading.column(*column).name) + ") FROM " +
          sql_name(reading.schema.tables()[column->table].name) + where + ")"}});
    mark(reading, i);
    reading.cross_out(before ? *before : word, i + 2);
  }
}

void read_numbers(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (reading.gone[i]) continue;
    if (!reading.items[i].is_number()) {
      const std::optional<int> number = number_word(reading.items[i].lower);
      if (!number || !comparison_at(reading.items, i).said) continue;
      reading.items[i].text = std::to_string(*number);
    }
    if (counts_rows(reading, i)) continue;
    take_number(reading, i);
    mark(reading, i);
  }
}

void read_negations(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (!reading.is_any(i, {"not", "without", "never", "no"})) continue;
    for (std::size_t j = i + 1; j < std::min(i + 9, reading.size()); ++j) {
      if (!reading.items[j].values.empty() || reading.items[j].is_number()) break;
      std::optional<std::size_t> table = reading.table_at(j, 0.3);
      if (!table) continue;
      // "never attends courses": the table whose name says both.
      for (std::size_t k = j + 1; k < std::min(j + 4, reading.size()); ++k)
        if (!reading.items[j].tables.empty() && reading.items[j].tables[0].score < 0.7 &&
            reading.table_at(k))
          reading.cross_out(k, k);
      if (*table == reading.plan.entity || !reading.joins.distance(reading.plan.entity, *table))
        continue;
      reading.plan.exclusions.push_back({*table, {}});
      reading.cross_out(i, j);
      break;
    }
  }
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
    // "Frankfurt (FRA)": the second names the same thing more exactly.
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
