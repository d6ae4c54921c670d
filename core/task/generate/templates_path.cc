#include "core/base/english.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/question_parts.h"
#include "core/task/generate/question_sql.h"
#include "core/task/generate/templates.h"

namespace sqlenv::generate {
namespace {

// Two links on a path of three tables.
struct Path {
  const Link* first = nullptr;
  const Link* second = nullptr;
};

std::optional<Path> some_path(DraftWriter& writer,
                              const std::function<bool(const Link&, const Link&)>& meet) {
  std::vector<Path> paths;
  const std::vector<Link>& links = writer.profile().links;
  for (const Link& first : links)
    for (const Link& second : links)
      if (meet(first, second)) paths.push_back({&first, &second});
  const Path* path = writer.pick(paths);
  return path == nullptr ? std::nullopt : std::optional(*path);
}

bool has_spoken_role(const Link& link) {
  return !link.role.empty() && link.role.find('"') == std::string::npos;
}

// Whether the links lead from a table to its grandparent, through three different tables.
bool climbs(const Link& first, const Link& second) {
  return first.parent == second.child && first.child != second.parent &&
         first.child != first.parent && second.child != second.parent;
}

std::string climb_from(DraftWriter& writer, const Path& path) {
  return join_of(writer.profile(), *path.first, "t1", "t2") + " JOIN " +
         table_sql(writer.table(path.second->parent)) + " AS t3 ON " +
         on_of(*path.second, "t2", "t3");
}

QuestionDraft climb_draft(const Path& path, std::string sql, Shape shape) {
  QuestionDraft draft;
  draft.sql = std::move(sql);
  draft.tables = {path.first->child, path.first->parent, path.second->parent};
  draft.shape = shape;
  return draft;
}

std::optional<QuestionDraft> grandparent_filter(DraftWriter& writer) {
  const auto path = some_path(writer, [](const Link& first, const Link& second) {
    return climbs(first, second) && has_spoken_role(first) && has_spoken_role(second);
  });
  if (!path) return std::nullopt;
  const TableProfile& child = writer.table(path->first->child);
  const auto condition = writer.condition(writer.table(path->second->parent), "t3.", "", true);
  if (!condition) return std::nullopt;
  const bool list = has_label(child) && writer.chance(50);
  const std::string shown = list ? label_list(child, "t1.") : "COUNT(*)";
  QuestionDraft draft =
      climb_draft(*path, "SELECT " + shown + climb_from(writer, *path) + where({condition->sql}),
                  list ? label_shape(child) : Shape::kOne);
  draft.most = draft.longest = child.rows - 1;
  const Places places = {{"L", child.label_phrase.many},
                         {"N", child.noun.many},
                         {"a", possessive(path->first->role)},
                         {"b", path->second->role},
                         {"s", condition->subject},
                         {"v", condition->verb},
                         {"r", condition->rest}};
  draft.text = list ? writer.say({"List the {L} of the {N} for which the {s} of the {a} {b} "
                                  "{v} {r}.",
                                  "Give the {L} of the {N} where the {s} of the {a} {b} {v} {r}."},
                                 places)
                    : writer.say({"For how many {N} is it true that the {s} of the {a} {b} "
                                  "{v} {r}?",
                                  "Count the {N} for which the {s} of the {a} {b} {v} {r}."},
                                 places);
  return draft;
}

// Filters rows by columns of two different tables that they refer to.
std::optional<QuestionDraft> two_parents(DraftWriter& writer) {
  const auto path = some_path(writer, [](const Link& first, const Link& second) {
    return &first < &second && first.child == second.child && first.child != first.parent &&
           second.child != second.parent && has_spoken_role(first) && has_spoken_role(second);
  });
  if (!path) return std::nullopt;
  const TableProfile& child = writer.table(path->first->child);
  const auto a = writer.condition(writer.table(path->first->parent), "t2.", "", true);
  const auto b = writer.condition(writer.table(path->second->parent), "t3.", "", true);
  if (!a || !b) return std::nullopt;
  const std::string from = join_of(writer.profile(), *path->first, "t1", "t2") + " JOIN " +
                           table_sql(writer.table(path->second->parent)) + " AS t3 ON " +
                           on_of(*path->second, "t1", "t3");
  const bool list = has_label(child) && writer.chance(50);
  const std::string shown = list ? label_list(child, "t1.") : "COUNT(*)";
  QuestionDraft draft = climb_draft(*path, "SELECT " + shown + from + where({a->sql, b->sql}),
                                    list ? label_shape(child) : Shape::kOne);
  for (const auto& [one, other] : {std::pair(a->sql, b->sql), std::pair(b->sql, a->sql)})
    draft.checks.push_back(
        {Check::Kind::kAtLeast,
         "SELECT COUNT(*)" + from + where({one, "NOT coalesce(" + other + ", 0)"}), 1});
  const Places places = {{"L", child.label_phrase.many},
                         {"N", child.noun.many},
                         {"a", through_parent(writer.profile(), *path->first, *a)},
                         {"b", through_parent(writer.profile(), *path->second, *b)}};
  draft.text =
      list ? writer.say({"List the {L} of the {N} {a} and {b}.",
                         "What are the {L} of the {N} {a} and {b}?"},
                        places)
           : writer.say({"How many {N} are there {a} and {b}?", "Count the {N} {a} and {b}."},
                        places);
  return draft;
}

std::optional<QuestionDraft> grandparent_value(DraftWriter& writer) {
  const auto path = some_path(writer, [](const Link& first, const Link& second) {
    return climbs(first, second) && has_spoken_role(first) && has_spoken_role(second);
  });
  if (!path) return std::nullopt;
  const auto row = some_row(writer, writer.table(path->first->child), "t1.");
  const ColumnProfile* column =
      writer.some_column(writer.table(path->second->parent),
                         [](const ColumnProfile& c) { return is_topic(c) && !c.flag; });
  if (!row || column == nullptr || column->phrase.one == path->second->role) return std::nullopt;
  QuestionDraft draft = climb_draft(
      *path, "SELECT " + column_sql(*column, "t3.") + climb_from(writer, *path) + where({row->sql}),
      Shape::kOne);
  draft.least = -1'000'000'000'000;
  draft.text = writer.say({"What {is} the {c} of the {b} of the {a} of {row}?"},
                          {{"is", verb_of(column->phrase.one)},
                           {"c", column->phrase.one},
                           {"a", path->first->role},
                           {"b", path->second->role},
                           {"row", row->words}});
  return draft;
}

std::optional<QuestionDraft> most_grandchildren(DraftWriter& writer) {
  const auto path = some_path(writer, [&](const Link& first, const Link& second) {
    const TableProfile& top = writer.table(second.parent);
    return climbs(first, second) && first.plain && second.plain && !first.role.empty() &&
           !second.role.empty() && top.label_unique && top.label.size() == 1;
  });
  if (!path) return std::nullopt;
  const TableProfile& top = writer.table(path->second->parent);
  std::string keys;
  for (const std::string& column : path->second->parent_columns)
    keys += (keys.empty() ? "t3." : ", t3.") + sql_name(column);
  const bool all = writer.chance(50);
  const std::string tail =
      climb_from(writer, *path) + " GROUP BY " + keys + ", " + label_list(top, "t3.");
  const std::string order = tail + " ORDER BY COUNT(*) DESC";
  QuestionDraft draft = climb_draft(
      *path, "SELECT " + label_list(top, "t3.") + (all ? ", COUNT(*)" + tail : order + " LIMIT 1"),
      all ? Shape::kTable : Shape::kOne);
  draft.grouped = true;
  if (!all)
    draft.checks.push_back({Check::Kind::kNoTie, "SELECT COUNT(*)" + order + " LIMIT 2", 1});
  const Places places = {{"N", writer.table(path->first->child).noun.many},
                         {"M", writer.table(path->first->parent).noun.many},
                         {"t", top.noun.one},
                         {"T", top.noun.many},
                         {"l", top.label_phrase.one}};
  draft.text =
      all ? writer.say({"How many {N} do the {M} of each {t} have in total? Give the {l} of the "
                        "{t} and the number of {N}. Leave out {T} where it is zero."},
                       places)
          : writer.say({"The {M} of which {t} have the most {N} in total? Give the {l} of the {t}.",
                        "What is the {l} of the {t} whose {M} together have the most {N}?"},
                       places);
  return draft;
}

// Whether a table in between refers to both others.
std::optional<QuestionDraft> linked_through(DraftWriter& writer) {
  const auto path = some_path(writer, [&](const Link& first, const Link& second) {
    return first.child == second.child && first.parent != second.parent &&
           first.child != first.parent && second.child != second.parent && first.plain &&
           second.plain && has_label(writer.table(second.parent)) &&
           writer.table(second.parent).label_unique;
  });
  if (!path) return std::nullopt;
  const TableProfile& from = writer.table(path->first->parent);
  const TableProfile& to = writer.table(path->second->parent);
  const auto row = some_row(writer, from, "t2.");
  if (!row) return std::nullopt;
  const bool list = writer.chance(60);
  std::string keys;
  for (const std::string& column : path->second->parent_columns)
    keys += (keys.empty() ? "t3." : ", t3.") + sql_name(column);
  if (!list && path->second->parent_columns.size() > 1) return std::nullopt;
  const std::string shown =
      list ? "DISTINCT " + label_list(to, "t3.") : "COUNT(DISTINCT " + keys + ")";
  QuestionDraft draft;
  draft.sql = "SELECT " + shown + join_of(writer.profile(), *path->first, "t1", "t2") + " JOIN " +
              table_sql(to) + " AS t3 ON " + on_of(*path->second, "t1", "t3") + where({row->sql});
  draft.tables = {path->first->child, path->first->parent, path->second->parent};
  draft.shape = list ? label_shape(to) : Shape::kOne;
  draft.longest = draft.most = to.rows - 1;
  const Places places = {{"L", to.label_phrase.many},
                         {"T", to.noun.many},
                         {"row", row->words},
                         {"J", writer.table(path->first->child).noun.many}};
  draft.text =
      list ? writer.say({"Which {T} are linked to {row} through {J}? List each of their {L} once.",
                         "List, each once, the {L} of the {T} that are linked to {row} through "
                         "{J}."},
                        places)
           : writer.say({"How many different {T} are linked to {row} through {J}?"}, places);
  return draft;
}

}  // namespace

std::vector<Template> path_templates() {
  return {{"grandparent_filter", "rows by a property of a row two steps away", grandparent_filter},
          {"two_parents", "rows by properties of two rows they point at", two_parents},
          {"grandparent_value", "a value of the row two steps from a named row", grandparent_value},
          {"most_grandchildren", "counts over two steps of links", most_grandchildren},
          {"linked_through", "rows linked to a named row through a third table", linked_through}};
}

}  // namespace sqlenv::generate
