#include "core/explorer/planner.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/explorer/reading.h"
#include "core/explorer/vocabulary.h"

namespace sqlenv {
namespace {

// Whether no row meets both conditions: "older than 45" and "younger than 30".
bool exclude_each_other(const Condition& a, const Condition& b) {
  if (!(a.column == b.column) || a.operands.size() != 1 || b.operands.size() != 1 || a.or_next)
    return false;
  if (a.op.empty() || b.op.empty() || a.operands[0].empty() || b.operands[0].empty() ||
      a.operands[0][0] == '(' || b.operands[0][0] == '(')
    return false;
  const double x = std::atof(a.operands[0].c_str());
  const double y = std::atof(b.operands[0].c_str());
  return (a.op[0] == '>' && b.op[0] == '<' && b.op != "<>" && x >= y) ||
         (a.op[0] == '<' && b.op[0] == '>' && a.op != "<>" && x <= y);
}

// Makes conditions that no row can meet together, or that "both" joins, two queries that intersect.
void split_both(Reading& reading) {
  bool both = std::any_of(reading.items.begin(), reading.items.end(),
                          [](const Item& item) { return item.is("both"); });
  Plan& plan = reading.plan;
  const bool either = std::any_of(reading.items.begin(), reading.items.end(),
                                  [](const Item& item) { return item.is("or"); });
  for (std::size_t i = 0; i + 1 < plan.conditions.size(); ++i)
    if (exclude_each_other(plan.conditions[i], plan.conditions[i + 1])) {
      if (either) plan.conditions[i].or_next = true;
      else both = true;
    }
  if (!both || either) return;
  for (std::size_t i = 0; i + 1 < plan.conditions.size(); ++i) {
    if (!plan.conditions[i].or_next &&
        !exclude_each_other(plan.conditions[i], plan.conditions[i + 1]))
      continue;
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

// Splits into sentences. The first one that ends in a question mark comes first.
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

bool names_a_table(const std::string& word, const SchemaView& schema) {
  return std::any_of(schema.tables().begin(), schema.tables().end(), [&](const SeenTable& table) {
    return singular(to_lower(table.name)) == singular(word);
  });
}

// Where two keys join the same tables, such as a flight's source and destination, prefers the key
// that the question mentions.
void prefer_mentioned_keys(const std::vector<QuestionToken>& tokens, const SchemaView& schema,
                           JoinGraph& joins) {
  const std::vector<QuestionToken> none;
  for (std::size_t t = 0; t < schema.tables().size(); ++t) {
    std::optional<ColumnRef> best;
    double best_score = 0;
    for (std::size_t c = 0; c < schema.tables()[t].columns.size(); ++c) {
      if (!joins.is_one_of_several({t, c})) continue;
      double score = 0;
      for (const std::string& word :
           identifier_words(schema.tables()[t].columns[c].name, {"source", "dest"}))
        for (const QuestionToken& token : names_a_table(word, schema) ? none : tokens)
          score = std::max(score, word_likeness(word, token.lower));
      if (score <= best_score) continue;
      best_score = score;
      best = ColumnRef{t, c};
    }
    if (best) joins.prefer(*best);
  }
}

bool is_text_literal(const Condition& condition) {
  return condition.op == "=" && condition.operands.size() == 1 && !condition.normalised &&
         condition.operands[0].size() > 2 && condition.operands[0][0] == '\'';
}

// The plan, and one with LIKE in place of equal texts if it has such a condition.
std::vector<Plan> with_fallbacks(const Plan& plan) {
  std::vector<Plan> plans = {plan};
  Plan loose = plan;
  bool changed = false;
  for (Condition& condition : loose.conditions) {
    if (!is_text_literal(condition)) continue;
    const std::string inside = condition.operands[0].substr(1, condition.operands[0].size() - 2);
    condition.op = "LIKE";
    condition.operands[0] = "'%" + inside + "%'";
    changed = true;
  }
  if (changed && !plan.other) plans.push_back(std::move(loose));
  return plans;
}

}  // namespace

std::vector<Plan> make_plans(const std::vector<QuestionToken>& tokens, const SchemaView& schema,
                             const Survey& survey, JoinGraph& joins) {
  const bool any = std::any_of(schema.tables().begin(), schema.tables().end(),
                               [](const SeenTable& table) { return !table.columns.empty(); });
  if (!any) return {};
  std::vector<std::vector<Item>> sentences = split_sentences(link_question(tokens, schema, survey));
  prefer_mentioned_keys(tokens, schema, joins);
  Reading reading(std::move(sentences.front()), schema, survey, joins);
  read_entity(reading);
  read_order(reading);
  read_nulls(reading);
  read_averages(reading);
  read_comparisons_with_rows(reading);
  read_numbers(reading);
  read_superlatives(reading);
  read_groups(reading);
  read_negations(reading);
  read_flags(reading);
  read_values(reading);
  read_outputs(reading);
  fit_plan(reading);
  for (std::size_t i = 1; i < sentences.size(); ++i)
    read_directive(reading, std::move(sentences[i]));
  split_both(reading);
  return with_fallbacks(reading.plan);
}

}  // namespace sqlenv
