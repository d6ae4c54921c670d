#include "core/verify/answer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/verify/literal.h"

namespace sqlenv {
namespace {

std::string_view without_fence(std::string_view text) {
  constexpr std::string_view kFence = "```";
  if (text.size() >= 6 && text.starts_with(kFence) && text.ends_with(kFence)) {
    text = text.substr(3, text.size() - 6);
    // The fence's first line names a language.
    const std::size_t line = text.find('\n');
    return trim(line == std::string_view::npos ? text : text.substr(line + 1));
  }
  const bool code = text.size() >= 3 && text.front() == '`' && text.find('`', 1) == text.size() - 1;
  return code ? trim(text.substr(1, text.size() - 2)) : text;
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

// A flat list is one row if the gold is one row of several columns, else one cell for each row.
AnswerRows rows_of_flat_list(const Literal& list, AnswerShape gold) {
  if (gold.rows == 1 && gold.columns > 1 && !list.items.empty()) return {cells_of(list)};
  AnswerRows rows;
  for (const Literal& item : list.items) rows.push_back({item.cell});
  return rows;
}

std::optional<AnswerRows> rows_of_list(const Literal& list, AnswerShape gold) {
  bool any_list = false;
  bool all_lists = true;
  for (const Literal& item : list.items) {
    any_list = any_list || item.is_list;
    all_lists = all_lists && item.is_list;
  }
  if (!any_list) return rows_of_flat_list(list, gold);
  if (!all_lists) return std::nullopt;
  AnswerRows rows;
  for (const Literal& item : list.items) rows.push_back(cells_of(item));
  return rows;
}

AnswerCell open_cell(std::string_view text) { return {valid_utf8(trim(text)), std::nullopt}; }

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  for (std::size_t at; (at = text.find(separator, start)) != std::string_view::npos; start = at + 1)
    pieces.push_back(text.substr(start, at - start));
  pieces.push_back(text.substr(start));
  return pieces;
}

// CSV records. Quotes protect commas and line ends; doubled quotes stand for one.
AnswerRows split_csv(std::string_view text) {
  AnswerRows rows(1);
  std::string cell;
  bool quoted = false;
  bool blank = true;  // the cell has only blanks so far
  const auto flush = [&] {
    rows.back().push_back(open_cell(cell));
    cell.clear(), blank = true;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += '"', blank = false, ++i;
    } else if (c == '"' && (quoted || blank)) {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      flush();
    } else if (c == '\n' && !quoted) {
      if (!rows.back().empty() || !blank) flush(), rows.emplace_back();
      cell.clear(), blank = true;
    } else {
      cell += c;
      blank = blank && trim(text.substr(i, 1)).empty();
    }
  }
  flush();
  return rows;
}

std::vector<AnswerCell> split_at(std::string_view line, char separator) {
  // A table in Markdown has a bar at either end of the line.
  if (separator == '|' && line.size() >= 2 && line.front() == '|' && line.back() == '|')
    line = line.substr(1, line.size() - 2);
  std::vector<AnswerCell> cells;
  for (std::string_view piece : split(line, separator)) cells.push_back(open_cell(piece));
  return cells;
}

// Whether it is the line |---|:--:| under a table's header in Markdown.
bool is_rule(const std::vector<AnswerCell>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const AnswerCell& cell) {
    return cell.text.size() >= 3 && cell.text.find_first_not_of("-:") == std::string::npos;
  });
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::string_view line : split(text, '\n'))
    if (!trim(line).empty()) lines.push_back(trim(line));
  return lines;
}

// Each line is a cell, perhaps quoted as in JSON or CSV or between Markdown's bars.
AnswerRows rows_of_lines(const std::vector<std::string_view>& lines) {
  AnswerRows rows;
  for (const std::string_view line : lines) {
    if (line.front() == '|' && line.back() == '|' && line.size() >= 2) {
      rows.push_back(split_at(line, '|'));
      if (rows.size() == 2 && is_rule(rows.back())) rows.pop_back();
    } else if (line.front() == '"' && line.back() == '"') {
      const std::optional<Literal> literal = read_literal(line);
      rows.push_back(literal ? std::vector{open_cell(literal->cell.text)}
                             : split_csv(line).front());
    } else {
      rows.push_back({open_cell(line)});
    }
  }
  return rows;
}

AnswerRows rows_of_table(std::string_view text, const std::vector<std::string_view>& lines) {
  const auto separator = [](std::string_view line) {
    return line.find('|') != std::string_view::npos    ? '|'
           : line.find('\t') != std::string_view::npos ? '\t'
                                                       : ',';
  };
  const bool csv = std::all_of(lines.begin(), lines.end(),
                               [&](std::string_view line) { return separator(line) == ','; });
  if (csv) return split_csv(text);
  AnswerRows rows;
  for (const std::string_view line : lines) {
    const char mark = separator(line);
    if (mark == ',') rows.push_back(split_csv(line).front());
    else rows.push_back(split_at(line, mark));
    if (rows.size() == 2 && mark == '|' && is_rule(rows.back())) rows.pop_back();
  }
  return rows;
}

AnswerRows rows_of_plain_text(std::string_view text, AnswerShape gold) {
  if (gold.rows <= 1 && gold.columns <= 1) return {{open_cell(text)}};
  const std::vector<std::string_view> lines = lines_of(text);
  if (gold.columns > 1) return rows_of_table(text, lines);
  if (lines.size() != 1) return rows_of_lines(lines);
  const AnswerRows line = rows_of_table(text, lines);
  AnswerRows rows;
  for (const AnswerCell& cell : line.front()) rows.push_back({cell});
  return rows;
}

}  // namespace

std::string_view answer_body(std::string_view text) {
  std::size_t before = text.size() + 1;
  while (text.size() < before) {
    before = text.size();
    text = trim(without_label(without_fence(trim(text))));
  }
  return text;
}

std::optional<AnswerRows> parse_answer(std::string_view text, AnswerShape gold) {
  text = answer_body(text);
  if (const std::optional<Literal> literal = read_literal(text)) {
    if (literal->is_list) return rows_of_list(*literal, gold);
    // Quotes around a whole answer are style, not a type.
    return AnswerRows{{{literal->cell.text, std::nullopt}}};
  }
  if (!text.empty() && text.front() == '[') return std::nullopt;
  return rows_of_plain_text(text, gold);
}

}  // namespace sqlenv
