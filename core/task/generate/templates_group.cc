#include "core/base/english.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/question_parts.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv::generate {
namespace {

constexpr std::int64_t kMostGroups = 30;

// A table and the column by whose values its rows are grouped.
struct Grouping {
  std::size_t position = 0;
  const TableProfile* table = nullptr;
  const ColumnProfile* by = nullptr;
  const ColumnProfile* amount = nullptr;  // only where asked for
  std::string c;
  std::string m;

  std::vector<std::string> filters() const {
    std::vector<std::string> all = null_sql(*by);
    if (amount != nullptr)
      for (const std::string& filled : null_sql(*amount)) all.push_back(filled);
    return all;
  }
  std::string from() const { return " FROM " + table_sql(*table) + where(filters()); }
  std::string grouped() const { return from() + " GROUP BY " + c; }
  std::string notes() const {
    return sentences(
        {null_words(*table, *by), amount == nullptr ? "" : null_words(*table, *amount)});
  }
};

bool is_measured(const ColumnProfile& column) { return is_amount(column) && column.averageable; }

std::optional<Grouping> some_grouping(DraftWriter& writer, bool with_amount,
                                      std::int64_t most_groups = kMostGroups) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  Grouping grouping;
  grouping.position = *t;
  grouping.table = &writer.table(*t);
  grouping.by = writer.some_column(*grouping.table, [&](const ColumnProfile& column) {
    return is_category(column) && column.distinct <= most_groups &&
           is_shared(*grouping.table, column);
  });
  if (grouping.by == nullptr) return std::nullopt;
  grouping.c = column_sql(*grouping.by);
  if (!with_amount) return grouping;
  grouping.amount = writer.some_column(*grouping.table, is_measured);
  if (grouping.amount == nullptr) return std::nullopt;
  grouping.m = column_sql(*grouping.amount);
  return grouping;
}

QuestionDraft draft_of(const Grouping& grouping, std::string sql, Shape shape) {
  QuestionDraft draft;
  draft.sql = std::move(sql);
  draft.tables = {grouping.position};
  draft.grouped = true;
  draft.shape = shape;
  draft.least = -1'000'000'000'000;
  return draft;
}

std::string say(DraftWriter& writer, const Grouping& grouping,
                std::initializer_list<std::string_view> phrasings, const std::string& extra = "",
                const std::string& extra2 = "") {
  const std::string m = grouping.amount == nullptr ? "" : grouping.amount->phrase.one;
  const std::string text = writer.say(phrasings, {{"N", grouping.table->noun.many},
                                                  {"c", grouping.by->phrase.one},
                                                  {"C", grouping.by->phrase.many},
                                                  {"is", verb_of(m)},
                                                  {"m", m},
                                                  {"x", extra},
                                                  {"y", extra2}});
  return sentences({text, grouping.notes()});
}

std::optional<QuestionDraft> group_count(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, false);
  if (!grouping) return std::nullopt;
  QuestionDraft draft = draft_of(
      *grouping, "SELECT " + grouping->c + ", COUNT(*)" + grouping->grouped(), Shape::kTable);
  draft.text = say(writer, *grouping,
                   {"How many {N} are there for each {c}? Give the {c} and the number of {N}.",
                    "For each {c}, count the {N}. Give the {c} and the count.",
                    "Give every {c} of the {N} with the number of {N} that have it."});
  return draft;
}

struct Summary {
  std::string function;
  std::string words;
  bool rounds = false;
};

Summary some_summary(DraftWriter& writer, const ColumnProfile& amount) {
  switch (writer.below(amount.additive ? 4 : 3)) {
    case 0: return {"MAX", "highest", false};
    case 1: return {"MIN", "lowest", false};
    case 3: return {"SUM", "total", !amount.integral};
    default: return {"AVG", "average", true};
  }
}

std::optional<QuestionDraft> group_amount(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, true);
  if (!grouping) return std::nullopt;
  const Summary summary = some_summary(writer, *grouping->amount);
  const int decimals = decimals_of(*grouping->amount);
  const std::string raw = summary.function + "(" + grouping->m + ")";
  const std::string shown = summary.rounds ? rounded(raw, decimals) : raw;
  QuestionDraft draft = draft_of(
      *grouping, "SELECT " + grouping->c + ", " + shown + grouping->grouped(), Shape::kTable);
  if (summary.rounds)
    draft.checks.push_back({Check::Kind::kUnrounded,
                            "SELECT " + grouping->c + ", " + raw + grouping->grouped(), decimals});
  const std::string text =
      say(writer, *grouping,
          {"What is the {x} {m} of the {N} for each {c}? Give the {c} and the {x} {m}.",
           "For each {c}, give the {c} and the {x} {m} of the {N}."},
          summary.words);
  draft.text = sentences({text, summary.rounds ? rounding_words(decimals) : ""});
  return draft;
}

std::optional<QuestionDraft> group_having(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, false, 2000);
  if (!grouping) return std::nullopt;
  const std::int64_t average = grouping->table->rows / grouping->by->distinct;
  const std::int64_t bound =
      1 + static_cast<std::int64_t>(writer.below(static_cast<std::size_t>(average) * 2 + 1));
  const bool more = bound == 1 || writer.chance(70);
  QuestionDraft draft =
      draft_of(*grouping,
               "SELECT " + grouping->c + grouping->grouped() + " HAVING COUNT(*) " +
                   (more ? "> " : "< ") + std::to_string(bound),
               Shape::kList);
  draft.longest = grouping->by->distinct - 1;
  draft.text =
      say(writer, *grouping,
          {"Which {C} are shared by {x} than {y} {N}?",
           "List every {c} that {x} than {y} {N} have.", "Which {C} occur in {x} than {y} {N}?"},
          more ? "more" : "fewer", number_word(static_cast<int>(bound)));
  if (bound == 1)
    draft.text = say(writer, *grouping,
                     {"Which {C} are shared by more than one of the {N}?",
                      "Which {C} occur more than once among the {N}?"});
  return draft;
}

std::optional<QuestionDraft> most_frequent(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, false, 2000);
  if (!grouping) return std::nullopt;
  const bool most = writer.chance(75);
  const std::string order = grouping->grouped() + " ORDER BY COUNT(*) " + (most ? "DESC" : "ASC");
  QuestionDraft draft =
      draft_of(*grouping, "SELECT " + grouping->c + order + " LIMIT 1", Shape::kOne);
  draft.checks.push_back({Check::Kind::kNoTie, "SELECT COUNT(*)" + order + " LIMIT 2", 1});
  draft.text =
      say(writer, *grouping,
          {"What is the {x} common {c} among the {N}?", "Which {c} do the {y} number of {N} have?",
           "Which {c} occurs {x} often among the {N}?"},
          most ? "most" : "least", most ? "largest" : "smallest");
  return draft;
}

std::optional<QuestionDraft> group_superlative(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, true, 2000);
  if (!grouping) return std::nullopt;
  const bool sum = grouping->amount->additive && writer.chance(40);
  const bool down = writer.chance(60);
  const std::string raw = std::string(sum ? "SUM(" : "AVG(") + grouping->m + ")";
  const std::string order = grouping->grouped() + " ORDER BY " + raw + (down ? " DESC" : " ASC");
  QuestionDraft draft =
      draft_of(*grouping, "SELECT " + grouping->c + order + " LIMIT 1", Shape::kOne);
  draft.checks.push_back({Check::Kind::kNoTie, "SELECT " + raw + order + " LIMIT 2", 1});
  draft.text = say(writer, *grouping,
                   {"For which {c} {is} the {y} {m} of the {N} the {x}?",
                    "Which {c} has the {x} {y} {m} among the {N}?"},
                   down ? "highest" : "lowest", sum ? "total" : "average");
  return draft;
}

std::optional<QuestionDraft> group_average_above(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, true);
  if (!grouping) return std::nullopt;
  const Value* bound = writer.some_value(*grouping->amount);
  if (bound == nullptr) return std::nullopt;
  const std::string x = sql_literal(*bound), words = shown(*bound),
                    mean = "AVG(" + grouping->m + ")";
  const bool above = writer.chance(60);
  QuestionDraft draft = draft_of(*grouping,
                                 "SELECT " + grouping->c + grouping->grouped() + " HAVING " + mean +
                                     (above ? " > " : " < ") + x,
                                 Shape::kList);
  draft.longest = grouping->by->distinct - 1;
  draft.checks.push_back({Check::Kind::kZero,
                          "SELECT COUNT(*) FROM (SELECT " + mean + " AS mean" +
                              grouping->grouped() + ") WHERE abs(mean - " + x +
                              ") <= 1e-9 * (1 + abs(mean))",
                          0});
  draft.text = say(writer, *grouping,
                   {"For which {C} {is} the average {m} of the {N} {x} than {y}?",
                    "List each {c} for which the average {m} of the {N} {is} {x} than {y}."},
                   above ? "more" : "less", words);
  return draft;
}

// Asks for the best row of each group.
std::optional<QuestionDraft> best_of_group(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, true);
  if (!grouping || !has_label(*grouping->table)) return std::nullopt;
  const TableProfile& table = *grouping->table;
  for (const std::size_t i : table.label)
    if (&table.columns[i] == grouping->by) return std::nullopt;
  const bool down = writer.chance(60);
  const std::string label = label_list(table);
  const std::string ranked = "(SELECT " + grouping->c + ", " + label +
                             ", RANK() OVER (PARTITION BY " + grouping->c + " ORDER BY " +
                             grouping->m + (down ? " DESC" : " ASC") + ") AS place" +
                             grouping->from() + ")";
  QuestionDraft draft = draft_of(
      *grouping, "SELECT " + grouping->c + ", " + label + " FROM " + ranked + " WHERE place = 1",
      Shape::kTable);
  draft.grouped = false;
  draft.layered = true;
  if (table.find("place") != nullptr) return std::nullopt;
  draft.checks.push_back({Check::Kind::kZero,
                          "SELECT COUNT(*) FROM (SELECT 1 FROM " + ranked +
                              " WHERE place = 1 GROUP BY " + grouping->c + " HAVING COUNT(*) > 1)",
                          0});
  draft.text =
      say(writer, *grouping,
          {"For each {c}, give the {c} and the {y} of the " + table.noun.one + " with the {x} {m}.",
           "Which of the {N} has the {x} {m} for each {c}? Give the {c} and the {y}."},
          down ? "highest" : "lowest", table.label_phrase.one);
  return draft;
}

std::optional<QuestionDraft> pairs(DraftWriter& writer) {
  const auto grouping = some_grouping(writer, false, 2000);
  if (!grouping || grouping->by->flag) return std::nullopt;
  QuestionDraft draft = draft_of(*grouping,
                                 "SELECT SUM(size * (size - 1) / 2) FROM (SELECT COUNT(*) AS "
                                 "size" +
                                     grouping->grouped() + ")",
                                 Shape::kOne);
  draft.least = 1;
  draft.layered = true;
  draft.text = say(writer, *grouping,
                   {"How many pairs of different {N} have the same {c}? Count each pair once.",
                    "Count the pairs of {N} that share the same {c}, each pair once."});
  return draft;
}

}  // namespace

std::vector<Template> group_templates() {
  return {
      {"group_count", "how many rows each group has", group_count},
      {"group_amount", "the mean, total, highest or lowest of each group", group_amount},
      {"group_having", "groups with more or fewer rows than a number", group_having},
      {"most_frequent", "the most or least frequent value", most_frequent},
      {"group_superlative", "the group with the highest or lowest mean or total",
       group_superlative},
      {"group_average_above", "groups whose mean is above or below a number", group_average_above},
      {"best_of_group", "the row with the highest or lowest amount of each group", best_of_group},
      {"pairs", "how many pairs of rows share a value", pairs}};
}

}  // namespace sqlenv::generate
