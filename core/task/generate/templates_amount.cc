#include "core/base/english.h"
#include "core/task/generate/question_parts.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv::generate {
namespace {

bool is_averaged(const ColumnProfile& column) { return is_amount(column) && column.averageable; }
bool is_summed(const ColumnProfile& column) { return is_amount(column) && column.additive; }

struct Amount {
  std::size_t position = 0;
  const TableProfile* table = nullptr;
  const ColumnProfile* column = nullptr;
  std::string c;
  std::vector<std::string> filters;  // without NULLs, and perhaps a condition
  std::string among;                 // " whose …", or empty
};

std::optional<Amount> some_amount(DraftWriter& writer, bool (*suits)(const ColumnProfile&),
                                  std::size_t filtered) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  Amount amount;
  amount.position = *t;
  amount.table = &writer.table(*t);
  amount.column = writer.some_column(*amount.table, suits);
  if (amount.column == nullptr) return std::nullopt;
  amount.c = column_sql(*amount.column);
  if (writer.chance(filtered)) {
    const auto condition = writer.condition(*amount.table, "", amount.column->name);
    if (!condition) return std::nullopt;
    amount.filters.push_back(condition->sql);
    amount.among = " " + condition->relative;
  }
  for (const std::string& filled : null_sql(*amount.column)) amount.filters.push_back(filled);
  return amount;
}

std::string from(const Amount& amount) {
  return " FROM " + table_sql(*amount.table) + where(amount.filters);
}

// Asks for ROUND(expression), with checks that there are two values and no doubtful rounding.
QuestionDraft rounded_draft(const Amount& amount, const std::string& expression, int decimals) {
  QuestionDraft draft;
  draft.sql = "SELECT " + rounded(expression, decimals) + from(amount);
  draft.tables = {amount.position};
  draft.least = -1'000'000'000'000;
  draft.checks = {
      {Check::Kind::kAtLeast, "SELECT COUNT(DISTINCT " + amount.c + ")" + from(amount), 2},
      {Check::Kind::kUnrounded, "SELECT " + expression + from(amount), decimals}};
  return draft;
}

std::optional<QuestionDraft> average(DraftWriter& writer) {
  const auto amount = some_amount(writer, is_averaged, 70);
  if (!amount) return std::nullopt;
  const int decimals = decimals_of(*amount->column);
  QuestionDraft draft = rounded_draft(*amount, "AVG(" + amount->c + ")", decimals);
  const std::string text = writer.say(
      {"What is the average {c} of the {N}{rel}?", "What is the mean {c} of the {N}{rel}?",
       "Find the average {c} of all {N}{rel}."},
      {{"c", amount->column->phrase.one}, {"N", amount->table->noun.many}, {"rel", amount->among}});
  draft.text =
      sentences({text, rounding_words(decimals), null_words(*amount->table, *amount->column)});
  return draft;
}

std::optional<QuestionDraft> total(DraftWriter& writer) {
  const auto amount = some_amount(writer, is_summed, 70);
  if (!amount) return std::nullopt;
  const bool whole = amount->column->integral;
  const int decimals = decimals_of(*amount->column);
  const std::string sum = "SUM(" + amount->c + ")";
  QuestionDraft draft = rounded_draft(*amount, sum, decimals);
  if (whole) {
    draft.sql = "SELECT " + sum + from(*amount);
    draft.checks.pop_back();
  }
  const Noun& phrase = amount->column->phrase;
  const bool counts = phrase.one.starts_with("number of ");
  const Places places = {{"c", phrase.one},
                         {"C", phrase.one.front() == '"' ? phrase.many : phrase.one},
                         {"N", amount->table->noun.many},
                         {"rel", amount->among}};
  const std::string text =
      writer.say({"What is the total {c} of the {N}{rel}?",
                  counts ? "Find the total {c} of all {N}{rel}."
                         : "Add up the {C} of all {N}{rel}. What is the total?",
                  counts ? "What is the total {c} over all {N}{rel}?"
                         : "What is the sum of the {C} over all {N}{rel}?"},
                 places);
  draft.text = sentences(
      {text, whole ? "" : rounding_words(decimals), null_words(*amount->table, *amount->column)});
  return draft;
}

std::optional<QuestionDraft> spread(DraftWriter& writer) {
  const auto amount = some_amount(writer, is_amount, 50);
  if (!amount) return std::nullopt;
  const bool whole = amount->column->integral;
  const int decimals = decimals_of(*amount->column);
  const std::string difference = "MAX(" + amount->c + ") - MIN(" + amount->c + ")";
  QuestionDraft draft = rounded_draft(*amount, difference, decimals);
  if (whole) {
    draft.sql = "SELECT " + difference + from(*amount);
    draft.checks.pop_back();
  }
  const std::string text = writer.say(
      {"What is the difference between the highest and the lowest {c} of the {N}{rel}?",
       "How far apart are the highest and the lowest {c} of the {N}{rel}?"},
      {{"c", amount->column->phrase.one}, {"N", amount->table->noun.many}, {"rel", amount->among}});
  draft.text = sentences({text, whole ? "" : rounding_words(decimals)});
  return draft;
}

std::optional<QuestionDraft> above_average(DraftWriter& writer) {
  const auto amount = some_amount(writer, is_averaged, 0);
  if (!amount) return std::nullopt;
  const TableProfile& table = *amount->table;
  const bool list = has_label(table) && writer.chance(60);
  const bool above = writer.chance(60);
  const std::string mean = "(SELECT AVG(" + amount->c + ") FROM " + table_sql(table) + ")";
  QuestionDraft draft;
  draft.sql = "SELECT " + (list ? label_list(table) : std::string("COUNT(*)")) + " FROM " +
              table_sql(table) + " WHERE " + amount->c + (above ? " > " : " < ") + mean;
  draft.tables = {amount->position};
  draft.layered = true;
  draft.shape = list ? label_shape(table) : Shape::kOne;
  // Whether a row at the mean itself counts would depend on the last bit of a division.
  draft.checks.push_back({Check::Kind::kZero,
                          "SELECT COUNT(*) FROM " + table_sql(table) + " WHERE abs(" + amount->c +
                              " - " + mean + ") <= 1e-9 * (1 + abs(" + amount->c + "))",
                          0});
  const Places places = {{"L", table.label_phrase.many},
                         {"N", table.noun.many},
                         {"side", above ? "above" : "below"},
                         {"c", amount->column->phrase.one},
                         {"ac", with_article(amount->column->phrase.one)}};
  draft.text =
      list ? writer.say({"List the {L} of the {N} whose {c} is {side} the average {c} of all {N}.",
                         "Which {N} have {ac} {side} the average {c} of all {N}? Give their {L}."},
                        places)
           : writer.say({"How many {N} have {ac} {side} the average {c} of all {N}?",
                         "Count the {N} whose {c} is {side} the average {c} of all {N}."},
                        places);
  draft.text = sentences({draft.text, null_words(table, *amount->column)});
  return draft;
}

std::optional<QuestionDraft> percentage(DraftWriter& writer) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const auto condition = writer.condition(table, "");
  // A reader could count rows without a value or leave them out.
  if (!condition || !condition->complete) return std::nullopt;
  const std::string share = "100.0 * COUNT(CASE WHEN " + condition->sql + " THEN 1 END) / COUNT(*)";
  QuestionDraft draft;
  draft.sql = "SELECT " + rounded(share, 2) + " FROM " + table_sql(table);
  draft.tables = {*t};
  draft.most = 99;
  draft.least = 0;
  draft.checks = {{Check::Kind::kAtLeast,
                   "SELECT COUNT(*) FROM " + table_sql(table) + where({condition->sql}), 1},
                  {Check::Kind::kUnrounded, "SELECT " + share + " FROM " + table_sql(table), 2}};
  const std::string text = writer.say(
      {"What percentage of the {N} are those {rel}?", "What percentage of all {N} are {N} {rel}?"},
      {{"N", table.noun.many}, {"rel", condition->relative}});
  draft.text = sentences({text, rounding_words(2)});
  return draft;
}

}  // namespace

std::vector<Template> amount_templates() {
  return {{"average", "the mean of an amount", average},
          {"total", "the sum of an amount", total},
          {"spread", "the difference between the highest and the lowest amount", spread},
          {"above_average", "rows above or below the average", above_average},
          {"percentage", "the share of the rows that meet a condition", percentage}};
}

}  // namespace sqlenv::generate
