#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

#include "core/base/english.h"

namespace sqlenv::generate {
namespace {

struct TwoTests {
  Condition a;
  Condition b;
};

// Two conditions on one column, or on two.
std::optional<TwoTests> some_tests(Composer& composer, const TableProfile& table,
                                   const std::string& prefix, const std::string& except) {
  const ColumnProfile* column = composer.some_column(table, [&](const ColumnProfile& c) {
    return is_category(c) && c.name != except && is_shared(table, c);
  });
  if (column == nullptr) return std::nullopt;
  const auto a = composer.equality(*column, prefix);
  const auto b = composer.equality(*column, prefix);
  if (!a || !b || a->sql == b->sql) return std::nullopt;
  return TwoTests{*a, *b};
}

// Values in both of two sets of rows, or in the first only.
std::optional<Candidate> values_of_sets(Composer& composer, bool both) {
  const auto t = composer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = composer.table(*t);
  const ColumnProfile* column = composer.some_column(table, [&](const ColumnProfile& c) {
    return is_category(c) && !c.flag && c.distinct >= 3 && is_shared(table, c);
  });
  if (column == nullptr) return std::nullopt;
  const auto tests = some_tests(composer, table, "", column->name);
  if (!tests || (both && tests->b.sql < tests->a.sql)) return std::nullopt;
  const auto part = [&](const Condition& condition) {
    std::vector<std::string> filters = null_sql(*column);
    filters.insert(filters.begin(), condition.sql);
    return "SELECT " + column_sql(*column) + " FROM " + table_sql(table) + where(filters);
  };
  Candidate candidate;
  candidate.sql = part(tests->a) + (both ? " INTERSECT " : " EXCEPT ") + part(tests->b);
  candidate.tables = {*t};
  candidate.layered = true;
  candidate.shape = Shape::kList;
  candidate.longest = column->distinct - 1;
  // What the second set takes away must be something.
  candidate.checks.push_back({Check::Kind::kAtLeast,
                              "SELECT COUNT(*) FROM (" + part(tests->a) +
                                  (both ? " EXCEPT " : " INTERSECT ") + part(tests->b) + ")",
                              1});
  const Places places = {{"C", column->phrase.many},
                         {"N", table.noun.many},
                         {"a", tests->a.relative},
                         {"b", tests->b.relative}};
  candidate.text =
      both ? composer.say({"Which {C} occur both among the {N} {a} and among the {N} {b}?",
                           "List the {C} that {N} {a} and {N} {b} have in common."},
                          places)
           : composer.say({"Which {C} occur among the {N} {a} but not among the {N} {b}?",
                           "List the {C} of the {N} {a} that no {N} {b} have."},
                          places);
  candidate.text = sentences({candidate.text, null_words(table, *column)});
  return candidate;
}

std::optional<Candidate> in_both(Composer& composer) { return values_of_sets(composer, true); }
std::optional<Candidate> in_first_only(Composer& composer) {
  return values_of_sets(composer, false);
}

const Link* some_plain_link(Composer& composer, bool label) {
  return composer.some_link([&](const Link& link) {
    const TableProfile& parent = composer.table(link.parent);
    return link.plain && !link.role.empty() && link.child != link.parent && !link.one_one &&
           (!label || (has_label(parent) && parent.label_unique));
  });
}

// Parents with children of one sort, and with or without children of another.
std::optional<Candidate> parents_by_children(Composer& composer) {
  const bool list = composer.chance(60);
  const Link* link = some_plain_link(composer, list);
  if (link == nullptr) return std::nullopt;
  const TableProfile& child = composer.table(link->child);
  const TableProfile& parent = composer.table(link->parent);
  const auto tests = some_tests(composer, child, "t1.", "");
  if (!tests) return std::nullopt;
  const bool both = composer.chance(50);
  if (both && tests->b.sql < tests->a.sql) return std::nullopt;
  Candidate candidate;
  candidate.sql = "SELECT " + (list ? label_list(parent, "t2.") : std::string("COUNT(*)")) +
                  " FROM " + table_sql(parent) + " AS t2 WHERE " +
                  has_child(composer.profile(), *link, false, {tests->a.sql}) + " AND " +
                  has_child(composer.profile(), *link, !both, {tests->b.sql});
  candidate.tables = {link->child, link->parent};
  candidate.layered = true;
  candidate.shape = list ? label_shape(parent) : Shape::kOne;
  candidate.longest = candidate.most = parent.rows - 1;
  const Places places = {
      {"P", parent.noun.many}, {"L", parent.label_phrase.many}, {"n", with_article(child.noun.one)},
      {"m", child.noun.one},   {"a", tests->a.relative},        {"b", tests->b.relative}};
  if (both)
    candidate.text = list
                         ? composer.say({"Which {P} have {n} {a} and also {n} {b}? Give their {L}.",
                                         "List the {L} of the {P} that have {n} {a} as well as "
                                         "{n} {b}."},
                                        places)
                         : composer.say({"How many {P} have {n} {a} and also {n} {b}?"}, places);
  else
    candidate.text =
        list ? composer.say({"Which {P} have {n} {a} but no {m} {b}? Give their {L}.",
                             "List the {L} of the {P} that have {n} {a} but no {m} {b}."},
                            places)
             : composer.say({"How many {P} have {n} {a} but no {m} {b}?"}, places);
  return candidate;
}

std::optional<Candidate> parents_without(Composer& composer) {
  const bool list = composer.chance(60);
  const Link* link = some_plain_link(composer, list);
  if (link == nullptr) return std::nullopt;
  const TableProfile& child = composer.table(link->child);
  const TableProfile& parent = composer.table(link->parent);
  const auto condition = composer.condition(child, "t1.");
  if (!condition) return std::nullopt;
  const bool none = composer.chance(50);
  Candidate candidate;
  candidate.sql = "SELECT " + (list ? label_list(parent, "t2.") : std::string("COUNT(*)")) +
                  " FROM " + table_sql(parent) + " AS t2 WHERE " +
                  has_child(composer.profile(), *link, none, {condition->sql});
  candidate.tables = {link->child, link->parent};
  candidate.layered = true;
  candidate.shape = list ? label_shape(parent) : Shape::kOne;
  candidate.longest = candidate.most = parent.rows - 1;
  const Places places = {
      {"P", parent.noun.many},
      {"L", parent.label_phrase.many},
      {"have", none ? "have no " + child.noun.one : "have at least one " + child.noun.one},
      {"rel", condition->relative}};
  candidate.text =
      list ? composer.say({"List the {L} of the {P} that {have} {rel}.",
                           "Which {P} {have} {rel}? Give their {L}."},
                          places)
           : composer.say({"How many {P} {have} {rel}?", "Count the {P} that {have} {rel}."},
                          places);
  if (none)
    candidate.text =
        sentences({candidate.text, "Those without any " + child.noun.many + " count too."});
  return candidate;
}

}  // namespace

std::vector<Family> set_templates() {
  return {{"in_both", "values found in two sets of rows", in_both},
          {"in_first_only", "values found in one set of rows and not in another", in_first_only},
          {"parents_by_children", "rows that rows of two sorts point at, or of one sort only",
           parents_by_children},
          {"parents_without", "rows that some, or no, row of a sort points at", parents_without}};
}

}  // namespace sqlenv::generate
