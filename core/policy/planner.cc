#include "core/policy/planner.h"

#include <algorithm>

#include "core/policy/reading.h"

namespace sqlenv {
namespace {

// "both A and B": rows of the one and of the other.
void split_both(Reading& reading) {
  const bool both = std::any_of(reading.items.begin(), reading.items.end(),
                                [](const Item& item) { return item.is("both"); });
  Plan& plan = reading.plan;
  if (!both) return;
  for (std::size_t i = 0; i + 1 < plan.conditions.size(); ++i) {
    if (!plan.conditions[i].or_next) continue;
    plan.conditions[i].or_next = false;
    auto other = std::make_shared<Plan>(plan);
    other->conditions.erase(other->conditions.begin() + static_cast<std::ptrdiff_t>(i));
    other->order.clear();
    plan.conditions.erase(plan.conditions.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    plan.operation = SetOperation::kIntersect;
    plan.other = std::move(other);
    return;
  }
}

// The sentences, the question itself first: the one that ends in a question mark, else the first.
std::vector<std::vector<Item>> split_sentences(std::vector<Item> items) {
  std::vector<std::vector<Item>> sentences(1);
  std::optional<std::size_t> question;
  for (Item& item : items) {
    const bool ends = item.is(".") || item.is("?") || item.is("!");
    if (item.is("?") && !question) question = sentences.size() - 1;
    sentences.back().push_back(std::move(item));
    if (ends) sentences.emplace_back();
  }
  if (sentences.back().empty() && sentences.size() > 1) sentences.pop_back();
  if (question) std::swap(sentences[0], sentences[*question]);
  return sentences;
}

}  // namespace

std::vector<Plan> make_plans(const std::vector<QuestionToken>& tokens, const SchemaView& schema,
                             const Survey& survey, JoinGraph& joins) {
  const bool any = std::any_of(schema.tables().begin(), schema.tables().end(),
                               [](const SeenTable& table) { return !table.columns.empty(); });
  if (!any) return {};
  std::vector<std::vector<Item>> sentences = split_sentences(link_question(tokens, schema, survey));
  Reading reading(std::move(sentences.front()), schema, survey, joins);
  read_entity(reading);
  read_order(reading);
  read_nulls(reading);
  read_averages(reading);
  read_numbers(reading);
  read_superlatives(reading);
  read_groups(reading);
  read_negations(reading);
  read_values(reading);
  read_outputs(reading);
  read_rest(reading);
  for (std::size_t i = 1; i < sentences.size(); ++i)
    read_directive(reading, std::move(sentences[i]));
  split_both(reading);
  return {reading.plan};
}

}  // namespace sqlenv
