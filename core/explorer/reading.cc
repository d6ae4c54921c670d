#include "core/explorer/reading.h"

#include <algorithm>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/explorer/vocabulary.h"

namespace sqlenv {
namespace {

bool has_word(const std::string& name, std::string_view word) {
  for (const std::string& one : identifier_words(name, {std::string(word)}))
    if (one == word || singular(one) == word) return true;
  return false;
}

}  // namespace

Reading::Reading(std::vector<Item> read_items, const SchemaView& seen, const Survey& surveyed,
                 JoinGraph& graph)
    : schema(seen), survey(surveyed), joins(graph), items(std::move(read_items)) {
  gone.assign(items.size(), false);
  head_end = items.size();
  find_mentioned();
}

void Reading::find_mentioned() {
  for (std::size_t i = 0; i < size(); ++i)
    if (const std::optional<std::size_t> table = table_at(i))
      if (!is_mentioned(*table)) mentioned.push_back(*table);
}

bool Reading::is_mentioned(std::size_t table) const {
  return std::find(mentioned.begin(), mentioned.end(), table) != mentioned.end();
}

bool Reading::is_any(std::size_t i, std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is(i, word); });
}

void Reading::cross_out(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last && i < size(); ++i) gone[i] = true;
}

std::optional<std::size_t> Reading::table_at(std::size_t i, double least) const {
  if (i >= size() || gone[i] || items[i].tables.empty() || items[i].tables[0].score < least)
    return std::nullopt;
  const bool column_better =
      !items[i].columns.empty() && items[i].columns[0].score > items[i].tables[0].score + 0.05;
  if (column_better) return std::nullopt;
  return items[i].tables[0].table;
}

std::optional<ColumnRef> Reading::column_at(std::size_t i, double least) const {
  if (i >= size() || gone[i] || items[i].columns.empty()) return std::nullopt;
  const bool table_better =
      !items[i].tables.empty() && items[i].tables[0].score > items[i].columns[0].score + 0.05;
  if (table_better) return std::nullopt;
  return resolve(i, least);
}

std::optional<std::size_t> Reading::owner_near(std::size_t i) const {
  if (i > 0 && !items[i - 1].tables.empty() && items[i - 1].tables[0].score >= 0.6)
    return items[i - 1].tables[0].table;
  // Finds "students whose id", "the student with the id".
  for (std::size_t j = i; j-- > 0 && i - j < 5;) {
    if (!items[j].tables.empty() && items[j].tables[0].score >= 0.6 && j + 1 < i)
      return items[j].tables[0].table;
    if (!items[j].is("whose") && !items[j].is("with") && !items[j].is("the") &&
        !items[j].is("an") && !items[j].is("a") && !items[j].is("have") && !items[j].is("has") &&
        !items[j].is("having") && !items[j].is("that"))
      break;
  }
  // Finds "the names and ages of all the students".
  bool of = false;
  for (std::size_t j = i + 1; j < size() && j < i + 12; ++j) {
    const Item& item = items[j];
    if (item.is("of") || item.is("for")) of = true;
    else if (of && !item.tables.empty() && item.tables[0].score >= 0.6 &&
             (item.columns.empty() || item.columns[0].score <= item.tables[0].score))
      return item.tables[0].table;
    else if (of && !is_stop_word(item.lower)) return std::nullopt;
    else if (!of && !item.is("and") && !item.is(",") && !item.is("the") && item.columns.empty())
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<ColumnRef> Reading::resolve(std::size_t i, double least) const {
  const std::optional<std::size_t> owner = owner_near(i);
  std::optional<ColumnRef> best;
  double best_score = 0;
  for (const ColumnLink& link : items[i].columns) {
    if (link.score < least) continue;
    const std::size_t table = link.column.table;
    double score = link.score;
    if (owner == table) score += 0.8;
    if (table == plan.entity) score += 0.3;
    if (is_mentioned(table)) score += 0.2;
    const std::optional<std::size_t> away = joins.distance(plan.entity, table);
    score -= away ? 0.1 * static_cast<double>(*away) : 0.6;
    if (joins.is_foreign_key(link.column)) score -= 0.08;
    if (score > best_score + 1e-9) {
      best_score = score;
      best = link.column;
    }
  }
  return best;
}

std::optional<ColumnRef> Reading::concept_column(const std::vector<Concept>& concepts,
                                                 bool& inverted) const {
  std::vector<std::size_t> near = {plan.entity};
  for (std::size_t table : mentioned)
    if (table != plan.entity) near.push_back(table);
  std::vector<std::size_t> farther;
  for (std::size_t steps : {1, 2})
    for (std::size_t t = 0; t < schema.tables().size(); ++t)
      if (joins.distance(plan.entity, t) == steps && !is_mentioned(t)) farther.push_back(t);
  for (const std::vector<std::size_t>& tables : {near, farther})
    for (const Concept& one : concepts)
      for (const bool said : {true, false})
        for (std::size_t table : tables)
          for (std::size_t c = 0; c < schema.tables()[table].columns.size(); ++c) {
            const ColumnRef ref{table, c};
            if (!has_word(column(ref).name, one.word) || is_key(ref) || joins.is_foreign_key(ref) ||
                (said && !mentions_more_of(ref, one.word)))
              continue;
            inverted = one.inverted;
            return ref;
          }
  return std::nullopt;
}

// Whether the question has a word of the column's name other than `word`.
bool Reading::mentions_more_of(ColumnRef ref, std::string_view word) const {
  for (const std::string& one : identifier_words(column(ref).name, {std::string(word)})) {
    if (singular(one) == word || one.size() < 3 || is_stop_word(one)) continue;
    for (const Item& item : items)
      if (word_likeness(one, item.lower) >= 0.75) return true;
  }
  return false;
}

std::optional<ColumnRef> Reading::time_column() const {
  bool ignored = false;
  return concept_column({{"year"}, {"date"}, {"since"}, {"time"}, {"born"}, {"birth"}}, ignored);
}

bool Reading::is_key(ColumnRef ref) const {
  if (column(ref).primary_key) return true;
  const std::vector<std::string> words = identifier_words(column(ref).name);
  return !words.empty() && words.back() == "id";
}

void Reading::need(std::size_t table) {
  if (std::find(plan.tables.begin(), plan.tables.end(), table) == plan.tables.end())
    plan.tables.push_back(table);
}

}  // namespace sqlenv
