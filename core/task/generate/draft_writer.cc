#include "core/task/generate/draft_writer.h"

#include <array>
#include <set>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/question_parts.h"

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

constexpr std::string_view kCount = "number of ";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_count(const std::string& phrase) { return phrase.starts_with(kCount); }

// "bikes available" as "bike available".
std::string one_of_things(std::string things) {
  for (std::size_t start = 0, end = 0; end < things.size(); start = end + 1) {
    end = std::min(things.find(' ', start), things.size());
    const std::string word = things.substr(start, end - start);
    if (is_plural(word)) return things.replace(start, end - start, singular(word));
  }
  return things;
}

// Gives "a population of more than 5" or, for a count, "more than 4 cylinders".
std::string having(const std::string& phrase, std::string rest) {
  if (is_count(phrase)) {
    const std::string things = phrase.substr(kCount.size());
    if (rest.starts_with("less ")) rest.replace(0, 4, "fewer");
    return rest + " " + (rest == "1" || rest.ends_with(" 1") ? one_of_things(things) : things);
  }
  const bool bare = verb_of(phrase) == "are";
  return (bare ? phrase : with_article(phrase)) + " of " + rest;
}

Condition plain(const ColumnProfile& column, std::string sql, std::string verb, std::string rest) {
  Condition condition;
  condition.sql = std::move(sql);
  condition.subject = column.phrase.one;
  condition.verb = std::move(verb);
  condition.rest = std::move(rest);
  condition.whose = "whose " + condition.subject + " " + condition.verb + " " + condition.rest;
  condition.relative = condition.whose;
  condition.complete = column.nulls == 0;
  condition.column = column.name;
  return condition;
}

Condition amount(const ColumnProfile& column, std::string sql, std::string rest, bool with) {
  Condition condition = plain(column, std::move(sql), verb_of(column.phrase.one), std::move(rest));
  condition.have = having(column.phrase.one, condition.rest);
  condition.comparison = true;
  if (with || is_count(column.phrase.one)) condition.relative = "with " + condition.have;
  return condition;
}

// The first letters of a text, unless another text of the column has them in another case.
std::optional<std::string> safe_prefix(const ColumnProfile& column, const std::string& text) {
  constexpr std::size_t kLength = 2;
  if (text.size() <= kLength || !is_letter(text[0]) || !is_letter(text[1])) return std::nullopt;
  std::string prefix = text.substr(0, kLength);
  for (const Value& value : column.values) {
    const std::string start = std::get<std::string>(value).substr(0, kLength);
    if (start != prefix && equal_ignoring_case(start, prefix)) return std::nullopt;
  }
  return prefix;
}

std::string month_words(const std::string& date) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const auto month = static_cast<std::size_t>((date[5] - '0') * 10 + (date[6] - '0'));
  return std::string(kMonths[month - 1]) + " " + date.substr(0, 4);
}

// "is not …". REQUIRES: the column has no NULL, which a reader could count either way.
Condition negated(const ColumnProfile& column, Condition condition) {
  const std::size_t equals = condition.sql.find(" = ");
  return plain(column, condition.sql.replace(equals, 3, " <> "), condition.verb,
               "not " + condition.rest);
}

}  // namespace

std::string DraftWriter::say(std::initializer_list<std::string_view> phrasings, Places places) {
  return capitalised(fill(*(phrasings.begin() + below(phrasings.size())), places));
}

std::optional<std::size_t> DraftWriter::some_table(
    const std::function<bool(const TableProfile&)>& suits) {
  std::vector<std::size_t> tables;
  for (std::size_t i = 0; i < profile_.tables.size(); ++i)
    if (profile_.tables[i].rows >= 2 && suits(profile_.tables[i])) tables.push_back(i);
  const std::size_t* found = pick(tables);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

const Link* DraftWriter::some_link(const std::function<bool(const Link&)>& suits) {
  std::vector<const Link*> links;
  for (const Link& link : profile_.links)
    if (suits(link)) links.push_back(&link);
  const Link* const* found = pick(links);
  return found == nullptr ? nullptr : *found;
}

const ColumnProfile* DraftWriter::some_column(
    const TableProfile& table, const std::function<bool(const ColumnProfile&)>& suits) {
  std::vector<const ColumnProfile*> columns;
  for (const ColumnProfile& column : table.columns)
    if (suits(column)) columns.push_back(&column);
  const ColumnProfile* const* found = pick(columns);
  return found == nullptr ? nullptr : *found;
}

const Value* DraftWriter::some_value(const ColumnProfile& column) {
  for (int tries = 0; tries < 4 && !column.values.empty(); ++tries) {
    const Value& value = column.values[below(column.values.size())];
    if (display_text(value).size() > (std::holds_alternative<double>(value) ? 9U : 40U)) continue;
    return &value;
  }
  return nullptr;
}

std::optional<Condition> DraftWriter::equality(const ColumnProfile& column,
                                               const std::string& prefix) {
  const Value* value = some_value(column);
  if (value == nullptr || std::holds_alternative<double>(*value)) return std::nullopt;
  const auto* text = std::get_if<std::string>(value);
  const bool year = column.date_form == DateForm::kYear;
  const std::string shown = text != nullptr && !year ? quoted(*text) : display_text(*value);
  return plain(column, column_sql(column, prefix) + " = " + sql_literal(*value),
               verb_of(column.phrase.one), shown);
}

std::optional<Condition> DraftWriter::amount_condition(const ColumnProfile& column,
                                                       const std::string& prefix) {
  const Value* low = some_value(column);
  const Value* high = some_value(column);
  if (low == nullptr || high == nullptr) return std::nullopt;
  const std::string c = column_sql(column, prefix);
  const std::string a = sql_literal(*low), b = sql_literal(*high);
  const std::string A = shown(*low), B = shown(*high);
  const bool with = chance(40);
  switch (below(column.integral && column.distinct <= 30 ? 6 : 5)) {
    case 0: return amount(column, c + " > " + a, "more than " + A, with);
    case 1: return amount(column, c + " < " + a, "less than " + A, with);
    case 2: return amount(column, c + " >= " + a, "at least " + A, with);
    case 3: return amount(column, c + " <= " + a, "at most " + A, with);
    case 4: break;
    default: return amount(column, c + " = " + a, (with ? "" : "exactly ") + A, with);
  }
  if (!(low < high)) return std::nullopt;
  return plain(column, c + " BETWEEN " + a + " AND " + b, verb_of(column.phrase.one),
               "between " + A + " and " + B + " (inclusive)");
}

std::optional<Condition> DraftWriter::date_condition(const ColumnProfile& column,
                                                     const std::string& prefix) {
  const Value* value = some_value(column);
  const Value* other = some_value(column);
  if (value == nullptr || other == nullptr) return std::nullopt;
  const std::string c = column_sql(column, prefix);
  const std::string is = verb_of(column.phrase.one);
  const std::string fall = is == "is" ? "falls" : "fall";
  if (column.date_form == DateForm::kYear || column.date_form == DateForm::kMonth) {
    const std::string a = display_text(*value), b = display_text(*other);
    switch (below(4)) {
      case 0: return plain(column, c + " = " + sql_literal(*value), is, a);
      case 1: return plain(column, c + " > " + sql_literal(*value), is, "after " + a);
      case 2: return plain(column, c + " < " + sql_literal(*value), is, "before " + a);
      default: break;
    }
    if (!(value < other)) return std::nullopt;
    return plain(column, c + " BETWEEN " + sql_literal(*value) + " AND " + sql_literal(*other), is,
                 "between " + a + " and " + b + " (inclusive)");
  }
  const std::string day = std::get<std::string>(*value).substr(0, 10);
  const std::string end = std::get<std::string>(*other).substr(0, 10);
  switch (below(column.date_form == DateForm::kDay ? 5 : 4)) {
    case 0:
      return plain(column, "substr(" + c + ", 1, 4) = " + quote_text(day.substr(0, 4)), fall,
                   "in " + day.substr(0, 4));
    case 1:
      return plain(column, "substr(" + c + ", 1, 7) = " + quote_text(day.substr(0, 7)), fall,
                   "in " + month_words(day));
    case 2: return plain(column, c + " < " + quote_text(day), is, "before " + day);
    case 3: return plain(column, c + " >= " + quote_text(day), is, "on or after " + day);
    default: break;
  }
  if (!(day < end)) return std::nullopt;
  return plain(column, c + " BETWEEN " + quote_text(day) + " AND " + quote_text(end), is,
               "between " + day + " and " + end + " (both days included)");
}

std::optional<Condition> DraftWriter::text_condition(const ColumnProfile& column,
                                                     const std::string& prefix) {
  const bool unique = column.distinct > 10;
  if (column.complete && unique && chance(30)) {
    const Value* value = some_value(column);
    if (value == nullptr || column.flag) return std::nullopt;
    const auto start = safe_prefix(column, std::get<std::string>(*value));
    if (!start) return std::nullopt;
    const bool many = verb_of(column.phrase.one) == "are";
    return plain(column, column_sql(column, prefix) + " LIKE " + quote_text(*start + "%"),
                 many ? "start" : "starts", "with " + quoted(*start));
  }
  return value_condition(column, prefix);
}

std::optional<Condition> DraftWriter::one_of(const ColumnProfile& column,
                                             const std::string& prefix) {
  if (!column.complete || column.flag || column.distinct < 5) return std::nullopt;
  if (verb_of(column.phrase.one) != "is") return std::nullopt;
  std::set<std::size_t> chosen;
  const std::size_t size = 2 + below(2);
  while (chosen.size() < size) chosen.insert(below(column.values.size()));
  std::vector<std::string> sql, words;
  for (const std::size_t i : chosen) {
    const Value& value = column.values[i];
    const auto* text = std::get_if<std::string>(&value);
    words.push_back(text != nullptr ? quoted(*text) : display_text(value));
    sql.push_back(sql_literal(value));
    if (words.back().size() > 32) return std::nullopt;
  }
  const std::string last = words.back();
  words.pop_back();
  return plain(column, column_sql(column, prefix) + " IN (" + join(sql, ", ") + ")", "is",
               "one of " + join(words, ", ") + " and " + last);
}

std::optional<Condition> DraftWriter::value_condition(const ColumnProfile& column,
                                                      const std::string& prefix) {
  if (chance(25))
    if (auto condition = one_of(column, prefix)) return condition;
  return equality(column, prefix);
}

std::optional<Condition> DraftWriter::condition_on(const ColumnProfile& column,
                                                   const std::string& prefix) {
  switch (column.kind) {
    case Kind::kNumber: return amount_condition(column, prefix);
    case Kind::kDate: return date_condition(column, prefix);
    case Kind::kText: return text_condition(column, prefix);
    case Kind::kCode: return value_condition(column, prefix);
    default: return std::nullopt;
  }
}

std::optional<Condition> DraftWriter::condition(const TableProfile& table,
                                                const std::string& prefix,
                                                const std::string& except, bool linked) {
  const ColumnProfile* column = some_column(table, [&](const ColumnProfile& c) {
    return is_topic(c) && c.distinct >= 2 && c.name != except;
  });
  if (column == nullptr) return std::nullopt;
  auto condition = condition_on(*column, prefix);
  if (!linked && condition && !is_shared(table, *column) &&
      (condition->sql.find(" = ") != std::string::npos ||
       condition->sql.find(" IN (") != std::string::npos) &&
      condition->sql.find("substr(") == std::string::npos)
    return std::nullopt;
  const bool value = column->kind == Kind::kText || column->kind == Kind::kCode;
  if (!linked && condition && value && !column->flag && column->nulls == 0 &&
      column->distinct >= 3 && condition->sql.find(" = ") != std::string::npos && chance(12))
    return negated(*column, *condition);
  return condition;
}

}  // namespace sqlenv::generate
