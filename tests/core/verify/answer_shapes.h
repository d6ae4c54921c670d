// Writes a table as agents write answers, in each shape that the reader knows, so that tests can
// hold that an answer reads back. Each shape has a domain: the texts that it can carry.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/text.h"
#include "core/verify/answer_table.h"
#include "core/verify/answer_text.h"
#include "core/verify/verdict.h"

namespace sqlenv::test {

// What a shape cannot carry.
enum Limit : unsigned {
  kNoLineEnd = 1,      // line ends
  kNoBar = 2,          // '|' and bars of boxes
  kNoTab = 4,          //
  kNoComma = 8,        //
  kNoOuterBlank = 16,  // blanks at either end
  kNotBlank = 32,      // texts of blanks
  kNoEscape = 64,      // backslashes, and quotes or marks at the beginning
  kManyRows = 128,     // fewer than two rows
  kOneColumn = 256,    // more than one column
  kColumns = 512,      // a single column
  kSomeRows = 1024,    // no rows
  kNoBacktick = 2048,
  kNoCount = 4096,   // what a line that counts rows holds
  kNoBracket = 8192  // a bracket at the beginning
};

struct Shape {
  const char* name;
  unsigned limits;
  std::string (*write)(const ResultTable& table);
};

inline std::string plain(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return shortest_decimal(*real);
  return display_text(value);
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

using WriteCell = std::string (*)(const Value&);

template <class Cells>
std::string line_of(const Cells& cells, std::string_view separator, WriteCell write) {
  std::vector<std::string> texts;
  for (const auto& cell : cells) texts.push_back(write(Value(cell)));
  return join(texts, separator);
}

inline std::string lines_of(const ResultTable& table, std::string_view separator, WriteCell write) {
  std::string out;
  for (const Row& row : table.rows) out += line_of(row, separator, write) + "\n";
  return out;
}

inline std::string csv_cell(const Value& value) {
  if (!std::holds_alternative<std::string>(value)) return plain(value);
  std::string out = "\"";
  return out.append(replaced(std::get<std::string>(value), "\"", "\"\"")).append("\"");
}

inline std::string markdown_cell(const Value& value) {
  return replaced(replaced(plain(value), "|", "\\|"), "\n", "\\n");
}

inline std::string json_cell(const Value& value) { return answer_text({{"x"}, {{value}}}); }

inline std::string count_line(const ResultTable& table) {
  const std::size_t n = table.rows.size();
  return "(" + std::to_string(n) + (n == 1 ? " row)" : " rows)");
}

inline std::string row_lists(const ResultTable& table) {
  std::string out;
  for (const Row& row : table.rows)
    out.append("[").append(line_of(row, ", ", json_cell)).append("]\n");
  return out;
}

inline std::string objects(const ResultTable& table, std::string_view between) {
  std::vector<std::string> rows;
  for (const Row& row : table.rows) {
    std::vector<std::string> members;
    for (std::size_t c = 0; c < row.size(); ++c)
      members.push_back(json_cell(table.columns[c]) + ": " + json_cell(row[c]));
    rows.push_back("{" + join(members, ", ") + "}");
  }
  return join(rows, between);
}

inline std::string object_list(const ResultTable& table) {
  return "[" + objects(table, ",\n") + "]";
}
inline std::string object_lines(const ResultTable& table) { return objects(table, "\n"); }

inline std::string csv(const ResultTable& table) {
  return line_of(table.columns, ",", csv_cell) + "\n" + lines_of(table, ",", csv_cell);
}
inline std::string bars(const ResultTable& table) { return lines_of(table, " | ", plain); }
inline std::string tabs(const ResultTable& table) { return lines_of(table, "\t", plain); }
inline std::string commas(const ResultTable& table) { return lines_of(table, ", ", plain); }
inline std::string one_line(const ResultTable& table) {
  std::vector<std::string> cells;
  for (const Row& row : table.rows) cells.push_back(plain(row[0]));
  return join(cells, ", ");
}
// As an observation shows a result.
inline std::string shown(const ResultTable& table) {
  return line_of(table.columns, " | ", plain) + "\n" + bars(table) + count_line(table);
}

inline std::string markdown(const ResultTable& table) {
  std::string out = "| " + line_of(table.columns, " | ", markdown_cell) + " |\n|";
  for (std::size_t c = 0; c < table.columns.size(); ++c) out += "---|";
  for (const Row& row : table.rows)
    out.append("\n| ").append(line_of(row, " | ", markdown_cell)).append(" |");
  return out;
}

inline std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  while (times-- > 0) out += piece;
  return out;
}

inline std::size_t length_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

struct Frame {
  std::string_view dash, cross, left, right, bar;
  bool top;
};

// The table with columns of equal widths; `frame.top` draws borders around it.
inline std::string drawn(const ResultTable& table, const Frame& frame) {
  std::vector<std::vector<std::string>> lines = {table.columns};
  for (const Row& row : table.rows) {
    lines.emplace_back();
    for (const Value& value : row) lines.back().push_back(plain(value));
  }
  std::string rule(frame.left);
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t width = 3;
    for (const auto& line : lines) width = std::max(width, length_of(line[c]));
    widths.push_back(width);
    if (c > 0) rule += frame.cross;
    rule += repeated(frame.dash, width + (frame.bar.empty() ? 0 : 2));
  }
  rule.append(frame.right).append("\n");
  std::string out = frame.top ? rule : "";
  for (std::size_t r = 0; r < lines.size(); ++r) {
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (c > 0 || frame.top) out += frame.bar;
      if (c > 0 && frame.bar.empty()) out += "  ";
      out.append(frame.bar.empty() ? "" : " ").append(lines[r][c]);
      out.append(widths[c] - length_of(lines[r][c]) + (frame.bar.empty() ? 0 : 1), ' ');
    }
    out.append(frame.top ? frame.bar : "").append("\n");
    if (r == 0) out += rule;
  }
  return frame.top ? out + rule : out;
}

inline std::string psql(const ResultTable& table) {
  return drawn(table, {"-", "+", "", "", "|", false}) + count_line(table) + "\n";
}
inline std::string mysql(const ResultTable& table) {
  return drawn(table, {"-", "+", "+", "+", "|", true}) + std::to_string(table.rows.size()) +
         (table.rows.size() == 1 ? " row" : " rows") + " in set (0.00 sec)";
}
inline std::string box(const ResultTable& table) {
  return drawn(table, {"─", "┼", "├", "┤", "│", true});
}
inline std::string aligned(const ResultTable& table) {
  return drawn(table, {"-", "  ", "", "", "", false});
}

inline constexpr unsigned kOneLineCells = kNoLineEnd | kNoOuterBlank;
inline constexpr Shape kShapes[] = {
    {"JSON", 0, answer_text},
    {"JSON objects", kSomeRows, object_list},
    {"JSON lists on lines", kSomeRows, row_lists},
    {"JSON objects on lines", kSomeRows, object_lines},
    {"CSV", kSomeRows | kNoBacktick, csv},
    {"lines", kNoLineEnd | kNotBlank | kManyRows | kOneColumn, bars},
    {"one line",
     kOneLineCells | kNotBlank | kNoComma | kNoTab | kNoBar | kNoBracket | kManyRows | kOneColumn,
     one_line},
    {"bars", kOneLineCells | kNotBlank | kNoBar | kColumns | kSomeRows, bars},
    {"tabs", kNoLineEnd | kNotBlank | kNoTab | kColumns | kSomeRows, tabs},
    {"commas", kOneLineCells | kNotBlank | kNoComma | kColumns | kSomeRows, commas},
    {"a shown result", kOneLineCells | kNotBlank | kNoBar, shown},
    {"Markdown", kOneLineCells | kNoBar | kSomeRows, markdown},
    {"Markdown with escapes", kNoOuterBlank | kNoEscape | kSomeRows, markdown},
    {"psql", kOneLineCells | kNotBlank | kNoBar, psql},
    {"mysql", kOneLineCells | kNoBar, mysql},
    {"box", kOneLineCells | kNoBar | kSomeRows, box},
    {"columns", kOneLineCells | kNotBlank | kNoCount | kSomeRows, aligned},
};

inline bool carries(unsigned limits, const std::string& text) {
  const auto has = [&](std::string_view any) { return text.find_first_of(any) != text.npos; };
  const std::string_view inner = trim(text);
  const bool box =
      text.find("│") != text.npos || text.find("┃") != text.npos || text.find("║") != text.npos;
  if (limits & kNoCount && counted_rows(inner)) return false;
  if (limits & kNoBracket && inner.find_first_of("[({") == 0) return false;
  return !((limits & kNoLineEnd && has("\n\r")) || (limits & kNoBar && (has("|") || box)) ||
           (limits & kNoTab && has("\t")) || (limits & kNoComma && has(",")) ||
           (limits & kNoOuterBlank && inner.size() != text.size()) ||
           (limits & kNotBlank && inner.empty()) || (limits & kNoBacktick && has("`*")) ||
           (limits & kNoEscape &&
            (has("\\\r\0") || (!text.empty() && std::string_view("\"'`*").find(text[0]) !=
                                                    std::string_view::npos))));
}

// Whether the shape can carry the table.
inline bool carries(const Shape& shape, const ResultTable& table) {
  const std::size_t rows = table.rows.size();
  const unsigned limits = shape.limits;
  if ((limits & kManyRows && rows < 2) || (limits & kSomeRows && rows == 0)) return false;
  if ((limits & kOneColumn && table.columns.size() != 1) ||
      (limits & kColumns && table.columns.size() == 1))
    return false;
  for (const Row& row : table.rows)
    for (const Value& value : row) {
      const auto* text = std::get_if<std::string>(&value);
      if (text != nullptr && !carries(limits, *text)) return false;
    }
  return true;
}

// What the project's other layers may stand around an answer in any shape.
inline std::vector<std::string> wrapped(const std::string& answer) {
  return {answer, "Answer: " + answer, "```\n" + answer + "\n```",
          "**Final answer:**\n```csv\n" + answer + "\n```"};
}

}  // namespace sqlenv::test
