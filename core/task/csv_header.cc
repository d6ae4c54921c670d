#include "core/task/csv_header.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/task/column_type.h"

namespace sqlenv {
namespace {

enum class Shape { kNothing, kNumber, kDate, kFlag, kWord };

// Digits with marks between them: 2024-01-31, 12:30, 1,000, $5.50, 12%.
Shape shape_of_marks(std::string_view text) {
  constexpr std::string_view kMarks = "0123456789-/:.,%$+() TZ";
  if (text.find_first_not_of(kMarks) != std::string_view::npos ||
      text.find_first_of("0123456789") == std::string_view::npos || text.front() == 'T' ||
      text.front() == 'Z')
    return Shape::kWord;
  return text.find_first_of("-/:", 1) == std::string_view::npos ? Shape::kNumber : Shape::kDate;
}

Shape shape_of(std::string_view cell) {
  const std::string_view text = trim(cell);
  switch (cell_kind(text)) {
    case CellKind::kEmpty:
    case CellKind::kMissing:
    case CellKind::kNull: return Shape::kNothing;
    case CellKind::kText: break;
    default: return Shape::kNumber;
  }
  for (const std::string_view flag : {"true", "false", "yes", "no"})
    if (equal_ignoring_case(text, flag)) return Shape::kFlag;
  return shape_of_marks(text);
}

// What all cells of a column are; kWord if they differ, kNothing if there are none.
Shape shape_of_column(const std::vector<CsvRow>& rows, std::size_t begin, std::size_t column) {
  Shape shape = Shape::kNothing;
  for (std::size_t i = begin; i < rows.size(); ++i) {
    const Shape cell = column < rows[i].size() ? shape_of(rows[i][column]) : Shape::kNothing;
    if (cell == Shape::kNothing || cell == shape) continue;
    if (shape != Shape::kNothing) return Shape::kWord;
    shape = cell;
  }
  return shape;
}

// A whole number of one to four digits, or -1.
int small_number(std::string_view cell) {
  cell = trim(cell);
  if (cell.empty() || cell.size() > 4) return -1;
  int number = 0;
  for (const char c : cell) {
    if (!is_digit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool is_year(std::string_view cell) {
  const int number = small_number(cell);
  return number >= 1500 && number < 2200;
}

// Tells columns of other numbers from columns of years. A single column must have decimals besides.
bool are_no_years(const std::vector<CsvRow>& rows, std::size_t begin,
                  const std::vector<std::size_t>& columns) {
  std::size_t years = 0, cells = 0;
  for (const std::size_t column : columns)
    for (std::size_t i = begin; i < rows.size(); ++i) {
      if (column >= rows[i].size() || shape_of(rows[i][column]) == Shape::kNothing) continue;
      ++cells;
      const bool whole = cell_kind(rows[i][column]) == CellKind::kInteger;
      years += is_year(rows[i][column]) || (columns.size() == 1 && whole) ? 1 : 0;
    }
  return columns.size() == 1 ? cells > 1 && years == 0 : years * 2 < cells;
}

// Years in order (or 0, 1, 2 … behind an empty cell), all with the same step between them.
bool are_steps(const CsvRow& first, const std::vector<std::size_t>& columns) {
  const auto number = [&](std::size_t i) { return small_number(first[columns[i]]); };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (number(i) < 0) return false;
    if (i > 0 && number(i) - number(i - 1) != number(1) - number(0)) return false;
  }
  return columns.size() == 1 || number(0) != number(1);
}

bool are_names(const CsvRow& first, const std::vector<CsvRow>& rows, std::size_t begin,
               const std::vector<std::size_t>& numbers, std::size_t words) {
  if (!std::all_of(numbers.begin(), numbers.end(),
                   [&](std::size_t i) { return small_number(first[i]) >= 0; }))
    return false;
  const bool nameless = trim(first[0]).empty() && names_rows(rows, begin, 0);
  if (nameless && words == 0 && are_steps(first, numbers) && small_number(first[numbers[0]]) < 2)
    return true;
  bool years = words + (nameless ? 1 : 0) > 0 || (numbers.size() > 2 && are_steps(first, numbers));
  for (std::size_t i = 0; i < numbers.size() && years; ++i)
    years = is_year(first[numbers[i]]) &&
            (i == 0 || (small_number(first[numbers[i]]) > small_number(first[numbers[i - 1]])) ==
                           (small_number(first[numbers.back()]) > small_number(first[numbers[0]])));
  return years && are_no_years(rows, begin, numbers);
}

}  // namespace

bool names_rows(const std::vector<CsvRow>& rows, std::size_t begin, std::size_t column) {
  std::set<std::string> seen;
  for (std::size_t i = begin; i < rows.size(); ++i)
    if (column >= rows[i].size() || trim(rows[i][column]).empty() ||
        !seen.insert(rows[i][column]).second)
      return false;
  return rows.size() > begin;
}

CsvHeader find_header(const CsvRow& first, const std::vector<CsvRow>& rows, std::size_t begin) {
  std::set<std::string> seen;
  std::vector<std::size_t> odd;  // columns whose first cell is no name, or as those below
  std::size_t words = 0;
  bool certain = false, distinct = true, small = true;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::string_view cell = trim(first[i]);
    const Shape shape = shape_of(cell);
    const Shape below = shape_of_column(rows, begin, i);
    const bool named = shape == Shape::kWord || ((shape == Shape::kDate || shape == Shape::kFlag) &&
                                                 below == Shape::kNumber);
    if (named) ++words;
    if (named && below != Shape::kWord && below != Shape::kNothing) certain = true;
    if (cell.empty())
      distinct &= below == Shape::kNothing || (i == 0 && names_rows(rows, begin, 0));
    else if (!seen.insert(to_lower(cell)).second) distinct = false;
    if (named || cell.empty()) continue;
    odd.push_back(i);
    small &= small_number(cell) >= 0;
  }
  if (certain) return CsvHeader::kCertain;
  if (odd.empty()) return distinct && words > 0 ? CsvHeader::kLikely : CsvHeader::kNone;
  return small && distinct && are_names(first, rows, begin, odd, words) ? CsvHeader::kCertain
                                                                        : CsvHeader::kNone;
}

}  // namespace sqlenv
