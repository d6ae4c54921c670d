#include "core/episode/observation.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// One line a row: line breaks inside a cell are written as the two characters \n.
void append_cell(std::string& out, const Value& value) {
  const auto* whole = std::get_if<std::string>(&value);
  const std::string text = whole == nullptr || whole->size() > kShownCellBytes
                               ? shorten(display_text(value), kShownCellBytes)
                               : *whole;
  if (text.find_first_of("\n\r") == std::string::npos) {
    out += text;
    return;
  }
  for (char c : text) {
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else out += c;
  }
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string row_count_line(std::size_t total, std::size_t shown) {
  if (total <= shown) return "(" + counted(total, "row") + ")";
  return "(" + std::to_string(shown) + " of " + counted(total, "row") + " shown)";
}

std::string render_column(const Column& column) {
  std::string out = column.name;
  if (!column.type.empty()) out += " " + column.type;
  if (column.primary_key > 0) out += " PRIMARY KEY";
  if (column.not_null && column.primary_key == 0) out += " NOT NULL";
  return out;
}

std::string render_foreign_key(const ForeignKey& key) {
  std::string out = join(key.columns, ", ") + " -> " + key.table;
  if (!key.referenced.empty()) out += "(" + join(key.referenced, ", ") + ")";
  return out;
}

std::string render_signature(const Table& table) {
  std::vector<std::string> columns;
  for (const Column& column : table.columns) columns.push_back(render_column(column));
  return table.name + "(" + join(columns, ", ") + ")";
}

}  // namespace

std::string render_schema_info(const Schema& schema, const std::vector<std::string>& described) {
  std::string out = "Tables: " + join(schema.table_names(), ", ");
  for (const Table& table : schema.tables)
    if (std::find(described.begin(), described.end(), table.name) != described.end())
      out += "\n" + render_signature(table);
  return out;
}

std::string render_description(const Table& table) {
  std::string out = (table.is_view ? "View " : "Table ") + table.name;
  if (table.row_count)
    out += " (" + counted(static_cast<std::size_t>(*table.row_count), "row") + ")";
  for (const Column& column : table.columns) out += "\n  " + render_column(column);
  for (const ForeignKey& key : table.foreign_keys)
    out += "\n  FOREIGN KEY " + render_foreign_key(key);
  return out;
}

std::string render_table(const ResultTable& table, std::size_t shown) {
  std::string out = join(table.columns, " | ");
  for (std::size_t r = 0; r < std::min(shown, table.rows.size()); ++r) {
    out += '\n';
    bool first = true;
    for (const Value& value : table.rows[r]) {
      if (!std::exchange(first, false)) out += " | ";
      append_cell(out, value);
    }
  }
  return out + "\n" + row_count_line(table.rows.size(), shown);
}

}  // namespace sqlenv
