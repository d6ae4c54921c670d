#include "core/verify/answer.h"

#include <cstdlib>
#include <limits>

#include "core/base/text.h"
#include "core/verify/literal.h"

namespace sqlenv {
namespace {

std::string_view without_fence(std::string_view text) {
  constexpr std::string_view kFence = "```";
  if (text.size() < 6 || text.substr(0, 3) != kFence || text.substr(text.size() - 3) != kFence)
    return text;
  text = text.substr(3, text.size() - 6);
  // The fence's first line names a language.
  const std::size_t line = text.find('\n');
  return trim(line == std::string_view::npos ? text : text.substr(line + 1));
}

std::string_view without_label(std::string_view text) {
  for (std::string_view label : {"final answer:", "answer:"})
    if (equal_ignoring_case(text.substr(0, label.size()), label))
      return trim(text.substr(label.size()));
  return text;
}

std::vector<AnswerCell> cells_of(const Literal& row) {
  std::vector<AnswerCell> cells;
  for (const Literal& item : row.items) {
    if (item.is_list) return {};
    cells.push_back(item.cell);
  }
  return cells;
}

// A flat list is one row where the gold is one row of several columns, else one cell a row.
AnswerRows rows_of_flat_list(const Literal& list, AnswerShape gold) {
  if (gold.rows == 1 && gold.columns > 1) return {cells_of(list)};
  AnswerRows rows;
  for (const Literal& item : list.items) rows.push_back({item.cell});
  return rows;
}

std::optional<AnswerRows> rows_of_list(const Literal& list, AnswerShape gold) {
  bool any_list = false;
  bool all_lists = true;
  for (const Literal& item : list.items) (item.is_list ? any_list : all_lists) = item.is_list;
  if (!any_list) return rows_of_flat_list(list, gold);
  if (!all_lists) return std::nullopt;
  AnswerRows rows;
  for (const Literal& item : list.items) rows.push_back(cells_of(item));
  return rows;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  for (std::size_t at; (at = text.find(separator, start)) != std::string_view::npos; start = at + 1)
    pieces.push_back(text.substr(start, at - start));
  pieces.push_back(text.substr(start));
  return pieces;
}

// One CSV record; quotes protect commas, doubled quotes stand for one.
std::vector<AnswerCell> split_csv(std::string_view line) {
  std::vector<AnswerCell> cells;
  std::string cell;
  bool quoted = false;
  const auto flush = [&] {
    cells.push_back({std::string(trim(cell)), std::nullopt});
    cell.clear();
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cell += '"', ++i;
    } else if (c == '"' && (quoted || trim(cell).empty())) {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      flush();
    } else {
      cell += c;
    }
  }
  flush();
  return cells;
}

std::vector<AnswerCell> split_cells(std::string_view line) {
  for (char separator : {'|', '\t'}) {
    if (line.find(separator) == std::string_view::npos) continue;
    std::vector<AnswerCell> cells;
    for (std::string_view piece : split(line, separator))
      cells.push_back({std::string(trim(piece)), std::nullopt});
    return cells;
  }
  return split_csv(line);
}

AnswerRows one_cell_each(const std::vector<AnswerCell>& cells) {
  AnswerRows rows;
  for (const AnswerCell& cell : cells) rows.push_back({cell});
  return rows;
}

AnswerRows rows_of_plain_text(std::string_view text, AnswerShape gold) {
  if (gold.rows <= 1 && gold.columns <= 1) return {{{std::string(text), std::nullopt}}};
  std::vector<std::string_view> lines;
  for (std::string_view line : split(text, '\n'))
    if (!trim(line).empty()) lines.push_back(trim(line));
  if (gold.columns <= 1 && lines.size() == 1) return one_cell_each(split_cells(lines.front()));
  AnswerRows rows;
  for (std::string_view line : lines) {
    if (gold.columns <= 1) rows.push_back({{std::string(line), std::nullopt}});
    else rows.push_back(split_cells(line));
  }
  return rows;
}

}  // namespace

std::optional<AnswerRows> parse_answer(std::string_view text, AnswerShape gold) {
  text = trim(without_label(without_fence(trim(text))));
  if (const std::optional<Literal> literal = read_literal(text)) {
    if (literal->is_list) return rows_of_list(*literal, gold);
    // Quotes around a whole answer are style, not a type.
    return AnswerRows{{{literal->cell.text, std::nullopt}}};
  }
  if (!text.empty() && text.front() == '[') return std::nullopt;
  return rows_of_plain_text(text, gold);
}

std::optional<double> parse_number(std::string_view text) {
  text = trim(text);
  bool negative = false;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    negative = true;
    text = trim(text.substr(1, text.size() - 2));
  }
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  for (std::string_view sign : {"$", "€", "£", "¥"})
    if (text.substr(0, sign.size()) == sign) text = trim(text.substr(sign.size()));
  if (!text.empty() && text.back() == '%') text = trim(text.substr(0, text.size() - 1));
  std::string digits;
  for (char c : text)
    if (c != ',') digits += c;
  // A comma is a thousands mark only where three digits follow it.
  for (std::size_t at = text.find(','); at != std::string_view::npos; at = text.find(',', at + 1))
    if (text.size() < at + 4 ||
        text.substr(at + 1, 3).find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
  if (digits.empty() || digits.find_first_not_of("+-.0123456789eE") != std::string::npos)
    return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(digits.c_str(), &end);
  if (*end != '\0' || digits.find_first_of("0123456789") == std::string::npos) return std::nullopt;
  return negative ? -value : value;
}

}  // namespace sqlenv
