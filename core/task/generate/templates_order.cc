#include "core/base/english.h"
#include "core/task/generate/question_parts.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv::generate {
namespace {

bool is_sortable(const ColumnProfile& column) {
  return is_amount(column) ||
         (is_topic(column) && column.kind == Kind::kDate && column.distinct >= 2);
}

bool can_sort(const TableProfile& table) {
  if (!has_label(table)) return false;
  for (const ColumnProfile& column : table.columns)
    if (is_sortable(column)) return true;
  return false;
}

// A table with a label, one of its sortable columns, and the end of it that is asked for.
struct Scale {
  std::size_t position = 0;
  const TableProfile* table = nullptr;
  const ColumnProfile* column = nullptr;
  bool down = true;  // from the highest, or latest
  std::string c;
  std::string extreme;   // "highest"
  std::string opposite;  // "lowest"
};

std::optional<Scale> some_scale(DraftWriter& writer,
                                bool (*suits)(const ColumnProfile&) = is_sortable) {
  const auto t = writer.some_table(can_sort);
  if (!t) return std::nullopt;
  Scale scale;
  scale.position = *t;
  scale.table = &writer.table(*t);
  scale.column = writer.some_column(*scale.table, suits);
  if (scale.column == nullptr) return std::nullopt;
  scale.down = writer.chance(60);
  scale.c = column_sql(*scale.column);
  const bool date = scale.column->kind == Kind::kDate;
  scale.extreme = date ? "latest" : "highest";
  scale.opposite = date ? "earliest" : "lowest";
  if (!scale.down) std::swap(scale.extreme, scale.opposite);
  return scale;
}

// " FROM t [WHERE c IS NOT NULL] ORDER BY c DESC"
std::string sorted_from(const Scale& scale) {
  // Ascending order puts NULL first.
  return " FROM " + table_sql(*scale.table) + where(null_sql(*scale.column)) + " ORDER BY " +
         scale.c + (scale.down ? " DESC" : " ASC");
}

QuestionDraft by_scale(const Scale& scale, const std::string& tail, int shown) {
  QuestionDraft draft;
  draft.sql = "SELECT " + label_list(*scale.table) + tail;
  draft.tables = {scale.position};
  draft.shape = label_shape(*scale.table);
  draft.checks.push_back(
      {Check::Kind::kNoTie,
       "SELECT " + scale.c + sorted_from(scale) + " LIMIT " + std::to_string(shown + 1), shown});
  return draft;
}

std::optional<QuestionDraft> superlative(DraftWriter& writer) {
  const auto scale = some_scale(writer);
  if (!scale) return std::nullopt;
  QuestionDraft draft = by_scale(*scale, sorted_from(*scale) + " LIMIT 1", 1);
  if (draft.shape == Shape::kList) draft.shape = Shape::kOne;
  draft.least = -1'000'000'000'000;
  draft.text = writer.say(
      {"What is the {l} of the {n} with the {ext} {c}?",
       "Which {n} has the {ext} {c}? Give the {l}.", "Give the {l} of the {n} with the {ext} {c}."},
      {{"l", scale->table->label_phrase.one},
       {"n", scale->table->noun.one},
       {"ext", scale->extreme},
       {"c", scale->column->phrase.one}});
  return draft;
}

std::optional<QuestionDraft> second(DraftWriter& writer) {
  const auto scale = some_scale(writer);
  if (!scale || scale->table->rows < 3) return std::nullopt;
  const std::string best = scale->down ? "MAX(" : "MIN(";
  const std::string tail = " FROM " + table_sql(*scale->table) + " WHERE " + scale->c +
                           (scale->down ? " < " : " > ") + "(SELECT " + best + scale->c +
                           ") FROM " + table_sql(*scale->table) + ") ORDER BY " + scale->c +
                           (scale->down ? " DESC" : " ASC") + " LIMIT 1";
  QuestionDraft draft = by_scale(*scale, tail, 2);
  if (draft.shape == Shape::kList) draft.shape = Shape::kOne;
  draft.layered = true;
  draft.least = -1'000'000'000'000;
  const bool date = scale->column->kind == Kind::kDate;
  draft.text = writer.say({"What is the {l} of the {n} with the second {ext} {c}?",
                           "Which {n} has the second {ext} {c}? Give the {l}."},
                          {{"l", scale->table->label_phrase.one},
                           {"n", scale->table->noun.one},
                           {"ext", date || scale->down ? scale->extreme : "lowest"},
                           {"c", scale->column->phrase.one}});
  return draft;
}

std::optional<QuestionDraft> top_k(DraftWriter& writer) {
  const auto scale = some_scale(writer);
  if (!scale || scale->table->rows < 5) return std::nullopt;
  const int k = 2 + static_cast<int>(writer.below(4));
  if (k + 1 > scale->table->rows) return std::nullopt;
  QuestionDraft draft = by_scale(*scale, sorted_from(*scale) + " LIMIT " + std::to_string(k), k);
  draft.text = writer.say({"List the {L} of the {k} {N} with the {ext} {C}, {ext} first.",
                           "Which {k} {N} have the {ext} {C}? List their {L} with the {ext} "
                           "first.",
                           "Give the {L} of the {k} {N} with the {ext} {C}, in order from "
                           "{ext} to {opp}."},
                          {{"L", scale->table->label_phrase.many},
                           {"k", number_word(k)},
                           {"N", scale->table->noun.many},
                           {"ext", scale->extreme},
                           {"opp", scale->opposite},
                           {"C", scale->column->phrase.one}});
  return draft;
}

std::optional<QuestionDraft> sorted_list(DraftWriter& writer) {
  const auto scale = some_scale(writer);
  if (!scale) return std::nullopt;
  const auto condition = writer.condition(*scale->table, "", scale->column->name);
  if (!condition) return std::nullopt;
  std::vector<std::string> filters = null_sql(*scale->column);
  filters.insert(filters.begin(), condition->sql);
  const std::string tail = " FROM " + table_sql(*scale->table) + where(filters) + " ORDER BY " +
                           scale->c + (scale->down ? " DESC" : " ASC");
  QuestionDraft draft = by_scale(*scale, tail, 0);
  draft.checks = {{Check::Kind::kNoTie, "SELECT " + scale->c + tail + " LIMIT 31", 30}};
  draft.text = writer.say({"List the {L} of the {N} {rel}, in order of {c}, {ext} first.",
                           "Give the {L} of the {N} {rel}, {ext} {c} first."},
                          {{"L", scale->table->label_phrase.many},
                           {"N", scale->table->noun.many},
                           {"rel", condition->relative},
                           {"c", scale->column->phrase.one},
                           {"ext", scale->extreme}});
  draft.text = sentences({draft.text, null_words(*scale->table, *scale->column)});
  return draft;
}

std::optional<QuestionDraft> extreme_value(DraftWriter& writer) {
  const auto scale = some_scale(writer);
  if (!scale) return std::nullopt;
  std::vector<std::string> filters;
  std::string among;
  if (writer.chance(50)) {
    const auto condition = writer.condition(*scale->table, "", scale->column->name);
    if (!condition) return std::nullopt;
    filters.push_back(condition->sql);
    among = condition->relative;
  }
  QuestionDraft draft;
  const std::string from = " FROM " + table_sql(*scale->table) + where(filters);
  draft.sql = std::string("SELECT ") + (scale->down ? "MAX(" : "MIN(") + scale->c + ")" + from;
  draft.tables = {scale->position};
  draft.least = -1'000'000'000'000;
  draft.checks.push_back(
      {Check::Kind::kAtLeast, "SELECT COUNT(DISTINCT " + scale->c + ")" + from, 2});
  const Places places = {{"ext", scale->extreme},
                         {"c", scale->column->phrase.one},
                         {"N", scale->table->noun.many},
                         {"n", scale->table->noun.one},
                         {"rel", among}};
  draft.text = among.empty() ? writer.say({"What is the {ext} {c} of any {n}?",
                                           "What is the {ext} {c} recorded for {N}?"},
                                          places)
                             : writer.say({"What is the {ext} {c} among the {N} {rel}?",
                                           "Among the {N} {rel}, what is the {ext} {c}?"},
                                          places);
  return draft;
}

// Asks for the rows beyond one named row.
std::optional<QuestionDraft> beyond_row(DraftWriter& writer) {
  const auto scale = some_scale(writer);
  if (!scale) return std::nullopt;
  const auto row = some_row(writer, *scale->table, "");
  if (!row) return std::nullopt;
  const bool list = writer.chance(50);
  QuestionDraft draft;
  draft.sql = "SELECT " + (list ? label_list(*scale->table) : std::string("COUNT(*)")) + " FROM " +
              table_sql(*scale->table) + " WHERE " + scale->c + (scale->down ? " > " : " < ") +
              "(SELECT " + scale->c + " FROM " + table_sql(*scale->table) + where({row->sql}) + ")";
  draft.tables = {scale->position};
  draft.layered = true;
  draft.shape = list ? Shape::kList : Shape::kOne;
  const bool date = scale->column->kind == Kind::kDate;
  const std::string than =
      date ? (scale->down ? "later" : "earlier") : (scale->down ? "higher" : "lower");
  const Places places = {{"L", scale->table->label_phrase.many},
                         {"N", scale->table->noun.many},
                         {"c", with_article(than + " " + scale->column->phrase.one)},
                         {"row", row->words}};
  draft.text = list ? writer.say({"List the {L} of the {N} with {c} than {row}.",
                                  "Which {N} have {c} than {row}? Give their {L}."},
                                 places)
                    : writer.say({"How many {N} have {c} than {row}?"}, places);
  return draft;
}

}  // namespace

std::vector<Template> order_templates() {
  return {{"superlative", "the row with the highest or lowest value", superlative},
          {"second", "the row with the second highest or lowest value", second},
          {"top_k", "the first few rows by a value", top_k},
          {"sorted_list", "rows that meet a condition, in order of a value", sorted_list},
          {"extreme_value", "the highest or lowest value itself", extreme_value},
          {"beyond_row", "rows with more or less than a named row", beyond_row}};
}

}  // namespace sqlenv::generate
