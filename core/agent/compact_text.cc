#include "core/agent/compact_text.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/policy/schema_view.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

// What a line may hold. Small models read few tokens well.
constexpr std::size_t kTableBytes = 600;
constexpr std::size_t kRowBytes = 80;
constexpr std::size_t kErrorBytes = 120;
constexpr std::size_t kRows = 3;

const SeenForeignKey* key_of(const SeenTable& table, const std::string& column) {
  for (const SeenForeignKey& key : table.foreign_keys)
    if (key.columns.size() == 1 && key.columns[0] == column) return &key;
  return nullptr;
}

std::string column_text(const SeenTable& table, const SeenColumn& column) {
  std::string out = sql_name(column.name);
  if (column.primary_key) out += '*';
  const SeenForeignKey* key = key_of(table, column.name);
  if (key == nullptr) return out;
  out.append(">").append(sql_name(key->table));
  if (!key->referenced.empty() && key->referenced[0] != column.name)
    out.append(".").append(sql_name(key->referenced[0]));
  return out;
}

std::string names_text(const std::vector<std::string>& names) {
  std::string out = "(";
  for (const std::string& name : names) {
    if (out.size() > 1) out += ", ";
    out += sql_name(name);
  }
  return out + ")";
}

std::string table_line(const SeenTable& table) {
  std::string out = sql_name(table.name) + "(";
  std::size_t left = table.columns.size();
  for (const SeenColumn& column : table.columns) {
    if (left != table.columns.size()) out += ", ";
    if (out.size() > kTableBytes) {
      out.append("…+").append(std::to_string(left));
      break;
    }
    out += column_text(table, column);
    --left;
  }
  for (const SeenForeignKey& key : table.foreign_keys)
    if (key.columns.size() > 1)
      out.append("; ").append(names_text(key.columns)).append(">").append(sql_name(key.table));
  return out + ")\n";
}

// The lines of a table of rows, without its header.
std::string row_lines(std::string_view result) {
  std::string out;
  std::size_t rows = 0;
  std::size_t at = std::min(result.find('\n'), result.size());
  std::string_view line;
  while (at < result.size()) {
    const std::size_t begin = at + 1;
    at = std::min(result.find('\n', begin), result.size());
    line = result.substr(begin, at - begin);
    if (at < result.size() && ++rows <= kRows)
      out.append("= ").append(shorten(line, kRowBytes)).append("\n");
  }
  if (rows == 0 || rows > kRows) out.append("= ").append(line).append("\n");
  return out;
}

std::string description_line(const Observation& observation) {
  SchemaView schema = SchemaView::from_schema_info(observation.schema_info);
  if (schema.read_description(observation.result))
    for (const SeenTable& table : schema.tables())
      if (table.described) return table_line(table);
  return "= " + shorten(collapse_spaces(observation.result), kTableBytes) + "\n";
}

}  // namespace

std::string compact_opening(const Observation& first) {
  std::string out = collapse_spaces(first.question) + "\n";
  const SchemaView schema = SchemaView::from_schema_info(first.schema_info);
  bool begun = false;
  for (const SeenTable& table : schema.tables()) {
    if (begun) out += ' ';
    out += sql_name(table.name);
    begun = true;
  }
  return out + "\n";
}

std::string compact_action(const Action& action) {
  const std::string argument = collapse_spaces(action.argument);
  const std::optional<ActionKind> kind = action_kind(action.action_type);
  if (!kind) return argument;
  return std::string(1, action_name(*kind).front()) + " " + argument;
}

std::string compact_error(std::string_view message) {
  std::string text = collapse_spaces(message);
  if (text.size() > kErrorBytes) {
    const std::size_t blank = text.rfind(' ', kErrorBytes);
    text = blank == std::string::npos ? shorten(text, kErrorBytes) : text.substr(0, blank) + "…";
  }
  return "! " + text + "\n";
}

std::string compact_observation(const Action& action, const Observation& observation) {
  const std::optional<ActionKind> kind = action_kind(action.action_type);
  std::string out;
  if (!observation.error.empty()) out = compact_error(observation.error);
  else if (kind == ActionKind::kAnswer) return out;
  else if (kind == ActionKind::kDescribe) out = description_line(observation);
  else out = row_lines(observation.result);
  if (observation.budget_remaining == 1) out += "! last step: only A is left\n";
  return out;
}

}  // namespace sqlenv
