#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

#include "core/base/english.h"

namespace sqlenv::generate {
namespace {

bool is_averaged(const ColumnProfile& column) { return is_amount(column) && column.averageable; }
bool is_summed(const ColumnProfile& column) { return is_amount(column) && column.additive; }

struct Amount {
  std::size_t position = 0;
  const TableProfile* table = nullptr;
  const ColumnProfile* column = nullptr;
  std::string c;
  std::vector<std::string> filters;  // NULLs out, and perhaps a condition
  std::string among;                 // " whose …", or empty
};

std::optional<Amount> some_amount(Composer& composer, bool (*suits)(const ColumnProfile&),
                                  std::size_t filtered) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  Amount amount;
  amount.position = *t;
  amount.table = &composer.table(*t);
  amount.column = composer.some_column(*amount.table, suits);
  if (amount.column == nullptr) return std::nullopt;
  amount.c = column_sql(*amount.column);
  if (composer.chance(filtered)) {
    const auto condition = composer.condition(*amount.table, "", amount.column->name);
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

// ROUND(expression), with the checks that rounding and a group of some size need.
Candidate rounded_candidate(const Amount& amount, const std::string& expression, int decimals) {
  Candidate candidate;
  candidate.sql = "SELECT " + rounded(expression, decimals) + from(amount);
  candidate.tables = {amount.position};
  candidate.least = -1'000'000'000'000;
  candidate.checks = {
      {Check::Kind::kAtLeast, "SELECT COUNT(DISTINCT " + amount.c + ")" + from(amount), 2},
      {Check::Kind::kUnrounded, "SELECT " + expression + from(amount), decimals}};
  return candidate;
}

std::optional<Candidate> average(Composer& composer) {
  const auto amount = some_amount(composer, is_averaged, 70);
  if (!amount) return std::nullopt;
  const int decimals = decimals_of(*amount->column);
  Candidate candidate = rounded_candidate(*amount, "AVG(" + amount->c + ")", decimals);
  const std::string text = composer.say(
      {"What is the average {c} of the {N}{rel}?", "What is the mean {c} of the {N}{rel}?",
       "Find the average {c} of all {N}{rel}."},
      {{"c", amount->column->phrase.one}, {"N", amount->table->noun.many}, {"rel", amount->among}});
  candidate.text =
      sentences({text, rounding_words(decimals), null_words(*amount->table, *amount->column)});
  return candidate;
}

std::optional<Candidate> total(Composer& composer) {
  const auto amount = some_amount(composer, is_summed, 70);
  if (!amount) return std::nullopt;
  const bool whole = amount->column->integral;
  const int decimals = decimals_of(*amount->column);
  const std::string sum = "SUM(" + amount->c + ")";
  Candidate candidate = rounded_candidate(*amount, sum, decimals);
  if (whole) {
    candidate.sql = "SELECT " + sum + from(*amount);
    candidate.checks.pop_back();
  }
  const std::string text = composer.say(
      {"What is the total {c} of the {N}{rel}?",
       "Add up the {c} of all {N}{rel}. What is the total?",
       "What is the sum of the {c} over all {N}{rel}?"},
      {{"c", amount->column->phrase.one}, {"N", amount->table->noun.many}, {"rel", amount->among}});
  candidate.text = sentences(
      {text, whole ? "" : rounding_words(decimals), null_words(*amount->table, *amount->column)});
  return candidate;
}

std::optional<Candidate> spread(Composer& composer) {
  const auto amount = some_amount(composer, is_amount, 50);
  if (!amount) return std::nullopt;
  const bool whole = amount->column->integral;
  const int decimals = decimals_of(*amount->column);
  const std::string difference = "MAX(" + amount->c + ") - MIN(" + amount->c + ")";
  Candidate candidate = rounded_candidate(*amount, difference, decimals);
  if (whole) {
    candidate.sql = "SELECT " + difference + from(*amount);
    candidate.checks.pop_back();
  }
  const std::string text = composer.say(
      {"What is the difference between the highest and the lowest {c} of the {N}{rel}?",
       "How far apart are the highest and the lowest {c} of the {N}{rel}?"},
      {{"c", amount->column->phrase.one}, {"N", amount->table->noun.many}, {"rel", amount->among}});
  candidate.text = sentences({text, whole ? "" : rounding_words(decimals)});
  return candidate;
}

std::optional<Candidate> above_average(Composer& composer) {
  const auto amount = some_amount(composer, is_averaged, 0);
  if (!amount) return std::nullopt;
  const TableProfile& table = *amount->table;
  const bool list = has_label(table) && composer.chance(60);
  const bool above = composer.chance(60);
  const std::string mean = "(SELECT AVG(" + amount->c + ") FROM " + table_sql(table) + ")";
  Candidate candidate;
  candidate.sql = "SELECT " + (list ? label_list(table) : std::string("COUNT(*)")) + " FROM " +
                  table_sql(table) + " WHERE " + amount->c + (above ? " > " : " < ") + mean;
  candidate.tables = {amount->position};
  candidate.layered = true;
  candidate.shape = list ? label_shape(table) : Shape::kOne;
  // A row at the mean itself would hang on the last bit of a division.
  candidate.checks.push_back({Check::Kind::kZero,
                              "SELECT COUNT(*) FROM " + table_sql(table) + " WHERE abs(" +
                                  amount->c + " - " + mean + ") <= 1e-9 * (1 + abs(" + amount->c +
                                  "))",
                              0});
  const Places places = {{"L", table.label_phrase.many},
                         {"N", table.noun.many},
                         {"side", above ? "above" : "below"},
                         {"c", amount->column->phrase.one},
                         {"ac", with_article(amount->column->phrase.one)}};
  candidate.text =
      list
          ? composer.say({"List the {L} of the {N} whose {c} is {side} the average {c} of all {N}.",
                          "Which {N} have {ac} {side} the average {c} of all {N}? Give their {L}."},
                         places)
          : composer.say({"How many {N} have {ac} {side} the average {c} of all {N}?",
                          "Count the {N} whose {c} is {side} the average {c} of all {N}."},
                         places);
  candidate.text = sentences({candidate.text, null_words(table, *amount->column)});
  return candidate;
}

std::optional<Candidate> percentage(Composer& composer) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const auto condition = composer.condition(table, "");
  // Of rows without a value one could say either that they count or that they do not.
  if (!condition || !condition->complete) return std::nullopt;
  const std::string share = "100.0 * COUNT(CASE WHEN " + condition->sql + " THEN 1 END) / COUNT(*)";
  Candidate candidate;
  candidate.sql = "SELECT " + rounded(share, 2) + " FROM " + table_sql(table);
  candidate.tables = {*t};
  candidate.most = 99;
  candidate.least = 0;
  candidate.checks = {
      {Check::Kind::kAtLeast, "SELECT COUNT(*) FROM " + table_sql(table) + where({condition->sql}),
       1},
      {Check::Kind::kUnrounded, "SELECT " + share + " FROM " + table_sql(table), 2}};
  const std::string text = composer.say(
      {"What percentage of the {N} are those {rel}?", "What percentage of all {N} are {N} {rel}?"},
      {{"N", table.noun.many}, {"rel", condition->relative}});
  candidate.text = sentences({text, rounding_words(2)});
  return candidate;
}

}  // namespace

std::vector<Family> amount_templates() {
  return {{"average", "the mean of an amount", average},
          {"total", "the sum of an amount", total},
          {"spread", "the difference between the highest and the lowest amount", spread},
          {"above_average", "rows above or below the average", above_average},
          {"percentage", "the share of the rows that meet a condition", percentage}};
}

}  // namespace sqlenv::generate
