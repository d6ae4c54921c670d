// Reads conditions that name no number or value: unknown, flags, averages, other rows, negations.

#include <algorithm>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/explorer/read_conditions.h"
#include "core/explorer/read_values.h"
#include "core/explorer/vocabulary.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

bool is_glue(const Item& item) {
  return (item.kind == QuestionToken::Kind::kWord && is_stop_word(item.lower)) ||
         item.is("value") || item.is("equal") || item.is("equals") || item.is("'");
}

// Gives 1 for "greater", -1 for "smaller", 0 for other words.
int is_comparative(std::string_view word) {
  for (std::string_view more : {"greater", "larger", "more", "higher", "bigger"})
    if (word == more) return 1;
  for (std::string_view less : {"smaller", "less", "lower", "fewer"})
    if (word == less) return -1;
  return 0;
}

// The value that means yes in a column where `no` means no; empty if unknown.
std::string yes_for(const std::string& no) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"F", "T"},    {"0", "1"},        {"N", "Y"},        {"No", "Yes"},
      {"no", "yes"}, {"False", "True"}, {"false", "true"}, {"FALSE", "TRUE"}};
  for (const auto& [first, second] : kPairs)
    if (no == first) return std::string(second);
  return "";
}

}  // namespace

std::optional<std::size_t> column_item_before(const Reading& reading, std::size_t i) {
  for (std::size_t j = i; j-- > 0 && i - j < 7;) {
    if (reading.gone[j]) return std::nullopt;
    if (reading.column_at(j)) return j;
    if (!is_glue(reading.items[j])) return std::nullopt;
  }
  return std::nullopt;
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

void mark(Reading& reading, std::size_t i) {
  for (Condition& condition : reading.plan.conditions)
    if (condition.at == 0) condition.at = i;
}

void read_nulls(Reading& reading) {
  for (std::size_t i = 0; i + 1 < reading.size(); ++i) {
    // Finds "no legal name", "without an email".
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

// Reads "official languages": a column of yes and no that the question uses as an adjective.
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

// Reads "a greater population than any country in Asia" as a comparison with a minimum or maximum.
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
    // The words that follow describe the other rows.
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

void read_negations(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (!reading.is_any(i, {"not", "without", "never", "no"})) continue;
    for (std::size_t j = i + 1; j < std::min(i + 9, reading.size()); ++j) {
      if (!reading.items[j].values.empty() || reading.items[j].is_number()) break;
      std::optional<std::size_t> table = reading.table_at(j, 0.3);
      if (!table) continue;
      // "never attends courses" means the table whose name has both words.
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

}  // namespace sqlenv
