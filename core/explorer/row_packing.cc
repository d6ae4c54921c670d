#include "core/explorer/row_packing.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/sql/sql_literals.h"

namespace sqlenv {
namespace {

constexpr std::size_t kCellBytes = 400;
constexpr std::size_t kCellsInARow = 8;

// Turns the rendered \n back into line breaks.
std::string with_line_breaks(std::string text) {
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at + 1))
    text.replace(at, 2, "\n");
  return text;
}

}  // namespace

std::size_t rows_for_one_cell(const SeenRows& shown) {
  std::size_t longest = 1;
  for (const auto& row : shown.rows) {
    std::size_t bytes = 0;
    for (const std::string& cell : row) bytes += cell.size() + 3;
    longest = std::max(longest, bytes);
  }
  return std::clamp<std::size_t>(kCellBytes / (longest + longest / 2 + 1), 1, 100);
}

std::string packing_query(const std::string& sql, std::size_t columns, std::size_t rows_per_cell,
                          std::size_t skip) {
  std::vector<std::string> names;
  std::vector<std::string> literals;
  for (std::size_t c = 0; c < columns; ++c) {
    names.push_back("c" + std::to_string(c));
    literals.push_back("quote(c" + std::to_string(c) + ")");
  }
  const std::string per_cell = std::to_string(rows_per_cell);
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < kCellsInARow; ++i)
    cells.push_back("group_concat(CASE WHEN n / " + per_cell + " % " +
                    std::to_string(kCellsInARow) + " = " + std::to_string(i) + " THEN v END, ';')");
  return "WITH r(" + join(names, ", ") + ") AS (" + sql +
         "), s AS (SELECT row_number() OVER () - 1 - " + std::to_string(skip) +
         " AS n, '=' || replace(" + join(literals, " || ',' || ") +
         ", ' | ', ' ' || char(1) || ' ') AS v FROM r) SELECT " + join(cells, ", ") +
         " FROM s WHERE n >= 0 GROUP BY n / " + std::to_string(rows_per_cell * kCellsInARow);
}

std::optional<ResultTable> unpack_rows(const SeenRows& packed, std::size_t columns) {
  ResultTable table;
  table.columns.assign(columns, "");
  for (const auto& line : packed.rows)
    for (const std::string& cell : line) {
      if (cell == "NULL") continue;
      for (std::string_view row : split_literals(cell, ';')) {
        if (row.empty() || row.front() != '=') return std::nullopt;
        row.remove_prefix(1);
        std::vector<Value> values;
        for (std::string_view literal : split_literals(row, ',')) {
          std::string text = with_line_breaks(std::string(literal));
          std::replace(text.begin(), text.end(), '\x01', '|');
          std::optional<Value> value = read_sql_literal(text);
          if (!value) return std::nullopt;
          values.push_back(std::move(*value));
        }
        if (values.size() != columns) return std::nullopt;
        table.rows.push_back(std::move(values));
      }
    }
  return table;
}

}  // namespace sqlenv
