#include "core/sql/schema.h"

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

std::string_view without_quotes(std::string_view name) {
  name = trim(name);
  if (name.size() < 2) return name;
  const char open = name.front();
  const char close = open == '[' ? ']' : open;
  const bool quoted =
      (open == '"' || open == '`' || open == '\'' || open == '[') && name.back() == close;
  return quoted ? name.substr(1, name.size() - 2) : name;
}

}  // namespace

const Table* Schema::find(std::string_view name) const {
  const std::string_view bare = without_quotes(name);
  for (const Table& table : tables)
    if (equal_ignoring_case(table.name, bare)) return &table;
  return nullptr;
}

const LeftOut* Schema::find_left_out(std::string_view name) const {
  const std::string_view bare = without_quotes(name);
  for (const LeftOut& left : left_out)
    if (left.kind != LeftOut::Kind::kColumn && equal_ignoring_case(left.table, bare)) return &left;
  return nullptr;
}

std::vector<std::string> Schema::table_names() const {
  std::vector<std::string> names;
  names.reserve(tables.size());
  for (const Table& table : tables) names.push_back(table.name);
  return names;
}

std::string all_columns(const Table& table) {
  if (!table.partial) return "*";
  std::string list;
  for (const Column& column : table.columns)
    list.append(list.empty() ? "" : ", ").append(quote_identifier(column.name));
  return list;
}

}  // namespace sqlenv
