// Reads a text whose lines are rows. For core/verify alone.
#pragma once

#include <optional>
#include <string_view>

#include "core/verify/answer.h"

namespace sqlenv {

enum class CellStyle {
  kAsIs,     // every line is a row, every byte of a cell counts
  kTrimmed,  // blanks around cells do not count
  kFramed,   // frames, rules under a header and a count of rows are understood
  kCsv,      // and quotes as in CSV
  kDecoded   // and quotes as in JSON, Markdown's marks and escapes
};

// Separators that are no character of the text.
inline constexpr char kWholeLine = '\0';
inline constexpr char kAligned = ' ';  // columns stand below the pieces of the rule in line 2

struct TextTable {
  AnswerRows rows;
  std::optional<AnswerRow> header;  // if one is set off
  bool settled = false;  // it is certain whether the first line is a header; Markdown demands one
};

// Reads no further than the first row that has not `width` cells, unless `width` is 0.
TextTable read_text_table(std::string_view text, char separator, CellStyle style,
                          std::size_t width);

// The number of rows that a line such as "(2 rows)" or "2 rows in set (0.00 sec)" states.
std::optional<std::size_t> counted_rows(std::string_view line);

// The pieces of a rule such as "----  --", as byte offsets in it; none if it is no rule.
std::vector<std::size_t> rule_pieces(std::string_view line);

}  // namespace sqlenv
