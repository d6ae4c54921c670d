#include "core/task/generate/question_parts.h"

#include <algorithm>
#include <cmath>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/name_words.h"
#include "core/task/generate/question_sql.h"

namespace sqlenv::generate {
namespace {

std::string trimmed(const std::string& column, bool trims) {
  return trims ? "TRIM(" + column + ")" : column;
}

std::string child_sql(const Link& link, const std::string& alias, std::size_t i) {
  return trimmed(alias + "." + sql_name(link.child_columns[i]), link.trims_child);
}

std::string parent_sql(const Link& link, const std::string& alias, std::size_t i) {
  return trimmed(alias + "." + sql_name(link.parent_columns[i]), link.trims_parent);
}

}  // namespace

bool is_topic(const ColumnProfile& column) { return !column.key && column.kind != Kind::kOther; }

bool is_amount(const ColumnProfile& column) {
  return is_topic(column) && column.kind == Kind::kNumber && column.distinct >= 2;
}

bool is_category(const ColumnProfile& column) {
  const bool names = column.kind == Kind::kText || column.kind == Kind::kCode ||
                     (column.kind == Kind::kDate && column.date_form == DateForm::kYear);
  return is_topic(column) && names && column.complete && column.distinct >= 2;
}

bool is_shared(const TableProfile& table, const ColumnProfile& column) {
  return column.distinct * 10 <= (table.rows - column.nulls) * 7;
}

bool has_label(const TableProfile& table) { return !table.label.empty(); }

std::string label_list(const TableProfile& table, const std::string& prefix) {
  std::vector<std::string> names;
  for (const std::size_t i : table.label) names.push_back(column_sql(table.columns[i], prefix));
  return join(names, ", ");
}

Shape label_shape(const TableProfile& table) {
  return table.label.size() > 1 ? Shape::kTable : Shape::kList;
}

std::optional<NamedRow> some_row(DraftWriter& writer, const TableProfile& table,
                                 const std::string& prefix) {
  if (table.label.size() != 1 || !table.label_unique || table.label_is_key) return std::nullopt;
  const ColumnProfile& column = table.columns[table.label.front()];
  const auto found = writer.equality(column, prefix);
  if (!found) return std::nullopt;
  const bool named = table.label_is_name && table.noun.one.find('"') == std::string::npos;
  const std::string words = named ? "the " + table.noun.one + " " + found->rest
                                  : "the " + table.noun.one + " " + found->relative;
  return NamedRow{words, found->sql};
}

std::string via_words(const Link& link) { return quoted(link.via) + " value"; }

std::string through_parent(const Profile& profile, const Link& link, const Condition& condition) {
  const std::string& noun = profile.tables[link.parent].noun.one;
  if (!link.via.empty())
    return "whose " + via_words(link) + " refers to " + with_article(noun) + " " +
           condition.relative;
  if (link.role.empty() || link.role.find('"') != std::string::npos)
    return "linked to " + with_article(noun) + " " + condition.relative;
  return "whose " + possessive(link.role) + " " + condition.subject + " " + condition.verb + " " +
         condition.rest;
}

std::string of_parent(const Profile& profile, const Link& link, const NamedRow& row) {
  const TableProfile& parent = profile.tables[link.parent];
  if (!link.via.empty()) return "whose " + via_words(link) + " refers to " + row.words;
  if (link.role.empty() || link.role == parent.noun.one) return "linked to " + row.words;
  return "whose " + link.role + " is " + row.words;
}

std::string parent_of(const Profile& profile, const Link& link, const std::string& child) {
  const std::string noun = "the " + profile.tables[link.parent].noun.one;
  if (!link.via.empty())
    return noun + " that the " + via_words(link) + " of " + child + " refers to";
  if (link.role.empty()) return noun + " linked to " + child;
  return "the " + link.role + " of " + child;
}

std::string on_of(const Link& link, const std::string& child_alias,
                  const std::string& parent_alias) {
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i < link.child_columns.size(); ++i)
    pairs.push_back(child_sql(link, child_alias, i) + " = " + parent_sql(link, parent_alias, i));
  return join(pairs, " AND ");
}

std::string join_of(const Profile& profile, const Link& link, const std::string& child_alias,
                    const std::string& parent_alias) {
  return " FROM " + table_sql(profile.tables[link.child]) + " AS " + child_alias + " JOIN " +
         table_sql(profile.tables[link.parent]) + " AS " + parent_alias + " ON " +
         on_of(link, child_alias, parent_alias);
}

std::string has_child(const Profile& profile, const Link& link, bool negated,
                      std::vector<std::string> conditions) {
  const std::string from = " FROM " + table_sql(profile.tables[link.child]) + " AS t1";
  const std::string no = negated ? "NOT " : "";
  if (link.child_columns.size() == 1) {
    const std::string child = child_sql(link, "t1", 0);
    // NOT IN is never true for a set that holds NULL.
    if (negated) conditions.push_back(child + " IS NOT NULL");
    return parent_sql(link, "t2", 0) + " " + no + "IN (SELECT " + child + from + where(conditions) +
           ")";
  }
  conditions.insert(conditions.begin(), on_of(link, "t1", "t2"));
  return no + "EXISTS (SELECT 1" + from + where(conditions) + ")";
}

std::string shown(const Value& number) {
  std::string text = display_text(number);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string table_sql(const TableProfile& table) { return sql_name(table.table->name); }

std::string column_sql(const ColumnProfile& column, const std::string& prefix) {
  return trimmed(prefix + sql_name(column.name), column.padded);
}

std::string verb_of(const std::string& subject) {
  if (subject.empty() || subject.back() == '"' || subject.starts_with("number of ")) return "is";
  const std::size_t of = subject.find(" of ");
  const std::string head = subject.substr(0, std::min(of, subject.find(" in ")));
  const bool time = is_listed(" hours minutes seconds days weeks months years points miles ",
                              head.substr(0, head.find(' ')));
  return time || is_plural(head.substr(head.rfind(' ') + 1)) ? "are" : "is";
}

int decimals_of(const ColumnProfile& column) {
  for (const Value& value : column.values) {
    const auto* real = std::get_if<double>(&value);
    const auto* whole = std::get_if<std::int64_t>(&value);
    if (real != nullptr && std::fabs(*real) >= 1) return 2;
    if (whole != nullptr && *whole != 0) return 2;
  }
  return 4;
}

std::string rounded(const std::string& expression, int decimals) {
  return "ROUND(" + expression + ", " + std::to_string(decimals) + ")";
}

std::string rounding_words(int decimals) {
  return "Round to " + std::to_string(decimals) + " decimals.";
}

std::string null_words(const TableProfile& table, const ColumnProfile& column) {
  if (column.nulls == 0) return "";
  return "Ignore the " + table.noun.many + " with no recorded " + column.phrase.one + ".";
}

std::vector<std::string> null_sql(const ColumnProfile& column, const std::string& prefix) {
  if (column.nulls == 0) return {};
  return {prefix + sql_name(column.name) + " IS NOT NULL"};
}

std::string sentences(std::initializer_list<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += ' ';
    text += part;
  }
  return text;
}

}  // namespace sqlenv::generate
