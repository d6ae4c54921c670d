#include "core/task/generate/question_draft.h"

#include <cmath>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/task/generate/question_sql.h"

namespace sqlenv::generate {
namespace {

std::string fill(std::string_view phrasing, Places places) {
  std::string text;
  for (std::size_t at = 0; at < phrasing.size();) {
    const std::size_t open = phrasing.find('{', at);
    text += phrasing.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const std::size_t close = phrasing.find('}', open);
    const std::string_view name = phrasing.substr(open + 1, close - open - 1);
    for (const auto& [place, words] : places)
      if (place == name) text += words;
    at = close + 1;
  }
  return text;
}

std::string trimmed(const std::string& column, bool trims) {
  return trims ? "TRIM(" + column + ")" : column;
}

std::string child_sql(const Link& link, const std::string& alias, std::size_t i) {
  return trimmed(alias + "." + identifier(link.child_columns[i]), link.trims_child);
}

std::string parent_sql(const Link& link, const std::string& alias, std::size_t i) {
  return trimmed(alias + "." + identifier(link.parent_columns[i]), link.trims_parent);
}

}  // namespace

std::string Composer::say(std::initializer_list<std::string_view> phrasings, Places places) {
  return capitalised(fill(*(phrasings.begin() + below(phrasings.size())), places));
}

std::optional<std::size_t> Composer::some_table(
    const std::function<bool(const TableProfile&)>& suits) {
  std::vector<std::size_t> tables;
  for (std::size_t i = 0; i < profile_.tables.size(); ++i)
    if (profile_.tables[i].rows >= 2 && suits(profile_.tables[i])) tables.push_back(i);
  const std::size_t* found = pick(tables);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

const Link* Composer::some_link(const std::function<bool(const Link&)>& suits) {
  std::vector<const Link*> links;
  for (const Link& link : profile_.links)
    if (suits(link)) links.push_back(&link);
  const Link* const* found = pick(links);
  return found == nullptr ? nullptr : *found;
}

const ColumnProfile* Composer::some_column(const TableProfile& table,
                                           const std::function<bool(const ColumnProfile&)>& suits) {
  std::vector<const ColumnProfile*> columns;
  for (const ColumnProfile& column : table.columns)
    if (suits(column)) columns.push_back(&column);
  const ColumnProfile* const* found = pick(columns);
  return found == nullptr ? nullptr : *found;
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

std::optional<NamedRow> some_row(Composer& composer, const TableProfile& table,
                                 const std::string& prefix) {
  if (table.label.size() != 1 || !table.label_unique || table.label_is_key) return std::nullopt;
  const ColumnProfile& column = table.columns[table.label.front()];
  const auto found = composer.equality(column, prefix);
  if (!found) return std::nullopt;
  const bool named = table.label_is_name && table.noun.one.find('"') == std::string::npos;
  const std::string words = named ? "the " + table.noun.one + " " + found->rest
                                  : "the " + table.noun.one + " " + found->relative;
  return NamedRow{words, found->sql};
}

std::string through_parent(const Profile& profile, const Link& link, const Condition& condition) {
  const std::string& noun = profile.tables[link.parent].noun.one;
  if (link.role.empty() || link.role.find('"') != std::string::npos)
    return "linked to " + with_article(noun) + " " + condition.relative;
  return "whose " + possessive(link.role) + " " + condition.subject + " " + condition.verb + " " +
         condition.rest;
}

std::string of_parent(const Profile& profile, const Link& link, const NamedRow& row) {
  const TableProfile& parent = profile.tables[link.parent];
  if (link.role.empty() || link.role == parent.noun.one) return "linked to " + row.words;
  return "whose " + link.role + " is " + row.words;
}

std::string parent_of(const Profile& profile, const Link& link, const std::string& child) {
  if (link.role.empty())
    return "the " + profile.tables[link.parent].noun.one + " linked to " + child;
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
    // NOT IN a set with NULL in it is never true.
    if (negated) conditions.push_back(child + " IS NOT NULL");
    return parent_sql(link, "t2", 0) + " " + no + "IN (SELECT " + child + from + where(conditions) +
           ")";
  }
  conditions.insert(conditions.begin(), on_of(link, "t1", "t2"));
  return no + "EXISTS (SELECT 1" + from + where(conditions) + ")";
}

std::string shown(const Value& number) {
  std::string text = display_text(number);
  const bool whole = text.size() > 2 && text.substr(text.size() - 2) == ".0";
  return whole ? text.substr(0, text.size() - 2) : text;
}

std::string table_sql(const TableProfile& table) { return identifier(table.table->name); }

std::string column_sql(const ColumnProfile& column, const std::string& prefix) {
  return trimmed(prefix + identifier(column.name), column.padded);
}

std::string verb_of(const std::string& subject) {
  if (subject.empty() || subject.back() == '"' || subject.rfind("number of ", 0) == 0) return "is";
  const std::size_t of = subject.find(" of ");
  const std::string head = subject.substr(0, of);
  return is_plural(head.substr(head.rfind(' ') + 1)) ? "are" : "is";
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
  return {prefix + identifier(column.name) + " IS NOT NULL"};
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
