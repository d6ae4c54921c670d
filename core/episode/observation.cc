#include "core/episode/observation.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace sqlenv {
namespace {

// Writes line breaks inside a cell as the two characters \n, so that a row is one line.
void append_line(std::string& out, std::string_view text) {
  if (text.find_first_of("\n\r") == std::string_view::npos) {
    out += text;
    return;
  }
  for (char c : text) {
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else out += c;
  }
}

void append_cell(std::string& out, const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text != nullptr && text->size() <= kShownCellBytes) append_line(out, *text);
  else if (text != nullptr) append_line(out, shorten(*text, kShownCellBytes));
  else out += shorten(display_text(value), kShownCellBytes);
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string row_count_line(std::size_t total, std::size_t shown) {
  if (total <= shown) return "(" + counted(total, "row") + ")";
  return "(" + std::to_string(shown) + " of " + counted(total, "row") + " shown)";
}

void append_column(std::string& out, const Column& column) {
  out += column.name;
  if (!column.type.empty()) out.append(" ").append(column.type);
  if (column.generated) out += " GENERATED";
  if (column.primary_key > 0) out += " PRIMARY KEY";
  if (column.not_null && column.primary_key == 0) out += " NOT NULL";
}

std::string render_foreign_key(const ForeignKey& key) {
  std::string out = join(key.columns, ", ") + " -> " + key.table;
  if (!key.referenced.empty()) out += "(" + join(key.referenced, ", ") + ")";
  return out;
}

void append_signature(std::string& out, const Table& table) {
  out.append(table.name).append("(");
  for (const Column& column : table.columns) {
    if (&column != &table.columns.front()) out += ", ";
    append_column(out, column);
  }
  out += ')';
}

}  // namespace

std::string render_schema_info(const Schema& schema, const std::vector<std::string>& described) {
  std::string out = "Tables: ";
  for (const Table& table : schema.tables) {
    if (&table != &schema.tables.front()) out += ", ";
    out += table.name;
  }
  for (const Table& table : schema.tables)
    if (std::find(described.begin(), described.end(), table.name) != described.end()) {
      out += '\n';
      append_signature(out, table);
    }
  return out;
}

std::string render_description(const Table& table) {
  std::string out = (table.is_view ? "View " : "Table ") + table.name;
  if (table.row_count)
    out += " (" + counted(static_cast<std::size_t>(*table.row_count), "row") + ")";
  for (const Column& column : table.columns) {
    out += "\n  ";
    append_column(out, column);
  }
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
