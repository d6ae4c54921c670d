// Reads sentences after the question, which describe the form of the answer.

#include <algorithm>

#include "core/base/english.h"
#include "core/explorer/reading.h"

namespace sqlenv {
namespace {

bool has(const std::vector<Item>& items, std::string_view word) {
  return std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.is(word); });
}

// Reads "Give their names": shows these columns instead of those that stood for the rows.
void replace_outputs(Reading& reading, Reading& said) {
  std::vector<Expression> outputs;
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (said.is_any(i, {"without", "with", "in", "sorted", "ordered"})) break;
    // Counts and aggregates of the question stay.
    if (said.is_any(i, {"number", "count"}) && said.is(i + 1, "of")) {
      for (++i; i + 1 < said.size() && !said.items[i].linked();) ++i;
      continue;
    }
    const auto column = said.column_at(i, 0.5);
    if (!column || (i > 0 && aggregate_of(said.items[i - 1].lower))) continue;
    // In "the maker full name" the first item says whose; in "IATA codes" the second adds nothing.
    const bool whose = !said.items[i].tables.empty() && said.items[i].tables[0].score >= 0.45;
    if (whose && said.column_at(i + 1)) continue;
    if (i > 0 && !outputs.empty() && said.column_at(i - 1) && said.items[i - 1].tables.empty())
      continue;
    const std::string& word = said.items[i].lower;
    if (word == "name" || word == "names") {
      const std::size_t table = said.owner_near(i).value_or(said.plan.entity);
      for (ColumnRef shown : display_columns(reading.schema, table))
        outputs.push_back({Aggregate::kNone, shown});
    } else {
      outputs.push_back({Aggregate::kNone, *column});
    }
  }
  if (outputs.empty()) return;
  for (std::size_t i = 1; i < outputs.size();) {
    const auto here = outputs.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(outputs.begin(), here, outputs[i]) != here) outputs.erase(here);
    else ++i;
  }
  for (const Expression& output : reading.plan.outputs)
    if (output.aggregate != Aggregate::kNone) outputs.push_back(output);
  reading.plan.outputs = std::move(outputs);
}

// Adds the opposite of the conditions that the sentence names.
void leave_out(Reading& reading, Reading& said) {
  said.plan.conditions.clear();
  said.plan.exclusions.clear();
  read_values(said);
  for (Condition& condition : said.plan.conditions) {
    condition.op = condition.op == "=" ? "<>" : condition.op == "LIKE" ? "NOT LIKE" : condition.op;
    condition.or_next = false;
    // The question itself may already name a value of the same column.
    const bool known =
        std::any_of(reading.plan.conditions.begin(), reading.plan.conditions.end(),
                    [&](const Condition& other) { return other.column == condition.column; });
    if (!known) reading.plan.conditions.push_back(std::move(condition));
  }
}

void read_rounding(Reading& reading, const std::vector<Item>& items) {
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    if (items[i + 1].lower.substr(0, 7) != "decimal") continue;
    if (items[i].is_number()) reading.plan.rounded = std::atoi(items[i].text.c_str());
    else if (const auto number = number_from_word(items[i].lower)) reading.plan.rounded = *number;
  }
}

}  // namespace

void read_directive(Reading& reading, std::vector<Item> sentence) {
  if (sentence.empty()) return;
  read_rounding(reading, sentence);
  if (has(sentence, "blanks") && has(sentence, "without")) reading.plan.trimmed = true;
  if (has(sentence, "lower") && has(sentence, "case")) reading.plan.lowered = true;
  if (has(sentence, "spellings") || has(sentence, "spelling"))
    reading.plan.trimmed = reading.plan.lowered = true;
  const std::string first = sentence.front().lower;
  Reading said(std::move(sentence), reading.schema, reading.survey, reading.joins);
  said.plan.entity = reading.plan.entity;
  for (std::string_view verb : {"give", "list", "show", "return", "report", "answer", "name",
                                "state", "include", "write", "tell", "provide", "display", "find"})
    if (first == verb) {
      said.gone[0] = true;
      replace_outputs(reading, said);
    }
  if (first == "leave" || first == "exclude" || first == "ignore" || first == "skip")
    leave_out(reading, said);
  if (said.plan.order.empty() && reading.plan.order.empty()) {
    read_order(said);
    for (OrderKey& key : said.plan.order) reading.plan.order.push_back(key);
    if (said.order_first_output && !reading.plan.outputs.empty())
      reading.plan.order.push_back({reading.plan.outputs[0], *said.order_first_output});
  }
}

}  // namespace sqlenv
