#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

#include "core/base/english.h"

namespace sqlenv::generate {
namespace {

// Two linked tables: t1 is the child, t2 the parent.
struct Pair {
  const Link* link = nullptr;
  const TableProfile* child = nullptr;
  const TableProfile* parent = nullptr;
  std::string joined;  // " FROM child AS t1 JOIN parent AS t2 ON …"
};

std::optional<Pair> some_pair(Composer& composer, bool parent_label, bool child_label) {
  Pair pair;
  pair.link = composer.some_link([&](const Link& link) {
    const TableProfile& parent = composer.table(link.parent);
    return (!parent_label || (has_label(parent) && parent.label_unique)) &&
           (!child_label || has_label(composer.table(link.child)));
  });
  if (pair.link == nullptr) return std::nullopt;
  pair.child = &composer.table(pair.link->child);
  pair.parent = &composer.table(pair.link->parent);
  pair.joined = join_of(composer.profile(), *pair.link, "t1", "t2");
  return pair;
}

Candidate candidate_of(const Pair& pair, std::string sql, Shape shape) {
  Candidate candidate;
  candidate.sql = std::move(sql);
  candidate.tables = {pair.link->child, pair.link->parent};
  candidate.shape = shape;
  return candidate;
}

// What names one parent, and its label, which hangs on that.
std::string key_list(const Pair& pair, const std::string& alias) {
  std::string text;
  for (const std::string& column : pair.link->parent_columns)
    text += (text.empty() ? "" : ", ") + alias + "." + identifier(column);
  return text + ", " + label_list(*pair.parent, alias + ".");
}

// "stadium", or what stands for it where the link has no role.
std::string role_words(const Pair& pair) {
  return pair.link->role.empty() ? "linked " + pair.parent->noun.one : pair.link->role;
}

// Which children are meant, by their parent: its name or one of its columns.
struct ParentTest {
  std::string sql;
  std::string relative;
};

std::optional<ParentTest> some_parent_test(Composer& composer, const Pair& pair) {
  if (composer.chance(40)) {
    const auto row = some_row(composer, *pair.parent, "t2.");
    if (row) return ParentTest{row->sql, of_parent(composer.profile(), *pair.link, *row)};
  }
  const auto condition = composer.condition(*pair.parent, "t2.", "", true);
  if (!condition) return std::nullopt;
  return ParentTest{condition->sql, through_parent(composer.profile(), *pair.link, *condition)};
}

std::optional<Candidate> child_filter(Composer& composer) {
  const bool list = composer.chance(50);
  const auto pair = some_pair(composer, false, list);
  if (!pair) return std::nullopt;
  const auto test = some_parent_test(composer, *pair);
  if (!test) return std::nullopt;
  const std::string shown = list ? label_list(*pair->child, "t1.") : "COUNT(*)";
  Candidate candidate = candidate_of(*pair, "SELECT " + shown + pair->joined + where({test->sql}),
                                     list ? label_shape(*pair->child) : Shape::kOne);
  candidate.most = candidate.longest = pair->child->rows - 1;
  const Places places = {{"L", pair->child->label_phrase.many},
                         {"N", pair->child->noun.many},
                         {"rel", test->relative}};
  candidate.text =
      list ? composer.say({"List the {L} of the {N} {rel}.", "What are the {L} of the {N} {rel}?",
                           "Give the {L} of all {N} {rel}."},
                          places)
           : composer.say({"How many {N} are there {rel}?", "Count the {N} {rel}.",
                           "What is the number of {N} {rel}?"},
                          places);
  return candidate;
}

std::optional<Candidate> parent_value(Composer& composer) {
  const auto pair = some_pair(composer, false, true);
  if (!pair) return std::nullopt;
  const auto row = some_row(composer, *pair->child, "t1.");
  const ColumnProfile* column = composer.some_column(
      *pair->parent, [](const ColumnProfile& c) { return is_topic(c) && !c.flag; });
  if (!row || column == nullptr) return std::nullopt;
  Candidate candidate =
      candidate_of(*pair, "SELECT " + column_sql(*column, "t2.") + pair->joined + where({row->sql}),
                   Shape::kOne);
  candidate.least = -1'000'000'000'000;
  candidate.text =
      composer.say({"What {is} the {c} of {parent}?", "Give the {c} of {parent}."},
                   {{"is", verb_of(column->phrase.one)},
                    {"c", column->phrase.one},
                    {"parent", parent_of(composer.profile(), *pair->link, row->words)}});
  return candidate;
}

std::optional<Candidate> pair_list(Composer& composer) {
  const auto pair = some_pair(composer, true, true);
  if (!pair || pair->parent->label_is_key || pair->link->role.empty()) return std::nullopt;
  const auto condition = composer.condition(*pair->child, "t1.");
  if (!condition) return std::nullopt;
  Candidate candidate =
      candidate_of(*pair,
                   "SELECT " + label_list(*pair->child, "t1.") + ", " +
                       label_list(*pair->parent, "t2.") + pair->joined + where({condition->sql}),
                   Shape::kTable);
  candidate.longest = pair->child->rows - 1;
  if (pair->link->optional) {
    candidate.checks.push_back({Check::Kind::kZero,
                                "SELECT COUNT(*) FROM " + table_sql(*pair->child) +
                                    " AS t1 WHERE " + condition->sql +
                                    " AND NOT EXISTS (SELECT 1 FROM " + table_sql(*pair->parent) +
                                    " AS t2 WHERE " + on_of(*pair->link, "t1", "t2") + ")",
                                0});
  }
  candidate.text =
      composer.say({"For every {n} {rel}, give the {l} of the {n} and the {pl} of the {role}.",
                    "List the {L} of the {N} {rel}, each with the {pl} of the {role}."},
                   {{"n", pair->child->noun.one},
                    {"N", pair->child->noun.many},
                    {"rel", condition->relative},
                    {"l", pair->child->label_phrase.one},
                    {"L", pair->child->label_phrase.many},
                    {"pl", pair->parent->label_phrase.one},
                    {"role", role_words(*pair)}});
  return candidate;
}

std::string without_children(const Pair& pair) {
  return pair.link->plain
             ? "Leave out " + pair.parent->noun.many + " without any " + pair.child->noun.many + "."
             : "";
}

std::optional<Candidate> children_per_parent(Composer& composer) {
  const auto pair = some_pair(composer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const std::string label = label_list(*pair->parent, "t2.");
  Candidate candidate = candidate_of(
      *pair, "SELECT " + label + ", COUNT(*)" + pair->joined + " GROUP BY " + key_list(*pair, "t2"),
      Shape::kTable);
  candidate.grouped = true;
  const std::string text =
      composer.say({"How many {N} are there for each {role}? Give the {pl} of the {role} and the "
                    "number of {N}.",
                    "For each {role}, count the {N}. Give the {pl} of the {role} and the count."},
                   {{"N", pair->child->noun.many},
                    {"role", role_words(*pair)},
                    {"pl", pair->parent->label_phrase.one}});
  candidate.text = sentences({text, without_children(*pair)});
  return candidate;
}

std::optional<Candidate> amount_per_parent(Composer& composer) {
  const auto pair = some_pair(composer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const bool sum = composer.chance(50);
  const ColumnProfile* column = composer.some_column(*pair->child, [&](const ColumnProfile& c) {
    return is_amount(c) && c.averageable && (!sum || c.additive);
  });
  if (column == nullptr) return std::nullopt;
  const std::string raw = (sum ? "SUM(t1." : "AVG(t1.") + identifier(column->name) + ")";
  const bool rounds = !sum || !column->integral;
  const int decimals = decimals_of(*column);
  const std::string label = label_list(*pair->parent, "t2.");
  const std::string tail =
      pair->joined + where(null_sql(*column, "t1.")) + " GROUP BY " + key_list(*pair, "t2");
  Candidate candidate =
      candidate_of(*pair, "SELECT " + label + ", " + (rounds ? rounded(raw, decimals) : raw) + tail,
                   Shape::kTable);
  candidate.grouped = true;
  if (rounds)
    candidate.checks.push_back(
        {Check::Kind::kUnrounded, "SELECT " + label + ", " + raw + tail, decimals});
  const std::string text =
      composer.say({"What is the {f} {c} of the {N} for each {role}? Give the {pl} of the {role} "
                    "and the {f} {c}.",
                    "For each {role}, give the {pl} of the {role} and the {f} {c} of the {N}."},
                   {{"f", sum ? "total" : "average"},
                    {"c", column->phrase.one},
                    {"N", pair->child->noun.many},
                    {"role", role_words(*pair)},
                    {"pl", pair->parent->label_phrase.one}});
  candidate.text = sentences({text, rounds ? rounding_words(decimals) : "",
                              null_words(*pair->child, *column), without_children(*pair)});
  return candidate;
}

// "have more than two concerts", "are the source airport of more than two flights".
std::string with_children(const Pair& pair, bool many, const std::string& how_many) {
  const std::string linked = pair.link->role.empty() ? "linked " : "";
  if (pair.link->plain)
    return (many ? "have " : "has ") + how_many + " " + linked + pair.child->noun.many;
  return (many ? "are the " : "is the ") + pair.link->role + " of " + how_many + " " +
         pair.child->noun.many;
}

std::optional<Candidate> most_children(Composer& composer) {
  const auto pair = some_pair(composer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const std::string tail =
      pair->joined + " GROUP BY " + key_list(*pair, "t2") + " ORDER BY COUNT(*) DESC";
  Candidate candidate =
      candidate_of(*pair, "SELECT " + label_list(*pair->parent, "t2.") + tail + " LIMIT 1",
                   pair->parent->label.size() > 1 ? Shape::kTable : Shape::kOne);
  candidate.least = -1'000'000'000'000;
  candidate.grouped = true;
  candidate.checks.push_back({Check::Kind::kNoTie, "SELECT COUNT(*)" + tail + " LIMIT 2", 1});
  candidate.text =
      composer.say({"Which {p} {most}? Give the {l}.", "What is the {l} of the {p} that {most}?"},
                   {{"p", pair->parent->noun.one},
                    {"l", pair->parent->label_phrase.one},
                    {"most", with_children(*pair, false, "the most")}});
  return candidate;
}

std::optional<Candidate> parents_having(Composer& composer) {
  const auto pair = some_pair(composer, true, false);
  if (!pair || pair->link->one_one) return std::nullopt;
  const std::int64_t average = pair->child->rows / pair->parent->rows;
  const auto bound =
      static_cast<int>(1 + composer.below(static_cast<std::size_t>(average) * 2 + 2));
  Candidate candidate =
      candidate_of(*pair,
                   "SELECT " + label_list(*pair->parent, "t2.") + pair->joined + " GROUP BY " +
                       key_list(*pair, "t2") + " HAVING COUNT(*) > " + std::to_string(bound),
                   label_shape(*pair->parent));
  candidate.grouped = true;
  candidate.longest = pair->parent->rows - 1;
  const std::string amount = bound == 1 ? "at least two" : "more than " + number_word(bound);
  candidate.text =
      composer.say({"List the {L} of the {P} that {have}.", "Which {P} {have}? Give their {L}."},
                   {{"P", pair->parent->noun.many},
                    {"L", pair->parent->label_phrase.many},
                    {"have", with_children(*pair, true, amount)}});
  return candidate;
}

std::optional<Candidate> childless(Composer& composer) {
  const bool list = composer.chance(60);
  const bool none = composer.chance(70);
  const auto pair = some_pair(composer, list, false);
  if (!pair) return std::nullopt;
  const TableProfile& parent = *pair->parent;
  Candidate candidate = candidate_of(
      *pair,
      "SELECT " + (list ? label_list(parent, "t2.") : std::string("COUNT(*)")) + " FROM " +
          table_sql(parent) + " AS t2 WHERE " + has_child(composer.profile(), *pair->link, none),
      list ? label_shape(parent) : Shape::kOne);
  candidate.layered = true;
  candidate.most = candidate.longest = parent.rows - 1;
  const std::string linked = pair->link->role.empty() ? "linked " : "";
  std::string have;
  if (pair->link->plain)
    have = (none ? "have no " : "have at least one ") + linked +
           (none ? pair->child->noun.many : pair->child->noun.one);
  else
    have = "are " + std::string(none ? "not " : "") + "the " + pair->link->role + " of " +
           (none ? "any " : "at least one ") + pair->child->noun.one;
  const Places places = {{"P", parent.noun.many}, {"L", parent.label_phrase.many}, {"have", have}};
  candidate.text =
      list ? composer.say(
                 {"List the {L} of the {P} that {have}.", "Which {P} {have}? Give their {L}."},
                 places)
           : composer.say({"How many {P} {have}?", "Count the {P} that {have}."}, places);
  return candidate;
}

std::optional<Candidate> child_amount(Composer& composer) {
  const auto pair = some_pair(composer, false, false);
  if (!pair) return std::nullopt;
  const bool sum = composer.chance(50);
  const ColumnProfile* column = composer.some_column(*pair->child, [&](const ColumnProfile& c) {
    return is_amount(c) && c.averageable && (!sum || c.additive);
  });
  const auto test = some_parent_test(composer, *pair);
  if (column == nullptr || !test) return std::nullopt;
  const std::string c = "t1." + identifier(column->name);
  const std::string raw = (sum ? "SUM(" : "AVG(") + c + ")";
  const bool rounds = !sum || !column->integral;
  const int decimals = decimals_of(*column);
  std::vector<std::string> filters = null_sql(*column, "t1.");
  filters.insert(filters.begin(), test->sql);
  const std::string tail = pair->joined + where(filters);
  Candidate candidate =
      candidate_of(*pair, "SELECT " + (rounds ? rounded(raw, decimals) : raw) + tail, Shape::kOne);
  candidate.least = -1'000'000'000'000;
  candidate.checks.push_back({Check::Kind::kAtLeast, "SELECT COUNT(DISTINCT " + c + ")" + tail, 2});
  if (rounds)
    candidate.checks.push_back({Check::Kind::kUnrounded, "SELECT " + raw + tail, decimals});
  const std::string text =
      composer.say({"What is the {f} {c} of the {N} {rel}?", "Find the {f} {c} of all {N} {rel}."},
                   {{"f", sum ? "total" : "average"},
                    {"c", column->phrase.one},
                    {"N", pair->child->noun.many},
                    {"rel", test->relative}});
  candidate.text =
      sentences({text, rounds ? rounding_words(decimals) : "", null_words(*pair->child, *column)});
  return candidate;
}

}  // namespace

std::vector<Family> link_templates() {
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
