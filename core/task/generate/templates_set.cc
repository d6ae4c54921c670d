#include "core/base/english.h"
#include "core/task/generate/question_parts.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv::generate {
namespace {

struct TwoTests {
  Condition a;
  Condition b;
};

// Two conditions on linked rows, on one column or on two.
std::optional<TwoTests> some_tests(DraftWriter& writer, const TableProfile& table,
                                   const std::string& prefix, const std::string& except) {
  const ColumnProfile* column = writer.some_column(table, [&](const ColumnProfile& c) {
    return is_category(c) && c.name != except && is_shared(table, c);
  });
  if (column == nullptr) return std::nullopt;
  const auto a = writer.equality(*column, prefix);
  const auto b = writer.equality(*column, prefix);
  if (!a || !b || a->sql == b->sql) return std::nullopt;
  return TwoTests{*a, *b};
}

// Asks for values in both of two sets of rows, or in the first only.
std::optional<QuestionDraft> values_of_sets(DraftWriter& writer, bool both) {
  const auto t = writer.some_table();
  if (!t) return std::nullopt;
  const TableProfile& table = writer.table(*t);
  const ColumnProfile* column = writer.some_column(table, [&](const ColumnProfile& c) {
    return is_category(c) && !c.flag && c.distinct >= 3 && is_shared(table, c);
  });
  if (column == nullptr) return std::nullopt;
  const auto tests = some_tests(writer, table, "", column->name);
  if (!tests || (both && tests->b.sql < tests->a.sql)) return std::nullopt;
  const auto part = [&](const Condition& condition) {
    std::vector<std::string> filters = null_sql(*column);
    filters.insert(filters.begin(), condition.sql);
    return "SELECT " + column_sql(*column) + " FROM " + table_sql(table) + where(filters);
  };
  QuestionDraft draft;
  draft.sql = part(tests->a) + (both ? " INTERSECT " : " EXCEPT ") + part(tests->b);
  draft.tables = {*t};
  draft.layered = true;
  draft.shape = Shape::kList;
  draft.longest = column->distinct - 1;
  // The second set must take something away.
  draft.checks.push_back({Check::Kind::kAtLeast,
                          "SELECT COUNT(*) FROM (" + part(tests->a) +
                              (both ? " EXCEPT " : " INTERSECT ") + part(tests->b) + ")",
                          1});
  const Places places = {{"C", column->phrase.many},
                         {"N", table.noun.many},
                         {"a", tests->a.relative},
                         {"b", tests->b.relative}};
  draft.text = both ? writer.say({"Which {C} occur both among the {N} {a} and among the {N} {b}?",
                                  "List the {C} that {N} {a} and {N} {b} have in common."},
                                 places)
                    : writer.say({"Which {C} occur among the {N} {a} but not among the {N} {b}?",
                                  "List the {C} of the {N} {a} that no {N} {b} have."},
                                 places);
  draft.text = sentences({draft.text, null_words(table, *column)});
  return draft;
}

std::optional<QuestionDraft> in_both(DraftWriter& writer) { return values_of_sets(writer, true); }
std::optional<QuestionDraft> in_first_only(DraftWriter& writer) {
  return values_of_sets(writer, false);
}

const Link* some_plain_link(DraftWriter& writer, bool label) {
  return writer.some_link([&](const Link& link) {
    const TableProfile& parent = writer.table(link.parent);
    return link.plain && !link.role.empty() && link.child != link.parent && !link.one_one &&
           (!label || (has_label(parent) && parent.label_unique));
  });
}

// Asks for parents with children of one kind, and with or without children of another.
std::optional<QuestionDraft> parents_by_children(DraftWriter& writer) {
  const bool list = writer.chance(60);
  const Link* link = some_plain_link(writer, list);
  if (link == nullptr) return std::nullopt;
  const TableProfile& child = writer.table(link->child);
  const TableProfile& parent = writer.table(link->parent);
  const auto tests = some_tests(writer, child, "t1.", "");
  if (!tests) return std::nullopt;
  const bool both = writer.chance(50);
  if (both && tests->b.sql < tests->a.sql) return std::nullopt;
  QuestionDraft draft;
  draft.sql = "SELECT " + (list ? label_list(parent, "t2.") : std::string("COUNT(*)")) + " FROM " +
              table_sql(parent) + " AS t2 WHERE " +
              has_child(writer.profile(), *link, false, {tests->a.sql}) + " AND " +
              has_child(writer.profile(), *link, !both, {tests->b.sql});
  draft.tables = {link->child, link->parent};
  draft.layered = true;
  draft.shape = list ? label_shape(parent) : Shape::kOne;
  draft.longest = draft.most = parent.rows - 1;
  const Places places = {
      {"P", parent.noun.many}, {"L", parent.label_phrase.many}, {"n", with_article(child.noun.one)},
      {"m", child.noun.one},   {"a", tests->a.relative},        {"b", tests->b.relative}};
  if (both)
    draft.text = list ? writer.say({"Which {P} have {n} {a} and also {n} {b}? Give their {L}.",
                                    "List the {L} of the {P} that have {n} {a} as well as "
                                    "{n} {b}."},
                                   places)
                      : writer.say({"How many {P} have {n} {a} and also {n} {b}?"}, places);
  else
    draft.text = list ? writer.say({"Which {P} have {n} {a} but no {m} {b}? Give their {L}.",
                                    "List the {L} of the {P} that have {n} {a} but no {m} {b}."},
                                   places)
                      : writer.say({"How many {P} have {n} {a} but no {m} {b}?"}, places);
  return draft;
}

std::optional<QuestionDraft> parents_without(DraftWriter& writer) {
  const bool list = writer.chance(60);
  const Link* link = some_plain_link(writer, list);
  if (link == nullptr) return std::nullopt;
  const TableProfile& child = writer.table(link->child);
  const TableProfile& parent = writer.table(link->parent);
  const auto condition = writer.condition(child, "t1.");
  if (!condition) return std::nullopt;
  const bool none = writer.chance(50);
  QuestionDraft draft;
  draft.sql = "SELECT " + (list ? label_list(parent, "t2.") : std::string("COUNT(*)")) + " FROM " +
              table_sql(parent) + " AS t2 WHERE " +
              has_child(writer.profile(), *link, none, {condition->sql});
  draft.tables = {link->child, link->parent};
  draft.layered = true;
  draft.shape = list ? label_shape(parent) : Shape::kOne;
  draft.longest = draft.most = parent.rows - 1;
  const Places places = {
      {"P", parent.noun.many},
      {"L", parent.label_phrase.many},
      {"have", none ? "have no " + child.noun.one : "have at least one " + child.noun.one},
      {"rel", condition->relative}};
  draft.text =
      list ? writer.say({"List the {L} of the {P} that {have} {rel}.",
                         "Which {P} {have} {rel}? Give their {L}."},
                        places)
           : writer.say({"How many {P} {have} {rel}?", "Count the {P} that {have} {rel}."}, places);
  if (none)
    draft.text = sentences({draft.text, "Those without any " + child.noun.many + " count too."});
  return draft;
}

}  // namespace

std::vector<Template> set_templates() {
  return {{"in_both", "values found in two sets of rows", in_both},
          {"in_first_only", "values found in one set of rows and not in another", in_first_only},
          {"parents_by_children", "rows that rows of two sorts point at, or of one sort only",
           parents_by_children},
          {"parents_without", "rows that some, or no, row of a sort points at", parents_without}};
}

}  // namespace sqlenv::generate
