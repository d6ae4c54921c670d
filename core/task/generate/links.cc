#include "core/task/generate/links.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/sql/sql_literals.h"
#include "core/task/generate/naming.h"
#include "core/task/generate/question_sql.h"

namespace sqlenv::generate {
namespace {

using Names = std::vector<std::string>;

// The most pairs of child and parent rows that are compared one by one.
constexpr std::int64_t kMostPairs = 4'000'000;

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

// The names in the schema's spelling; none if one of them is no column.
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

bool is_declared(const Table& table, const std::string& column) {
  for (const ForeignKey& key : table.foreign_keys)
    for (const std::string& own : key.columns)
      if (equal_ignoring_case(own, column)) return true;
  return false;
}

// Links from columns called like a table that no declared foreign key refers to.
std::vector<Link> undeclared_links(const Profile& profile) {
  std::set<std::size_t> referred;
  for (const Link& link : declared_links(profile)) referred.insert(link.parent);
  std::vector<Link> links;
  for (std::size_t parent = 0; parent < profile.tables.size(); ++parent) {
    const Table& target = *profile.tables[parent].table;
    const Names key = key_columns(target);
    if (key.size() != 1 || referred.count(parent) > 0) continue;
    for (std::size_t child = 0; child < profile.tables.size(); ++child) {
      const Table& table = *profile.tables[child].table;
      if (child == parent || table.is_view) continue;
      for (const Column& column : table.columns)
        if (to_lower(column.name) == singular(to_lower(target.name)) &&
            !is_declared(table, column.name))
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

std::string list(const Names& names, const std::string& prefix, bool trims) {
  Names out;
  for (const std::string& name : names) {
    const std::string column = prefix + sql_name(name);
    out.push_back(trims ? "trim(" + column + ")" : column);
  }
  return join(out, ", ");
}

std::string all_filled(const Names& names, const std::string& prefix) {
  Names out;
  for (const std::string& name : names) out.push_back(prefix + sql_name(name) + " IS NOT NULL");
  return join(out, " AND ");
}

// The join condition of parent and child columns. `folded` ignores letter case and blanks around.
std::string match(const Link& link, bool folded) {
  const auto side = [&](const std::string& column, bool trims) {
    return folded ? "lower(trim(" + column + "))" : trims ? "trim(" + column + ")" : column;
  };
  Names out;
  for (std::size_t i = 0; i < link.child_columns.size(); ++i)
    out.push_back(side("p." + sql_name(link.parent_columns[i]), link.trims_parent) + " = " +
                  side("c." + sql_name(link.child_columns[i]), link.trims_child));
  return join(out, " AND ");
}

// Checks one link against the contents.
class LinkExamination {
 public:
  LinkExamination(MeteredDatabase& database, const Profile& profile, Link& link)
      : database_(database),
        link_(link),
        child_(profile.tables[link.child]),
        parent_(profile.tables[link.parent]),
        c_(sql_name(child_.table->name)),
        p_(sql_name(parent_.table->name)) {}

  // Fills in one_one, optional and the trims. False if the link must not be used.
  bool run(bool guessed) {
    if (child_.rows == 0 || parent_.rows == 0 || !keys_are_unique()) return false;
    const auto all = count(database_, "SELECT count(*)" + children());
    std::optional<std::int64_t> lost = orphans();
    if (!all || !lost || (guessed && *lost > 0)) return false;
    if (*lost > 0 && has_near_misses()) {
      if (!trim_padded_sides() || !keys_are_unique()) return false;
      lost = orphans();
      if (!lost || (*lost > 0 && has_near_misses())) return false;
    }
    if (*all == *lost) return false;
    const auto parents =
        count(database_, "SELECT count(*) FROM (SELECT DISTINCT " +
                             list(link_.child_columns, "c.", link_.trims_child) + children() + ")");
    link_.one_one = parents && *parents == *all;
    link_.optional = *all - *lost < child_.rows;
    return parents.has_value();
  }

 private:
  std::string children() const {
    return " FROM " + c_ + " AS c WHERE " + all_filled(link_.child_columns, "c.");
  }

  std::string lost_children() const {
    return children() + " AND NOT EXISTS (SELECT 1 FROM " + p_ + " AS p WHERE " +
           match(link_, false) + ")";
  }

  bool keys_are_unique() {
    const auto keys =
        count(database_, "SELECT count(*) FROM (SELECT DISTINCT " +
                             list(link_.parent_columns, "", link_.trims_parent) + " FROM " + p_ +
                             where({all_filled(link_.parent_columns, "")}) + ")");
    return keys && *keys == parent_.rows;
  }

  std::optional<std::int64_t> orphans() {
    // No index helps with trimmed values: each child row is compared with each parent row.
    if (link_.trims_parent && child_.rows * parent_.rows > kMostPairs) return std::nullopt;
    lost_ = count(database_, "SELECT count(*)" + lost_children());
    return lost_;
  }

  // Whether some child's value is another spelling of a key. True if that takes too long to find.
  bool has_near_misses() {
    if (*lost_ * parent_.rows > kMostPairs) return true;
    const auto near =
        count(database_, "SELECT count(*)" + lost_children() + " AND EXISTS (SELECT 1 FROM " + p_ +
                             " AS p WHERE " + match(link_, true) + ")");
    return !near || *near > 0;
  }

  // Makes the link trim the padded sides. False if neither is padded.
  bool trim_padded_sides() {
    if (link_.child_columns.size() != 1) return false;
    link_.trims_child = is_padded(c_, link_.child_columns.front());
    link_.trims_parent = is_padded(p_, link_.parent_columns.front());
    return link_.trims_child || link_.trims_parent;
  }

  bool is_padded(const std::string& table, const std::string& column) {
    const std::string name = sql_name(column);
    const auto padded =
        count(database_, "SELECT count(*) FROM " + table + " WHERE typeof(" + name +
                             ") = 'text' AND " + name + " <> trim(" + name + ") COLLATE BINARY");
    return padded && *padded > 0;
  }

  MeteredDatabase& database_;
  Link& link_;
  const TableProfile& child_;
  const TableProfile& parent_;
  std::string c_;
  std::string p_;
  std::optional<std::int64_t> lost_;
};

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
    if (link.role.empty() && link.child_columns.size() == 1) link.via = link.child_columns.front();
    if (says_something_else(child, link)) link.role.clear();
  }
  const std::vector<Link> named = links;
  for (std::size_t i = 0; i < links.size(); ++i) {
    std::int64_t same_role = 0, same_tables = 0;
    for (const Link& other : named) {
      same_role += other.child == links[i].child && other.role == named[i].role;
      same_tables += other.child == links[i].child && other.parent == links[i].parent;
    }
    Link& link = links[i];
    if (same_role > 1) link.role.clear();
    const std::string& parent = profile.tables[link.parent].noun.one;
    const bool own = link.role.empty() && link.child == link.parent;
    link.plain = same_tables == 1 && !own && (link.role.empty() || link.role == parent);
    if (link.role.empty() && !link.plain && link.child_columns.size() == 1)
      link.via = link.child_columns.front();
  }
  // A link of several columns that is one of several to a table cannot be named.
  std::erase_if(
      links, [](const Link& link) { return link.role.empty() && link.via.empty() && !link.plain; });
}

bool same_columns(const Link& a, const Link& b) {
  return a.child == b.child && a.parent == b.parent && a.child_columns == b.child_columns;
}

}  // namespace

std::vector<Link> find_links(MeteredDatabase& database, Profile& profile) {
  const bool any_declared =
      std::any_of(profile.tables.begin(), profile.tables.end(),
                  [](const TableProfile& table) { return !table.table->foreign_keys.empty(); });
  std::vector<Link> links;
  const auto add = [&](std::vector<Link> more, bool guessed) {
    for (Link& link : more) {
      const bool known = std::any_of(links.begin(), links.end(),
                                     [&](const Link& other) { return same_columns(link, other); });
      if (known || !LinkExamination(database, profile, link).run(guessed)) continue;
      for (ColumnProfile& column : profile.tables[link.child].columns)
        column.key = column.key || column.name == link.child_columns.front();
      links.push_back(link);
    }
  };
  if (any_declared) add(declared_links(profile), false);
  add(any_declared ? undeclared_links(profile) : guessed_links(profile), true);
  name_roles(profile, links);
  return links;
}

}  // namespace sqlenv::generate
