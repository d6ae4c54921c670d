// Reads what a question is about, where its head ends, and its phrases of order and grouping.

#include <algorithm>

#include "core/base/english.h"
#include "core/explorer/reading.h"
#include "core/explorer/vocabulary.h"

namespace sqlenv {
namespace {

bool ends_head(const Reading& reading, std::size_t i) {
  if (is_verb(reading.items[i].lower)) return true;
  if (reading.is_any(
          i, {"whose", "who",     "that",  "with",    "where",   "having",  "when",    "in",
              "from",  "on",      "at",    "during",  "between", "without", "not",     "but",
              "if",    "except",  "never", "located", "called",  "named",   "has",     "have",
              "had",   "do",      "does",  "did",     "is",      "are",     "was",     "were",
              "by",    "which",   "over",  "above",   "under",   "below",   "after",   "before",
              "older", "younger", "can",   "been",    "owned",   "sorted",  "ordered", "using",
              "as",    "via",     "only",  "to"}))
    return true;
  return false;
}

std::optional<std::size_t> table_after_of(const Reading& reading) {
  bool of = false;
  for (std::size_t i = reading.head_begin; i < reading.head_end; ++i) {
    if (reading.is_any(i, {"of", "for"})) of = true;
    else if (of && reading.table_at(i)) return reading.table_at(i);
    else if (of && !is_stop_word(reading.items[i].lower) && !reading.items[i].linked()) of = false;
  }
  return std::nullopt;
}

std::optional<std::size_t> counted_table(const Reading& reading) {
  for (std::size_t i = reading.head_begin; i + 2 < reading.size() && i < reading.head_end; ++i) {
    if (!(reading.is(i, "how") && reading.is(i + 1, "many"))) continue;
    for (std::size_t j = i + 2; j < std::min(i + 5, reading.size()); ++j)
      if (const auto table = reading.table_at(j, 0.45)) return table;
  }
  return std::nullopt;
}

// Finds the table of the type in "the average age of each pet type".
std::optional<std::size_t> grouped_table(const Reading& reading) {
  for (std::size_t i = 0; i + 1 < reading.size(); ++i)
    if (reading.is_any(i, {"each", "every", "per"}) && !reading.items[i + 1].columns.empty() &&
        reading.items[i + 1].columns[0].score > 0.9)
      return reading.items[i + 1].columns[0].column.table;
  return std::nullopt;
}

std::optional<std::size_t> table_of_best_column(const Reading& reading) {
  std::optional<std::size_t> best;
  double best_score = 0;
  for (std::size_t i = 0; i < reading.size(); ++i)
    for (const ColumnLink& link : reading.items[i].columns) {
      double score = link.score + (i < reading.head_end ? 0.2 : 0);
      if (reading.is_mentioned(link.column.table)) score += 0.1;
      if (reading.joins.is_foreign_key(link.column)) score -= 0.1;
      if (score <= best_score + 1e-9) continue;
      best_score = score;
      best = link.column.table;
    }
  return best;
}

bool is_descending(const Reading& reading, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last && i < reading.size(); ++i) {
    if (reading.items[i].is("descending") || reading.items[i].is("decreasing") ||
        reading.items[i].is("desc") || reading.items[i].is("reverse") ||
        reading.items[i].is("reversed"))
      return true;
    if (reading.items[i].is("from") || reading.items[i].is("the"))
      for (std::size_t j = i + 1; j <= last && j < i + 4 && j < reading.size(); ++j) {
        if (reading.items[j].is("most") || reading.items[j].is("high") ||
            reading.items[j].is("large"))
          return true;
        if (const auto ranking = ranking_of(reading.items[j].lower)) return ranking->descending;
      }
  }
  return false;
}

// The last item of an order phrase, before the sentence's end or a comma that starts another
// phrase.
std::size_t order_end(const Reading& reading, std::size_t at) {
  std::size_t i = at;
  while (i + 1 < reading.size() && !reading.items[i + 1].is("?") && !reading.items[i + 1].is(".") &&
         !(reading.items[i + 1].is(",") && i > at + 2))
    ++i;
  return i;
}

// Order keys named in [first, last]: columns, "number of X", aggregates.
void read_order_keys(Reading& reading, std::size_t first, std::size_t last, bool descending) {
  Aggregate aggregate = Aggregate::kNone;
  for (std::size_t i = first; i <= last; ++i) {
    if (const auto said = aggregate_of(reading.items[i].lower)) aggregate = *said;
    const bool counts = reading.is_any(i, {"number", "count"}) && reading.is(i + 1, "of");
    if (counts) {
      for (std::size_t j = i + 2; j <= last && j < i + 5; ++j)
        if (const auto column = reading.column_at(j, 0.35);
            column && reading.numeric(*column) && !reading.is_key(*column)) {
          reading.plan.order.push_back({{aggregate, column}, descending});
          return;
        } else if (const auto table = reading.table_at(j)) {
          reading.need(*table);
          break;
        }
      reading.plan.order.push_back({{Aggregate::kCount, {}}, descending});
      return;
    }
    if (ranking_of(reading.items[i].lower)) continue;
    if (reading.is(i, "from")) return;
    const std::optional<ColumnRef> column = reading.column_at(i);
    if (!column) continue;
    reading.plan.order.push_back({{aggregate, column}, descending});
    aggregate = Aggregate::kNone;
  }
}

bool starts_order(const Reading& reading, std::size_t i) {
  const bool verb = reading.is_any(i, {"sort", "sorted", "order", "ordered", "rank", "ranked",
                                       "arranged", "sorting", "ordering", "listed", "arrange"});
  if (!verb) return false;
  for (std::size_t j = i + 1; j < reading.size() && j < i + 6; ++j) {
    if (reading.is_any(j, {"by", "according", "of", "in", "based", "from", "alphabetically"}))
      return reading.is(j, "by") || j == i + 1 || reading.is(j, "according");
    if (reading.items[j].linked() && !reading.is_any(i, {"sort", "order", "rank", "arrange"}))
      return false;
  }
  return false;
}

bool is_direction(const Reading& reading, std::size_t i) {
  return reading.is_any(
      i, {"alphabetical", "alphabetic", "lexicographic", "lexicographical", "ascending",
          "descending", "increasing", "decreasing", "reverse", "alphabetically", "chronological"});
}

void take_order(Reading& reading, std::size_t first) {
  std::size_t last = order_end(reading, first);
  for (std::size_t i = last + 1; i < reading.size() && i < last + 6; ++i)
    if (reading.is(i, "first")) last = i;
  const bool descending = is_descending(reading, first, last);
  const std::size_t before = reading.plan.order.size();
  read_order_keys(reading, first, last, descending);
  if (reading.plan.order.size() == before) reading.order_first_output = descending;
  std::size_t start = first;
  while (start > 0 && reading.is_any(start - 1, {"in", "and", ",", "results", "result", "the",
                                                 "list", "them", "it", "by", "are"}))
    --start;
  reading.cross_out(start, last);
  if (reading.head_end > start) reading.head_end = start;
}

// Whether something is counted or aggregated before item i, and no row singled out.
bool asks_for_amount(const Reading& reading, std::size_t i) {
  if (reading.plan.limit || i == 0) return false;
  for (std::size_t j = 0; j < i; ++j)
    if (aggregate_of(reading.items[j].lower) || reading.items[j].is("number") ||
        reading.items[j].is("many") || reading.items[j].is("count"))
      return true;
  return false;
}

// The item after "each", "every" or "per"; none if there is none.
std::optional<std::size_t> group_item(const Reading& reading, std::size_t each) {
  for (std::size_t i = each + 1; i < reading.size() && i < each + 5; ++i) {
    if (reading.table_at(i) || reading.column_at(i)) return i;
    // One adjective may stand between: "each sales channel".
    if (!is_stop_word(reading.items[i].lower) && i > each + 1) return std::nullopt;
  }
  return std::nullopt;
}

void take_group(Reading& reading, std::size_t each, std::size_t item) {
  const std::optional<ColumnRef> column = reading.column_at(item, 0.6);
  const std::optional<std::size_t> table = reading.table_at(item);
  const bool own_column =
      column && (!table || (column->table == reading.plan.entity && *table != reading.plan.entity &&
                            !reading.joins.is_foreign_key(*column)));
  if (own_column) {
    reading.plan.group_by.push_back(*column);
  } else if (table) {
    reading.plan.group_by.push_back(key_column(reading.schema, *table));
    reading.group_tables.push_back(*table);
    reading.need(*table);
  } else {
    return;
  }
  std::size_t first = each;
  while (first > 0 &&
         reading.is_any(first - 1, {"for", "in", "of", "by", "to", "from", "at", "on", "with"}))
    --first;
  reading.cross_out(first, item);
  if (reading.is(item + 1, ",")) reading.cross_out(item + 1, item + 1);
}

// Moves the head behind the comma of "For each student who is registered, how many …".
std::size_t find_head_begin(const Reading& reading) {
  if (!reading.is_any(0, {"for", "in", "of", "among", "within", "per"})) return 0;
  for (std::size_t i = 1; i + 1 < reading.size(); ++i)
    if (reading.is(i, ",")) return i + 1;
  return 0;
}

}  // namespace

std::size_t Reading::end_of_head(std::size_t start) const {
  bool linked = false;
  for (std::size_t i = start; i < size(); ++i) {
    if (items[i].is("?") || (linked && ends_head(*this, i))) return i;
    if (!items[i].tables.empty() || !items[i].columns.empty()) linked = true;
  }
  return size();
}

void read_entity(Reading& reading) {
  reading.head_begin = find_head_begin(reading);
  reading.head_end = reading.end_of_head(reading.head_begin);
  std::optional<std::size_t> table = counted_table(reading);
  if (!table) table = table_after_of(reading);
  for (std::size_t i = reading.head_begin; !table && i < reading.head_end; ++i)
    table = reading.table_at(i);
  if (!table) table = grouped_table(reading);
  if (!table) table = table_of_best_column(reading);
  if (!table && !reading.mentioned.empty()) table = reading.mentioned.front();
  for (std::size_t i = 0; !table && i < reading.size(); ++i) {
    if (!reading.items[i].values.empty()) table = reading.items[i].values[0].column.table;
    else if (!reading.items[i].tables.empty()) table = reading.items[i].tables[0].table;
  }
  reading.plan.entity = table.value_or(0);
}

void read_order(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (starts_order(reading, i)) return take_order(reading, i);
    if (reading.is_any(i, {"in", "by"}) &&
        (is_direction(reading, i + 1) ||
         (reading.is_any(i + 1, {"an", "the", "a"}) && is_direction(reading, i + 2)) ||
         (reading.is(i + 1, "order") && reading.is(i + 2, "of"))))
      return take_order(reading, i);
    if (reading.is(i, "alphabetically")) return take_order(reading, i);
    if (reading.is(i, "from") && i + 4 < reading.size()) {
      const std::size_t word = reading.is(i + 1, "the") ? i + 2 : i + 1;
      const auto ranking = ranking_of(reading.items[word].lower);
      if (!ranking || !reading.is(word + 1, "to")) continue;
      bool inverted = false;
      if (const auto column = reading.concept_column(ranking->concepts, inverted))
        reading.plan.order.push_back({{Aggregate::kNone, column}, ranking->descending != inverted});
      else reading.order_first_output = ranking->descending;
      return reading.cross_out(i, order_end(reading, i));
    }
  }
}

void read_groups(Reading& reading) {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    const bool each = reading.is_any(i, {"each", "every", "per"});
    const std::string& before = reading.items[i > 0 ? i - 1 : 0].lower;
    const bool done_by = before.size() > 2 && before.substr(before.size() - 2) == "ed";
    const bool by =
        reading.is(i, "by") && (before == "grouped" || !done_by) && asks_for_amount(reading, i);
    const bool different = reading.is_any(i, {"for", "in"}) &&
                           reading.is_any(i + 1, {"different", "various"}) && i > 3;
    if (!each && !by && !different) continue;
    if (const auto item = group_item(reading, i)) take_group(reading, i, *item);
  }
}

}  // namespace sqlenv
