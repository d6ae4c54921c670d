#include "core/explorer/survey.h"

#include <cstdlib>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

bool declares_number(const std::string& type) {
  const std::string lower = to_lower(type);
  for (std::string_view part : {"int", "real", "float", "doub", "num", "dec", "year", "bit"})
    if (lower.find(part) != std::string::npos) return true;
  return false;
}

std::string column_query(const std::string& table, const std::string& column) {
  const std::string from = " FROM " + table;
  const std::string shown = "replace(substr(" + column + ", 1, 80), ' | ', ' / ')";
  return "(SELECT count(DISTINCT " + column + ") || ';' || ifnull(sum(typeof(" + column +
         ") IN ('integer', 'real') OR (" + column + " GLOB '[0-9]*' AND NOT " + column +
         " GLOB '*[^0-9.]*')), 0) || ';' || sum(" + column + " IS NULL) || ';' || quote(min(" +
         shown + "))" + from + ") || ';' || ifnull((SELECT group_concat(DISTINCT quote(" + shown +
         "))" + from + " WHERE lower(trim(" + column + ")) IN p), '')";
}

std::int64_t whole(std::string_view text) {
  return std::strtoll(std::string(text).c_str(), nullptr, 10);
}

std::optional<std::string> text_of(std::string_view literal) {
  const std::optional<Value> value = read_sql_literal(literal);
  if (!value) return std::nullopt;
  return display_text(*value);
}

ColumnFacts read_cell(std::string_view cell) {
  ColumnFacts facts;
  const std::vector<std::string_view> parts = split_literals(cell, ';');
  if (parts.size() < 5) return facts;
  facts.known = true;
  facts.distinct = whole(parts[0]);
  facts.numbers = whole(parts[1]);
  facts.nulls = whole(parts[2]);
  facts.least = text_of(parts[3]).value_or("");
  if (parts[4].empty()) return facts;
  for (std::string_view literal : split_literals(parts[4], ','))
    if (std::optional<std::string> text = text_of(literal)) facts.matches.push_back(*text);
  return facts;
}

}  // namespace

Survey::Survey(const SchemaView& schema) {
  for (const SeenTable& table : schema.tables()) facts_.emplace_back(table.columns.size());
}

bool Survey::is_numeric(const SchemaView& schema, ColumnRef column) const {
  const ColumnFacts& known = facts(column);
  const bool declared = declares_number(schema.tables()[column.table].columns[column.column].type);
  if (!known.known || known.distinct == 0) return declared;
  return known.numbers > 0 && known.numbers * 2 >= known.distinct;
}

std::string Survey::query(const SchemaView& schema, const std::vector<std::string>& phrases) {
  std::vector<std::string> values;
  for (const std::string& phrase : phrases) values.push_back("(" + quote_text(phrase) + ")");
  if (values.empty()) values.emplace_back("('')");
  std::vector<std::string> columns;
  for (const SeenTable& table : schema.tables()) {
    if (!table.described) continue;
    for (const SeenColumn& column : table.columns)
      columns.push_back(column_query(sql_name(table.name), sql_name(column.name)) + " AS c" +
                        std::to_string(columns.size()));
  }
  return "WITH p(x) AS (VALUES " + join(values, ", ") + ") SELECT " + join(columns, ", ");
}

bool Survey::read(const SeenRows& rows, const SchemaView& schema) {
  if (rows.rows.size() != 1) return false;
  std::size_t cell = 0;
  for (std::size_t t = 0; t < schema.tables().size(); ++t) {
    if (!schema.tables()[t].described) continue;
    for (std::size_t c = 0; c < schema.tables()[t].columns.size(); ++c, ++cell) {
      if (cell >= rows.rows[0].size()) return false;
      facts_[t][c] = read_cell(rows.rows[0][cell]);
    }
  }
  return cell == rows.rows[0].size();
}

}  // namespace sqlenv
