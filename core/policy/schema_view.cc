#include "core/policy/schema_view.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/text.h"

namespace sqlenv {
namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + separator.size());
  }
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size() || text.substr(text.size() - suffix.size()) != suffix)
    return false;
  text.remove_suffix(suffix.size());
  return true;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::int64_t> read_count(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return std::strtoll(std::string(digits).c_str(), nullptr, 10);
}

bool is_type_word(std::string_view word) {
  const std::string lower = to_lower(word.substr(0, word.find('(')));
  for (std::string_view known :
       {"int",     "integer",   "tinyint",   "smallint", "mediumint", "bigint",   "text",
        "varchar", "char",      "character", "nchar",    "nvarchar",  "varchar2", "varying",
        "clob",    "blob",      "real",      "double",   "precision", "float",    "numeric",
        "number",  "decimal",   "bool",      "boolean",  "bit",       "date",     "datetime",
        "time",    "timestamp", "year",      "unsigned", "any"})
    if (lower == known) return true;
  return !lower.empty() && lower.find_first_not_of("0123456789,") == std::string::npos &&
         word.back() == ')';
}

SeenColumn read_column(std::string_view line) {
  SeenColumn column;
  column.primary_key = take_suffix(line, " PRIMARY KEY");
  take_suffix(line, " NOT NULL");
  take_suffix(line, " GENERATED");
  std::size_t end = line.size();
  for (std::size_t blank = line.rfind(' '); blank != std::string_view::npos && blank > 0;
       blank = line.rfind(' ', blank - 1)) {
    if (!is_type_word(line.substr(blank + 1, end - blank - 1))) break;
    end = blank;
  }
  column.name = std::string(line.substr(0, end));
  column.type = std::string(trim(line.substr(end)));
  return column;
}

void read_foreign_key(std::string_view line, SeenTable& table) {
  const std::size_t arrow = line.find(" -> ");
  if (arrow == std::string_view::npos) return;
  std::string_view target = line.substr(arrow + 4);
  std::vector<std::string_view> referenced;
  if (const std::size_t open = target.find('('); open != std::string_view::npos) {
    std::string_view inside = target.substr(open + 1);
    take_suffix(inside, ")");
    referenced = split(inside, ", ");
    target = target.substr(0, open);
  }
  SeenForeignKey key;
  key.table = std::string(target);
  for (std::string_view column : split(line.substr(0, arrow), ", "))
    key.columns.emplace_back(column);
  for (std::string_view column : referenced) key.referenced.emplace_back(column);
  table.foreign_keys.push_back(std::move(key));
}

// "Table singer (12 rows)" or "View adults".
std::optional<SeenTable> read_title(std::string_view line) {
  if (!take_prefix(line, "Table ") && !take_prefix(line, "View ")) return std::nullopt;
  SeenTable table;
  table.described = true;
  const std::size_t open = line.rfind(" (");
  std::string_view count = open == std::string_view::npos ? "" : line.substr(open + 2);
  if (take_suffix(count, " rows)") || take_suffix(count, " row)")) {
    table.row_count = read_count(count);
    if (table.row_count) line = line.substr(0, open);
  }
  table.name = std::string(line);
  return table;
}

// "(3 rows)" or "(20 of 35 rows shown)".
std::optional<std::size_t> read_total(std::string_view line) {
  if (!take_prefix(line, "(")) return std::nullopt;
  if (take_suffix(line, " shown)")) {
    const std::size_t of = line.find(" of ");
    if (of == std::string_view::npos) return std::nullopt;
    line.remove_prefix(of + 4);
    if (!take_suffix(line, " rows") && !take_suffix(line, " row")) return std::nullopt;
  } else if (!take_suffix(line, " rows)") && !take_suffix(line, " row)")) {
    return std::nullopt;
  }
  const std::optional<std::int64_t> count = read_count(line);
  if (!count) return std::nullopt;
  return static_cast<std::size_t>(*count);
}

}  // namespace

std::optional<std::size_t> SeenTable::find(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (equal_ignoring_case(columns[i].name, column)) return i;
  return std::nullopt;
}

SchemaView SchemaView::from_schema_info(std::string_view schema_info) {
  SchemaView view;
  std::string_view line = schema_info.substr(0, schema_info.find('\n'));
  if (!take_prefix(line, "Tables: ")) return view;
  for (std::string_view name : split(line, ", ")) {
    SeenTable table;
    table.name = std::string(name);
    view.tables_.push_back(std::move(table));
  }
  return view;
}

std::optional<std::size_t> SchemaView::find(std::string_view table) const {
  for (std::size_t i = 0; i < tables_.size(); ++i)
    if (equal_ignoring_case(tables_[i].name, table)) return i;
  return std::nullopt;
}

bool SchemaView::read_description(std::string_view result) {
  const std::vector<std::string_view> lines = split(result, "\n");
  std::optional<SeenTable> table = read_title(lines.front());
  if (!table) return false;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (take_prefix(line, "  FOREIGN KEY ")) read_foreign_key(line, *table);
    else if (take_prefix(line, "  ")) table->columns.push_back(read_column(line));
  }
  const std::optional<std::size_t> known = find(table->name);
  if (known) tables_[*known] = std::move(*table);
  return known.has_value();
}

void SchemaView::assume_row_ids() {
  for (SeenTable& table : tables_)
    if (table.columns.empty()) table.columns.push_back({"rowid", "INTEGER", true});
}

std::optional<SeenRows> read_rows(std::string_view result) {
  const std::vector<std::string_view> lines = split(result, "\n");
  if (lines.size() < 2) return std::nullopt;
  const std::optional<std::size_t> total = read_total(lines.back());
  if (!total) return std::nullopt;
  SeenRows seen;
  seen.total = *total;
  for (std::string_view name : split(lines.front(), " | ")) seen.columns.emplace_back(name);
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    std::vector<std::string> cells;
    for (std::string_view cell : split(lines[i], " | ")) cells.emplace_back(cell);
    if (cells.size() != seen.columns.size()) return std::nullopt;
    seen.rows.push_back(std::move(cells));
  }
  return seen;
}

}  // namespace sqlenv
