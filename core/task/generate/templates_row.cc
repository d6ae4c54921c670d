#include "core/base/english.h"
#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/question_parts.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv::generate {
namespace {

QuestionDraft counting(const TableProfile& table, std::size_t position,
                       const std::string& conditions) {
  QuestionDraft draft;
  draft.sql = "SELECT COUNT(*) FROM " + table_sql(table) + conditions;
  draft.tables = {position};
  draft.most = table.rows - 1;  // a condition that all rows meet asks nothing
  return draft;
}

QuestionDraft listing(const TableProfile& table, std::size_t position,
                      const std::string& conditions) {
  QuestionDraft draft;
  draft.sql = "SELECT " + label_list(table) + " FROM " + table_sql(table) + conditions;
  draft.tables = {position};
  draft.shape = label_shape(table);
  draft.longest = table.rows - 1;
  return draft;
}

std::string say_count(DraftWriter& writer, const TableProfile& table, const Condition& condition) {
  const Places places = {{"N", table.noun.many},   {"rel", condition.relative},
                         {"verb", condition.verb}, {"subject", condition.subject},
                         {"have", condition.have}, {"rest", condition.rest}};
  if (!condition.have.empty() && writer.chance(50))
    return writer.say({"How many {N} have {have}?"}, places);
  const bool be = condition.verb == "is" || condition.verb == "are";
  if (be && writer.chance(50))
    return writer.say({"For how many {N} {verb} the {subject} {rest}?"}, places);
  return writer.say(
      {"How many {N} are there {rel}?", "Count the {N} {rel}.", "What is the number of {N} {rel}?"},
      places);
}

std::string say_list(DraftWriter& writer, const TableProfile& table, const std::string& relative) {
  return writer.say({"List the {L} of the {N} {rel}.", "What are the {L} of the {N} {rel}?",
                     "Give the {L} of all {N} {rel}.", "Show the {l} of every {n} {rel}."},
                    {{"L", table.label_phrase.many},
                     {"l", table.label_phrase.one},
                     {"N", table.noun.many},
                     {"n", table.noun.one},
                     {"rel", relative}});
}

std::optional<QuestionDraft> count_all(DraftWriter& writer) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  QuestionDraft draft = counting(table, *t, "");
  draft.most.reset();
  draft.text = writer.say({"How many {N} are there?", "What is the total number of {N}?",
                           "Count all the {N} in the database."},
                          {{"N", table.noun.many}});
  return draft;
}

using Suits = bool (*)(const Condition&, const ColumnProfile&);

bool is_any(const Condition&, const ColumnProfile&) { return true; }
bool is_range(const Condition& condition, const ColumnProfile&) {
  return condition.sql.find(" BETWEEN ") != std::string::npos;
}
bool is_prefix(const Condition& condition, const ColumnProfile&) {
  return condition.verb.starts_with("start");
}
bool is_date(const Condition&, const ColumnProfile& column) { return column.kind == Kind::kDate; }

std::optional<Condition> fitting(DraftWriter& writer, const TableProfile& table, Suits suits) {
  for (int tries = 0; tries < 12; ++tries) {
    auto condition = writer.condition(table, "");
    if (condition && suits(*condition, *table.find(condition->column))) return condition;
  }
  return std::nullopt;
}

std::optional<QuestionDraft> count_where(DraftWriter& writer, Suits suits) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const auto condition = fitting(writer, table, suits);
  if (!condition) return std::nullopt;
  QuestionDraft draft = counting(table, *t, where({condition->sql}));
  draft.text = say_count(writer, table, *condition);
  return draft;
}

std::optional<QuestionDraft> list_where(DraftWriter& writer, Suits suits) {
  const auto t = writer.some_table(has_label);
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const auto condition = fitting(writer, table, suits);
  if (!condition) return std::nullopt;
  QuestionDraft draft = listing(table, *t, where({condition->sql}));
  draft.text = say_list(writer, table, condition->relative);
  return draft;
}

std::optional<QuestionDraft> either(DraftWriter& writer, Suits suits) {
  return writer.chance(50) ? count_where(writer, suits) : list_where(writer, suits);
}

std::optional<QuestionDraft> count_filter(DraftWriter& writer) {
  return count_where(writer, is_any);
}
std::optional<QuestionDraft> list_filter(DraftWriter& writer) { return list_where(writer, is_any); }
std::optional<QuestionDraft> range_filter(DraftWriter& writer) { return either(writer, is_range); }
std::optional<QuestionDraft> prefix_filter(DraftWriter& writer) {
  return either(writer, is_prefix);
}
std::optional<QuestionDraft> date_filter(DraftWriter& writer) { return either(writer, is_date); }

using ConditionPair = std::pair<Condition, Condition>;

// Draws conditions on two columns, ordered by column name so that each pair comes in one order.
std::optional<ConditionPair> condition_pair(DraftWriter& writer, const TableProfile& table) {
  const auto a = writer.condition(table, "");
  if (!a) return std::nullopt;
  const auto b = writer.condition(table, "", a->column);
  if (!b || b->column < a->column) return std::nullopt;
  return ConditionPair(*a, *b);
}

// Checks that each condition holds for some row that does not meet the other.
void check_both_narrow(QuestionDraft& draft, const TableProfile& table,
                       const ConditionPair& conditions) {
  const auto& [a, b] = conditions;
  for (const auto& [one, other] : {std::pair(a.sql, b.sql), std::pair(b.sql, a.sql)})
    draft.checks.push_back({Check::Kind::kAtLeast,
                            "SELECT COUNT(*) FROM " + table_sql(table) + " WHERE " + one +
                                " AND NOT coalesce(" + other + ", 0)",
                            1});
}

std::optional<QuestionDraft> two_conditions(DraftWriter& writer) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const auto conditions = condition_pair(writer, table);
  if (!conditions) return std::nullopt;
  const auto& [a, b] = *conditions;
  const std::string both = a.whose + " and " + b.whose;
  const bool list = has_label(table) && writer.chance(50);
  QuestionDraft draft =
      list ? listing(table, *t, where({a.sql, b.sql})) : counting(table, *t, where({a.sql, b.sql}));
  draft.text = list ? say_list(writer, table, both)
                    : writer.say({"How many {N} are there {both}?", "Count the {N} {both}."},
                                 {{"N", table.noun.many}, {"both", both}});
  check_both_narrow(draft, table, *conditions);
  return draft;
}

std::optional<QuestionDraft> either_condition(DraftWriter& writer) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const auto conditions = condition_pair(writer, table);
  if (!conditions) return std::nullopt;
  const auto& [a, b] = *conditions;
  QuestionDraft draft = counting(table, *t, " WHERE " + a.sql + " OR " + b.sql);
  draft.text = writer.say(
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
  check_both_narrow(draft, table, *conditions);
  return draft;
}

std::optional<QuestionDraft> distinct_values(DraftWriter& writer) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const ColumnProfile* column = writer.some_column(table, [&](const ColumnProfile& c) {
    return is_category(c) && !c.flag && c.distinct <= 30 && c.distinct < table.rows;
  });
  if (column == nullptr) return std::nullopt;
  QuestionDraft draft;
  draft.sql = "SELECT DISTINCT " + column_sql(*column) + " FROM " + table_sql(table) +
              where(null_sql(*column));
  draft.tables = {*t};
  draft.shape = Shape::kList;
  draft.text = writer.say(
      {"What are the different {C} of the {N}?", "List each different {c} of the {N} once.",
       "Which different {C} occur among the {N}?"},
      {{"C", column->phrase.many}, {"c", column->phrase.one}, {"N", table.noun.many}});
  draft.text = sentences({draft.text, null_words(table, *column)});
  return draft;
}

std::optional<QuestionDraft> count_distinct(DraftWriter& writer) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const ColumnProfile* column = writer.some_column(table, [&](const ColumnProfile& c) {
    return (is_category(c) || is_amount(c)) && !c.flag && c.distinct >= 2 &&
           c.distinct < table.rows - c.nulls;
  });
  if (column == nullptr) return std::nullopt;
  QuestionDraft draft;
  draft.sql = "SELECT COUNT(DISTINCT " + column_sql(*column) + ") FROM " + table_sql(table);
  draft.tables = {*t};
  draft.text = writer.say({"How many different {C} do the {N} have?",
                           "How many distinct {C} are recorded for the {N}?"},
                          {{"C", column->phrase.many}, {"N", table.noun.many}});
  return draft;
}

std::optional<QuestionDraft> look_up(DraftWriter& writer) {
  const auto t = writer.some_table(has_label);
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const auto row = some_row(writer, table, "");
  const ColumnProfile* column = writer.some_column(table, [&](const ColumnProfile& c) {
    return is_topic(c) && !c.flag && &c != &table.columns[table.label.front()];
  });
  if (!row || column == nullptr) return std::nullopt;
  QuestionDraft draft;
  draft.sql = "SELECT " + column_sql(*column) + " FROM " + table_sql(table) + where({row->sql});
  draft.tables = {*t};
  draft.least = -1'000'000'000'000;
  draft.text = writer.say(
      {"What {is} the {c} of {row}?", "Give the {c} of {row}."},
      {{"is", verb_of(column->phrase.one)}, {"c", column->phrase.one}, {"row", row->words}});
  return draft;
}

std::optional<QuestionDraft> null_count(DraftWriter& writer) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const ColumnProfile* column =
      writer.some_column(table, [&](const ColumnProfile& c) { return is_topic(c) && c.nulls > 0; });
  if (column == nullptr) return std::nullopt;
  const bool missing = writer.chance(60);
  QuestionDraft draft = counting(
      table, *t, " WHERE " + sql_name(column->name) + (missing ? " IS NULL" : " IS NOT NULL"));
  const Places places = {{"N", table.noun.many}, {"c", column->phrase.one}};
  draft.text = missing ? writer.say({"How many {N} have no recorded {c}?",
                                     "For how many {N} is no {c} "
                                     "recorded?",
                                     "How many {N} are missing the {c}?"},
                                    places)
                       : writer.say({"For how many {N} is the {c} recorded?",
                                     "How many {N} have a recorded {c}?"},
                                    places);
  return draft;
}

}  // namespace

std::vector<Template> row_templates() {
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
