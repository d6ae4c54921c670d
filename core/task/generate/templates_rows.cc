#include "core/base/text.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

#include "core/base/english.h"

namespace sqlenv::generate {
namespace {

Candidate counting(const TableProfile& table, std::size_t position, const std::string& conditions) {
  Candidate candidate;
  candidate.sql = "SELECT COUNT(*) FROM " + table_sql(table) + conditions;
  candidate.tables = {position};
  candidate.most = table.rows - 1;  // a condition that all rows meet is none
  return candidate;
}

Candidate listing(const TableProfile& table, std::size_t position, const std::string& conditions) {
  Candidate candidate;
  candidate.sql = "SELECT " + label_list(table) + " FROM " + table_sql(table) + conditions;
  candidate.tables = {position};
  candidate.shape = label_shape(table);
  candidate.longest = table.rows - 1;
  return candidate;
}

std::string say_count(Composer& composer, const TableProfile& table, const Condition& condition) {
  const Places places = {{"N", table.noun.many},   {"rel", condition.relative},
                         {"verb", condition.verb}, {"subject", condition.subject},
                         {"have", condition.have}, {"rest", condition.rest}};
  if (!condition.have.empty() && composer.chance(50))
    return composer.say({"How many {N} have {have}?"}, places);
  const bool be = condition.verb == "is" || condition.verb == "are";
  if (be && composer.chance(50))
    return composer.say({"For how many {N} {verb} the {subject} {rest}?"}, places);
  return composer.say(
      {"How many {N} are there {rel}?", "Count the {N} {rel}.", "What is the number of {N} {rel}?"},
      places);
}

std::string say_list(Composer& composer, const TableProfile& table, const std::string& relative) {
  return composer.say({"List the {L} of the {N} {rel}.", "What are the {L} of the {N} {rel}?",
                       "Give the {L} of all {N} {rel}.", "Show the {L} of every {n} {rel}."},
                      {{"L", table.label_phrase.many},
                       {"N", table.noun.many},
                       {"n", table.noun.one},
                       {"rel", relative}});
}

std::optional<Candidate> count_all(Composer& composer) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  Candidate candidate = counting(table, *t, "");
  candidate.most.reset();
  candidate.text = composer.say({"How many {N} are there?", "What is the total number of {N}?",
                                 "Count all the {N} in the database."},
                                {{"N", table.noun.many}});
  return candidate;
}

using Suits = bool (*)(const Condition&, const ColumnProfile&);

bool is_any(const Condition&, const ColumnProfile&) { return true; }
bool is_range(const Condition& condition, const ColumnProfile&) {
  return condition.sql.find(" BETWEEN ") != std::string::npos;
}
bool is_prefix(const Condition& condition, const ColumnProfile&) {
  return condition.verb.rfind("start", 0) == 0;
}
bool is_date(const Condition&, const ColumnProfile& column) { return column.kind == Kind::kDate; }

std::optional<Condition> fitting(Composer& composer, const TableProfile& table, Suits suits) {
  for (int tries = 0; tries < 12; ++tries) {
    auto condition = composer.condition(table, "");
    if (condition && suits(*condition, *table.find(condition->column))) return condition;
  }
  return std::nullopt;
}

std::optional<Candidate> count_where(Composer& composer, Suits suits) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const auto condition = fitting(composer, table, suits);
  if (!condition) return std::nullopt;
  Candidate candidate = counting(table, *t, where({condition->sql}));
  candidate.text = say_count(composer, table, *condition);
  return candidate;
}

std::optional<Candidate> list_where(Composer& composer, Suits suits) {
  const auto t = composer.some_table(has_label);
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const auto condition = fitting(composer, table, suits);
  if (!condition) return std::nullopt;
  Candidate candidate = listing(table, *t, where({condition->sql}));
  candidate.text = say_list(composer, table, condition->relative);
  return candidate;
}

std::optional<Candidate> either(Composer& composer, Suits suits) {
  return composer.chance(50) ? count_where(composer, suits) : list_where(composer, suits);
}

std::optional<Candidate> count_filter(Composer& composer) { return count_where(composer, is_any); }
std::optional<Candidate> list_filter(Composer& composer) { return list_where(composer, is_any); }
std::optional<Candidate> range_filter(Composer& composer) { return either(composer, is_range); }
std::optional<Candidate> prefix_filter(Composer& composer) { return either(composer, is_prefix); }
std::optional<Candidate> date_filter(Composer& composer) { return either(composer, is_date); }

using ConditionPair = std::pair<Condition, Condition>;

// Conditions on two columns, in the order of the columns' names, so that no pair comes twice.
std::optional<ConditionPair> condition_pair(Composer& composer, const TableProfile& table) {
  const auto a = composer.condition(table, "");
  if (!a) return std::nullopt;
  const auto b = composer.condition(table, "", a->column);
  if (!b || b->column < a->column) return std::nullopt;
  return ConditionPair(*a, *b);
}

// Each condition must hold for some row for which the other does not.
void check_both_narrow(Candidate& candidate, const TableProfile& table,
                       const ConditionPair& conditions) {
  const auto& [a, b] = conditions;
  for (const auto& [one, other] : {std::pair(a.sql, b.sql), std::pair(b.sql, a.sql)})
    candidate.checks.push_back({Check::Kind::kAtLeast,
                                "SELECT COUNT(*) FROM " + table_sql(table) + " WHERE " + one +
                                    " AND NOT coalesce(" + other + ", 0)",
                                1});
}

std::optional<Candidate> two_conditions(Composer& composer) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const auto conditions = condition_pair(composer, table);
  if (!conditions) return std::nullopt;
  const auto& [a, b] = *conditions;
  const std::string both = a.whose + " and " + b.whose;
  const bool list = has_label(table) && composer.chance(50);
  Candidate candidate =
      list ? listing(table, *t, where({a.sql, b.sql})) : counting(table, *t, where({a.sql, b.sql}));
  candidate.text = list ? say_list(composer, table, both)
                        : composer.say({"How many {N} are there {both}?", "Count the {N} {both}."},
                                       {{"N", table.noun.many}, {"both", both}});
  check_both_narrow(candidate, table, *conditions);
  return candidate;
}

std::optional<Candidate> either_condition(Composer& composer) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const auto conditions = condition_pair(composer, table);
  if (!conditions) return std::nullopt;
  const auto& [a, b] = *conditions;
  Candidate candidate = counting(table, *t, " WHERE " + a.sql + " OR " + b.sql);
  candidate.text = composer.say(
      {"Count the {N} {a} or {b}; {n} that meets both conditions counts once.",
       "How many {N} meet at least one of two conditions: the {as} {av} {ar}, or the {bs} "
       "{bv} {br}?"},
      {{"N", table.noun.many},
       {"n", with_article(table.noun.one)},
       {"a", a.whose},
       {"b", b.whose},
       {"as", a.subject},
       {"av", a.verb},
       {"ar", a.rest},
       {"bs", b.subject},
       {"bv", b.verb},
       {"br", b.rest}});
  check_both_narrow(candidate, table, *conditions);
  return candidate;
}

std::optional<Candidate> distinct_values(Composer& composer) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const ColumnProfile* column = composer.some_column(table, [&](const ColumnProfile& c) {
    return is_category(c) && !c.flag && c.distinct <= 30 && c.distinct < table.rows;
  });
  if (column == nullptr) return std::nullopt;
  Candidate candidate;
  candidate.sql = "SELECT DISTINCT " + column_sql(*column) + " FROM " + table_sql(table) +
                  where(null_sql(*column));
  candidate.tables = {*t};
  candidate.shape = Shape::kList;
  candidate.text = composer.say(
      {"What are the different {C} of the {N}?", "List each different {c} of the {N} once.",
       "Which different {C} occur among the {N}?"},
      {{"C", column->phrase.many}, {"c", column->phrase.one}, {"N", table.noun.many}});
  candidate.text = sentences({candidate.text, null_words(table, *column)});
  return candidate;
}

std::optional<Candidate> count_distinct(Composer& composer) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const ColumnProfile* column = composer.some_column(table, [&](const ColumnProfile& c) {
    return (is_category(c) || is_amount(c)) && !c.flag && c.distinct >= 2 &&
           c.distinct < table.rows - c.nulls;
  });
  if (column == nullptr) return std::nullopt;
  Candidate candidate;
  candidate.sql = "SELECT COUNT(DISTINCT " + column_sql(*column) + ") FROM " + table_sql(table);
  candidate.tables = {*t};
  candidate.text = composer.say({"How many different {C} do the {N} have?",
                                 "How many distinct {C} are recorded for the {N}?"},
                                {{"C", column->phrase.many}, {"N", table.noun.many}});
  return candidate;
}

std::optional<Candidate> look_up(Composer& composer) {
  const auto t = composer.some_table(has_label);
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const auto row = some_row(composer, table, "");
  const ColumnProfile* column = composer.some_column(table, [&](const ColumnProfile& c) {
    return is_topic(c) && !c.flag && &c != &table.columns[table.label.front()];
  });
  if (!row || column == nullptr) return std::nullopt;
  Candidate candidate;
  candidate.sql = "SELECT " + column_sql(*column) + " FROM " + table_sql(table) + where({row->sql});
  candidate.tables = {*t};
  candidate.least = -1'000'000'000'000;
  candidate.text = composer.say(
      {"What {is} the {c} of {row}?", "Give the {c} of {row}."},
      {{"is", verb_of(column->phrase.one)}, {"c", column->phrase.one}, {"row", row->words}});
  return candidate;
}

std::optional<Candidate> null_count(Composer& composer) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const ColumnProfile* column = composer.some_column(
      table, [&](const ColumnProfile& c) { return is_topic(c) && c.nulls > 0; });
  if (column == nullptr) return std::nullopt;
  const bool missing = composer.chance(60);
  Candidate candidate = counting(
      table, *t, " WHERE " + identifier(column->name) + (missing ? " IS NULL" : " IS NOT NULL"));
  const Places places = {{"N", table.noun.many}, {"c", column->phrase.one}};
  candidate.text = missing ? composer.say({"How many {N} have no recorded {c}?",
                                           "For how many {N} is no {c} "
                                           "recorded?",
                                           "How many {N} are missing the {c}?"},
                                          places)
                           : composer.say({"For how many {N} is the {c} recorded?",
                                           "How many {N} have a recorded {c}?"},
                                          places);
  return candidate;
}

}  // namespace

std::vector<Family> row_templates() {
  return {
      {"count", "how many rows a table has", count_all},
      {"count_filter", "how many rows meet a condition", count_filter},
      {"list_filter", "the names of the rows that meet a condition", list_filter},
      {"range_filter", "rows with a value between two bounds", range_filter},
      {"date_filter", "rows by a date or year", date_filter},
      {"prefix_filter", "rows whose text starts with given letters", prefix_filter},
      {"two_conditions", "rows that meet two conditions", two_conditions},
      {"either_condition", "how many rows meet at least one of two conditions", either_condition},
      {"distinct_values", "the different values of a column", distinct_values},
      {"count_distinct", "how many different values a column has", count_distinct},
      {"look_up", "one value of one named row", look_up},
      {"null_count", "how many rows have or lack a value", null_count}};
}

}  // namespace sqlenv::generate
