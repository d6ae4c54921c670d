#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "core/task/generate/naming.h"
#include "core/task/generate/profiler.h"
#include "core/task/generate/sql_text.h"

namespace sqlenv::generate {
namespace {

using Names = std::vector<std::string>;

std::optional<std::size_t> position(const Profile& profile, const std::string& name) {
  for (std::size_t i = 0; i < profile.tables.size(); ++i)
    if (equal_ignoring_case(profile.tables[i].table->name, name)) return i;
  return std::nullopt;
}

Names key_columns(const Table& table) {
  Names names(table.columns.size());
  std::size_t width = 0;
  for (const Column& column : table.columns) {
    if (column.primary_key <= 0) continue;
    names[static_cast<std::size_t>(column.primary_key) - 1] = column.name;
    ++width;
  }
  names.resize(width);
  return names;
}

// The schema's spelling of each name; none if a name is no column.
std::optional<Names> spelled(const TableProfile& table, const Names& names) {
  Names out;
  for (const std::string& name : names) {
    const ColumnProfile* column = table.find(name);
    if (column == nullptr) return std::nullopt;
    out.push_back(column->name);
  }
  return out;
}

std::vector<Link> declared_links(const Profile& profile) {
  std::vector<Link> links;
  for (std::size_t child = 0; child < profile.tables.size(); ++child) {
    for (const ForeignKey& key : profile.tables[child].table->foreign_keys) {
      const auto parent = position(profile, key.table);
      if (!parent) continue;
      const TableProfile& target = profile.tables[*parent];
      const auto own = spelled(profile.tables[child], key.columns);
      const auto theirs =
          spelled(target, key.referenced.empty() ? key_columns(*target.table) : key.referenced);
      if (!own || !theirs || own->size() != theirs->size() || own->empty()) continue;
      links.push_back({child, *parent, *own, *theirs});
    }
  }
  return links;
}

bool names_parent(const std::string& column, const std::string& key, const std::string& table) {
  if (equal_ignoring_case(key, "id"))
    return equal_ignoring_case(column, table + "_id") ||
           equal_ignoring_case(column, singular(to_lower(table)) + "_id");
  return equal_ignoring_case(column, key) && names_a_key(split_name(key));
}

std::vector<Link> guessed_links(const Profile& profile) {
  std::vector<Link> links;
  for (std::size_t parent = 0; parent < profile.tables.size(); ++parent) {
    const Names key = key_columns(*profile.tables[parent].table);
    if (key.size() != 1) continue;
    for (std::size_t child = 0; child < profile.tables.size(); ++child) {
      const Table& table = *profile.tables[child].table;
      if (child == parent || table.is_view) continue;
      for (const Column& column : table.columns)
        if (names_parent(column.name, key.front(), profile.tables[parent].table->name))
          links.push_back({child, parent, {column.name}, key});
    }
  }
  return links;
}

std::optional<std::int64_t> count(MeteredDatabase& database, const std::string& sql) {
  const auto table = database.query(sql, kWholeTable);
  if (!table || table->rows.empty()) return std::nullopt;
  const auto* number = std::get_if<std::int64_t>(&table->rows.front().front());
  if (number == nullptr) return std::nullopt;
  return *number;
}

std::string list(const Names& names, const std::string& prefix) {
  Names out;
  for (const std::string& name : names) out.push_back(prefix + identifier(name));
  return join(out, ", ");
}

std::string all_filled(const Names& names, const std::string& prefix) {
  Names out;
  for (const std::string& name : names) out.push_back(prefix + identifier(name) + " IS NOT NULL");
  return join(out, " AND ");
}

// How parent and child columns meet, each side wrapped as `fold` says.
std::string match(const Link& link, const std::string& open, const std::string& close) {
  Names out;
  for (std::size_t i = 0; i < link.child_columns.size(); ++i)
    out.push_back(open + "p." + identifier(link.parent_columns[i]) + close + " = " + open + "c." +
                  identifier(link.child_columns[i]) + close);
  return join(out, " AND ");
}

// Fills in what the contents say; false if the link must not be used.
bool examine(MeteredDatabase& database, const Profile& profile, bool guessed, Link& link) {
  const TableProfile& child = profile.tables[link.child];
  const TableProfile& parent = profile.tables[link.parent];
  if (child.rows == 0 || parent.rows == 0) return false;
  const std::string c = identifier(child.table->name), p = identifier(parent.table->name);
  const auto keys =
      count(database, "SELECT count(*) FROM (SELECT DISTINCT " + list(link.parent_columns, "") +
                          " FROM " + p + where({all_filled(link.parent_columns, "")}) + ")");
  if (!keys || *keys != parent.rows) return false;
  const std::string filled = all_filled(link.child_columns, "c.");
  const std::string lost = "FROM " + c + " AS c WHERE " + filled +
                           " AND NOT EXISTS (SELECT 1 FROM " + p + " AS p WHERE " +
                           match(link, "", "") + ")";
  const auto all = count(database, "SELECT count(*) FROM " + c + " AS c WHERE " + filled);
  const auto orphans = count(database, "SELECT count(*) " + lost);
  if (!all || !orphans || *all == *orphans || (guessed && *orphans > 0)) return false;
  if (*orphans > 0) {
    if (*orphans * parent.rows > 4'000'000) return false;
    const auto near =
        count(database, "SELECT count(*) " + lost + " AND EXISTS (SELECT 1 FROM " + p +
                            " AS p WHERE " + match(link, "lower(trim(", "))") + ")");
    if (!near || *near > 0) return false;
  }
  const auto parents =
      count(database, "SELECT count(*) FROM (SELECT DISTINCT " + list(link.child_columns, "") +
                          " FROM " + c + " AS c WHERE " + filled + ")");
  link.one_one = parents && *parents == *all;
  link.optional = *all - *orphans < child.rows;
  return parents.has_value();
}

bool says_something_else(const TableProfile& child, const Link& link) {
  for (const ColumnProfile& column : child.columns)
    if (column.phrase.one == link.role && !column.key) return true;
  return false;
}

void name_roles(const Profile& profile, std::vector<Link>& links) {
  for (Link& link : links) {
    const TableProfile& child = profile.tables[link.child];
    const TableProfile& parent = profile.tables[link.parent];
    if (link.child_columns.size() == 1)
      link.role =
          role_of(link.child_columns.front(), link.parent_columns.front(), child.noun, parent.noun);
    if (says_something_else(child, link)) link.role.clear();
  }
  std::vector<Link> named = links;
  for (std::size_t i = 0; i < links.size(); ++i) {
    std::int64_t same_role = 0, same_tables = 0;
    for (const Link& other : named) {
      same_role += other.child == links[i].child && other.role == named[i].role;
      same_tables += other.child == links[i].child && other.parent == links[i].parent;
    }
    if (same_role > 1) links[i].role.clear();
    links[i].plain =
        same_tables == 1 &&
        (links[i].role.empty() || links[i].role == profile.tables[links[i].parent].noun.one);
  }
  // Without a role of its own, one of several links to a table cannot be told from the others.
  std::erase_if(links, [](const Link& link) { return link.role.empty() && !link.plain; });
}

bool same_columns(const Link& a, const Link& b) {
  return a.child == b.child && a.parent == b.parent && a.child_columns == b.child_columns;
}

}  // namespace

std::vector<Link> find_links(MeteredDatabase& database, const Profile& profile) {
  const bool any_declared =
      std::any_of(profile.tables.begin(), profile.tables.end(),
                  [](const TableProfile& table) { return !table.table->foreign_keys.empty(); });
  std::vector<Link> links;
  for (Link& link : any_declared ? declared_links(profile) : guessed_links(profile)) {
    const bool known = std::any_of(links.begin(), links.end(),
                                   [&](const Link& other) { return same_columns(link, other); });
    if (!known) links.push_back(link);
  }
  std::erase_if(links,
                [&](Link& link) { return !examine(database, profile, !any_declared, link); });
  name_roles(profile, links);
  return links;
}

}  // namespace sqlenv::generate
