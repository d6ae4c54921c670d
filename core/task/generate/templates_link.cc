#include "core/base/english.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/question_parts.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv::generate {
namespace {

// Two linked tables: t1 is the child, t2 the parent.
struct Pair {
  const Link* link = nullptr;
  const TableProfile* child = nullptr;
  const TableProfile* parent = nullptr;
  std::string joined;  // " FROM child AS t1 JOIN parent AS t2 ON …"
};

std::optional<Pair> some_pair(DraftWriter& writer, bool parent_label, bool child_label) {
  Pair pair;
  pair.link = writer.some_link([&](const Link& link) {
    const TableProfile& parent = writer.table(link.parent);
    return (!parent_label || (has_label(parent) && parent.label_unique)) &&
           (!child_label || has_label(writer.table(link.child)));
  });
  if (pair.link == nullptr) return std::nullopt;
  pair.child = &writer.table(pair.link->child);
  pair.parent = &writer.table(pair.link->parent);
  pair.joined = join_of(writer.profile(), *pair.link, "t1", "t2");
  return pair;
}

QuestionDraft draft_of(const Pair& pair, std::string sql, Shape shape) {
  QuestionDraft draft;
  draft.sql = std::move(sql);
  draft.tables = {pair.link->child, pair.link->parent};
  draft.shape = shape;
  return draft;
}

// GROUP BY columns for one group a parent: its key, then its label for the output.
std::string key_list(const Pair& pair, const std::string& alias) {
  std::string text;
  for (const std::string& column : pair.link->parent_columns)
    text += (text.empty() ? "" : ", ") + alias + "." + sql_name(column);
  return text + ", " + label_list(*pair.parent, alias + ".");
}

// "stadium", or "linked stadium" if the link has no role. `whole` says which link is meant.
std::string role_words(const Pair& pair, bool whole = true) {
  if (!pair.link->role.empty()) return pair.link->role;
  const std::string& noun = pair.parent->noun.one;
  if (pair.link->via.empty()) return "linked " + noun;
  return whole ? noun + " that " + quoted(pair.link->via) + " refers to" : noun;
}

// Chooses children by their parent: by its name or by one of its columns.
struct ParentTest {
  std::string sql;
  std::string relative;
};

std::optional<ParentTest> some_parent_test(DraftWriter& writer, const Pair& pair) {
  if (writer.chance(40)) {
    const auto row = some_row(writer, *pair.parent, "t2.");
    if (row) return ParentTest{row->sql, of_parent(writer.profile(), *pair.link, *row)};
  }
  const auto condition = writer.condition(*pair.parent, "t2.", "", true);
  if (!condition) return std::nullopt;
  return ParentTest{condition->sql, through_parent(writer.profile(), *pair.link, *condition)};
}

std::optional<QuestionDraft> child_filter(DraftWriter& writer) {
  const bool list = writer.chance(50);
  const auto pair = some_pair(writer, false, list);
  if (!pair) return std::nullopt;
  const auto test = some_parent_test(writer, *pair);
  if (!test) return std::nullopt;
  const std::string shown = list ? label_list(*pair->child, "t1.") : "COUNT(*)";
  QuestionDraft draft = draft_of(*pair, "SELECT " + shown + pair->joined + where({test->sql}),
                                 list ? label_shape(*pair->child) : Shape::kOne);
  draft.most = draft.longest = pair->child->rows - 1;
  const Places places = {{"L", pair->child->label_phrase.many},
                         {"N", pair->child->noun.many},
                         {"rel", test->relative}};
  draft.text =
      list ? writer.say({"List the {L} of the {N} {rel}.", "What are the {L} of the {N} {rel}?",
                         "Give the {L} of all {N} {rel}."},
                        places)
           : writer.say({"How many {N} are there {rel}?", "Count the {N} {rel}.",
                         "What is the number of {N} {rel}?"},
                        places);
  return draft;
}

std::optional<QuestionDraft> parent_value(DraftWriter& writer) {
  const auto pair = some_pair(writer, false, true);
  if (!pair) return std::nullopt;
  const auto row = some_row(writer, *pair->child, "t1.");
  const ColumnProfile* column = writer.some_column(
      *pair->parent, [](const ColumnProfile& c) { return is_topic(c) && !c.flag; });
  if (!row || column == nullptr || column->phrase.one == pair->link->role) return std::nullopt;
  QuestionDraft draft =
      draft_of(*pair, "SELECT " + column_sql(*column, "t2.") + pair->joined + where({row->sql}),
               Shape::kOne);
  draft.least = -1'000'000'000'000;
  draft.text = writer.say({"What {is} the {c} of {parent}?", "Give the {c} of {parent}."},
                          {{"is", verb_of(column->phrase.one)},
                           {"c", column->phrase.one},
                           {"parent", parent_of(writer.profile(), *pair->link, row->words)}});
  return draft;
}

std::optional<QuestionDraft> pair_list(DraftWriter& writer) {
  const auto pair = some_pair(writer, true, true);
  if (!pair || pair->parent->label_is_key || pair->link->role.empty()) return std::nullopt;
  const auto condition = writer.condition(*pair->child, "t1.");
  if (!condition) return std::nullopt;
  QuestionDraft draft =
      draft_of(*pair,
               "SELECT " + label_list(*pair->child, "t1.") + ", " +
                   label_list(*pair->parent, "t2.") + pair->joined + where({condition->sql}),
               Shape::kTable);
  draft.longest = pair->child->rows - 1;
  if (pair->link->optional) {
    draft.checks.push_back({Check::Kind::kZero,
                            "SELECT COUNT(*) FROM " + table_sql(*pair->child) + " AS t1 WHERE " +
                                condition->sql + " AND NOT EXISTS (SELECT 1 FROM " +
                                table_sql(*pair->parent) + " AS t2 WHERE " +
                                on_of(*pair->link, "t1", "t2") + ")",
                            0});
  }
  draft.text =
      writer.say({"For every {n} {rel}, give the {l} of the {n} and the {pl} of the {role}.",
                  "List the {L} of the {N} {rel}, each with the {pl} of the {role}."},
                 {{"n", pair->child->noun.one},
                  {"N", pair->child->noun.many},
                  {"rel", condition->relative},
                  {"l", pair->child->label_phrase.one},
                  {"L", pair->child->label_phrase.many},
                  {"pl", pair->parent->label_phrase.one},
                  {"role", role_words(*pair)}});
  return draft;
}

std::string without_children(const Pair& pair) {
  return pair.link->plain
             ? "Leave out " + pair.parent->noun.many + " without any " + pair.child->noun.many + "."
             : "";
}

std::optional<QuestionDraft> children_per_parent(DraftWriter& writer) {
  const auto pair = some_pair(writer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const std::string label = label_list(*pair->parent, "t2.");
  QuestionDraft draft = draft_of(
      *pair, "SELECT " + label + ", COUNT(*)" + pair->joined + " GROUP BY " + key_list(*pair, "t2"),
      Shape::kTable);
  draft.grouped = true;
  const std::string text =
      writer.say({"How many {N} are there for each {role}? Give the {pl} of the {short} and the "
                  "number of {N}.",
                  "For each {role}, count the {N}. Give the {pl} of the {short} and the count."},
                 {{"N", pair->child->noun.many},
                  {"role", role_words(*pair)},
                  {"short", role_words(*pair, false)},
                  {"pl", pair->parent->label_phrase.one}});
  draft.text = sentences({text, without_children(*pair)});
  return draft;
}

std::optional<QuestionDraft> amount_per_parent(DraftWriter& writer) {
  const auto pair = some_pair(writer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const bool sum = writer.chance(50);
  const ColumnProfile* column = writer.some_column(*pair->child, [&](const ColumnProfile& c) {
    return is_amount(c) && c.averageable && (!sum || c.additive);
  });
  if (column == nullptr) return std::nullopt;
  const std::string raw = (sum ? "SUM(t1." : "AVG(t1.") + sql_name(column->name) + ")";
  const bool rounds = !sum || !column->integral;
  const int decimals = decimals_of(*column);
  const std::string label = label_list(*pair->parent, "t2.");
  const std::string tail =
      pair->joined + where(null_sql(*column, "t1.")) + " GROUP BY " + key_list(*pair, "t2");
  QuestionDraft draft =
      draft_of(*pair, "SELECT " + label + ", " + (rounds ? rounded(raw, decimals) : raw) + tail,
               Shape::kTable);
  draft.grouped = true;
  if (rounds)
    draft.checks.push_back(
        {Check::Kind::kUnrounded, "SELECT " + label + ", " + raw + tail, decimals});
  const std::string text =
      writer.say({"What is the {f} {c} of the {N} for each {role}? Give the {pl} of the {short} "
                  "and the {f} {c}.",
                  "For each {role}, give the {pl} of the {short} and the {f} {c} of the {N}."},
                 {{"f", sum ? "total" : "average"},
                  {"c", column->phrase.one},
                  {"N", pair->child->noun.many},
                  {"role", role_words(*pair)},
                  {"short", role_words(*pair, false)},
                  {"pl", pair->parent->label_phrase.one}});
  draft.text = sentences({text, rounds ? rounding_words(decimals) : "",
                          null_words(*pair->child, *column), without_children(*pair)});
  return draft;
}

// `referred to by the "created_by" value of `
std::string referred_by(const Pair& pair) {
  return "referred to by the " + via_words(*pair.link) + " of ";
}

// "have more than two concerts", "are the source airport of more than two flights".
std::string with_children(const Pair& pair, bool many, const std::string& how_many) {
  const std::string linked = pair.link->role.empty() ? "linked " : "";
  if (pair.link->plain)
    return (many ? "have " : "has ") + how_many + " " + linked + pair.child->noun.many;
  if (!pair.link->via.empty())
    return (many ? "are " : "is ") + referred_by(pair) + how_many + " " + pair.child->noun.many;
  return (many ? "are the " : "is the ") + pair.link->role + " of " + how_many + " " +
         pair.child->noun.many;
}

std::optional<QuestionDraft> most_children(DraftWriter& writer) {
  const auto pair = some_pair(writer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const std::string tail =
      pair->joined + " GROUP BY " + key_list(*pair, "t2") + " ORDER BY COUNT(*) DESC";
  QuestionDraft draft =
      draft_of(*pair, "SELECT " + label_list(*pair->parent, "t2.") + tail + " LIMIT 1",
               pair->parent->label.size() > 1 ? Shape::kTable : Shape::kOne);
  draft.least = -1'000'000'000'000;
  draft.grouped = true;
  draft.checks.push_back({Check::Kind::kNoTie, "SELECT COUNT(*)" + tail + " LIMIT 2", 1});
  draft.text =
      writer.say({"Which {p} {most}? Give the {l}.", "What is the {l} of the {p} that {most}?"},
                 {{"p", pair->parent->noun.one},
                  {"l", pair->parent->label_phrase.one},
                  {"most", with_children(*pair, false, "the most")}});
  return draft;
}

std::optional<QuestionDraft> parents_having(DraftWriter& writer) {
  const auto pair = some_pair(writer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const std::int64_t average = pair->child->rows / pair->parent->rows;
  const auto bound = static_cast<int>(1 + writer.below(static_cast<std::size_t>(average) * 2 + 2));
  QuestionDraft draft =
      draft_of(*pair,
               "SELECT " + label_list(*pair->parent, "t2.") + pair->joined + " GROUP BY " +
                   key_list(*pair, "t2") + " HAVING COUNT(*) > " + std::to_string(bound),
               label_shape(*pair->parent));
  draft.grouped = true;
  draft.longest = pair->parent->rows - 1;
  const std::string amount = bound == 1 ? "at least two" : "more than " + number_word(bound);
  draft.text =
      writer.say({"List the {L} of the {P} that {have}.", "Which {P} {have}? Give their {L}."},
                 {{"P", pair->parent->noun.many},
                  {"L", pair->parent->label_phrase.many},
                  {"have", with_children(*pair, true, amount)}});
  return draft;
}

std::optional<QuestionDraft> childless(DraftWriter& writer) {
  const bool list = writer.chance(60);
  const bool none = writer.chance(70);
  const auto pair = some_pair(writer, list, false);
  if (!pair) return std::nullopt;
  const TableProfile& parent = *pair->parent;
  QuestionDraft draft = draft_of(
      *pair,
      "SELECT " + (list ? label_list(parent, "t2.") : std::string("COUNT(*)")) + " FROM " +
          table_sql(parent) + " AS t2 WHERE " + has_child(writer.profile(), *pair->link, none),
      list ? label_shape(parent) : Shape::kOne);
  draft.layered = true;
  draft.most = draft.longest = parent.rows - 1;
  const std::string linked = pair->link->role.empty() ? "linked " : "";
  std::string have;
  if (pair->link->plain)
    have = (none ? "have no " : "have at least one ") + linked +
           (none ? pair->child->noun.many : pair->child->noun.one);
  else if (!pair->link->via.empty())
    have = "are " + std::string(none ? "not " : "") + referred_by(*pair) +
           (none ? "any " : "at least one ") + pair->child->noun.one;
  else
    have = "are " + std::string(none ? "not " : "") + "the " + pair->link->role + " of " +
           (none ? "any " : "at least one ") + pair->child->noun.one;
  const Places places = {{"P", parent.noun.many}, {"L", parent.label_phrase.many}, {"have", have}};
  draft.text = list ? writer.say({"List the {L} of the {P} that {have}.",
                                  "Which {P} {have}? Give their {L}."},
                                 places)
                    : writer.say({"How many {P} {have}?", "Count the {P} that {have}."}, places);
  return draft;
}

std::optional<QuestionDraft> child_amount(DraftWriter& writer) {
  const auto pair = some_pair(writer, false, false);
  if (!pair) return std::nullopt;
  const bool sum = writer.chance(50);
  const ColumnProfile* column = writer.some_column(*pair->child, [&](const ColumnProfile& c) {
    return is_amount(c) && c.averageable && (!sum || c.additive);
  });
  const auto test = some_parent_test(writer, *pair);
  if (column == nullptr || !test) return std::nullopt;
  const std::string c = "t1." + sql_name(column->name);
  const std::string raw = (sum ? "SUM(" : "AVG(") + c + ")";
  const bool rounds = !sum || !column->integral;
  const int decimals = decimals_of(*column);
  std::vector<std::string> filters = null_sql(*column, "t1.");
  filters.insert(filters.begin(), test->sql);
  const std::string tail = pair->joined + where(filters);
  QuestionDraft draft =
      draft_of(*pair, "SELECT " + (rounds ? rounded(raw, decimals) : raw) + tail, Shape::kOne);
  draft.least = -1'000'000'000'000;
  draft.checks.push_back({Check::Kind::kAtLeast, "SELECT COUNT(DISTINCT " + c + ")" + tail, 2});
  if (rounds) draft.checks.push_back({Check::Kind::kUnrounded, "SELECT " + raw + tail, decimals});
  const std::string text =
      writer.say({"What is the {f} {c} of the {N} {rel}?", "Find the {f} {c} of all {N} {rel}."},
                 {{"f", sum ? "total" : "average"},
                  {"c", column->phrase.one},
                  {"N", pair->child->noun.many},
                  {"rel", test->relative}});
  draft.text =
      sentences({text, rounds ? rounding_words(decimals) : "", null_words(*pair->child, *column)});
  return draft;
}

}  // namespace

std::vector<Template> link_templates() {
  return {{"child_filter", "rows by a property of the row they point at", child_filter},
          {"parent_value", "a value of the row that a named row points at", parent_value},
          {"pair_list", "rows with the name of the row they point at", pair_list},
          {"children_per_parent", "how many rows point at each row", children_per_parent},
          {"amount_per_parent", "the mean or total of the rows that point at each row",
           amount_per_parent},
          {"most_children", "the row that most rows point at", most_children},
          {"parents_having", "rows that more than a number of rows point at", parents_having},
          {"childless", "rows that no row, or some row, points at", childless},
          {"child_amount", "the mean or total over a join", child_amount}};
}

}  // namespace sqlenv::generate
