#include "core/verify/answer_table.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/wrapping.h"
#include "core/verify/literal.h"

namespace sqlenv {
namespace {

constexpr std::string_view kBars[] = {"│", "┃", "║"};

struct Record {
  std::string_view line;  // trimmed
  std::vector<std::string_view> cells;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Splits a text into lines, and lines into cells. A quoted cell may hold separators, and line ends
// if its quotes are double.
class Splitter {
 public:
  Splitter(std::string_view text, char separator, CellStyle style)
      : text_(text), separator_(separator), style_(style) {}

  std::vector<Record> records() {
    std::vector<Record> records;
    const bool keeps_blank = style_ == CellStyle::kAsIs && separator_ == kWholeLine;
    while (at_ < text_.size()) {
      Record record = read_record();
      if (keeps_blank || !record.line.empty()) records.push_back(std::move(record));
    }
    if (std::all_of(records.begin(), records.end(), has_outer_bars))
      for (Record& record : records)
        if (record.cells.size() > 2)
          record.cells.pop_back(), record.cells.erase(record.cells.begin());
    return records;
  }

 private:
  Record read_record() {
    const std::size_t begin = at_;
    Record record;
    while (true) {
      const std::size_t end = cell_end();
      record.cells.push_back(text_.substr(at_, end - at_));
      at_ = end + 1;
      if (end >= text_.size() || text_[end] == '\n') break;
    }
    record.line = trim(text_.substr(begin, at_ - 1 - begin));
    return record;
  }

  // Whether it is a line of a table with a bar at either end of each line, if it has cells.
  static bool has_outer_bars(const Record& record) {
    return record.cells.size() < 2 ||
           (record.cells.size() > 2 && record.line.front() == '|' &&
            trim(record.cells.front()).empty() && trim(record.cells.back()).empty());
  }

  bool quotes() const { return style_ >= CellStyle::kCsv; }

  std::size_t cell_end() {
    std::size_t at = at_;
    if (quotes()) {
      while (at < text_.size() && text_[at] != separator_ && is_blank(text_[at])) ++at;
      if (const std::optional<std::size_t> end = quoted_end(at)) return *end;
    }
    for (; at < text_.size() && text_[at] != '\n' && !is_separator(at); ++at)
      if (style_ == CellStyle::kDecoded && text_.substr(at, 2) == "\\|") ++at;
    return std::min(at, text_.size());
  }

  bool is_separator(std::size_t at) const {
    return separator_ != kWholeLine && text_[at] == separator_;
  }

  // Where a cell ends whose quote is at `at`. A quote closes where a separator follows.
  std::optional<std::size_t> quoted_end(std::size_t at) {
    if (at == text_.size() || (text_[at] != '"' && text_[at] != '\'')) return std::nullopt;
    const char quote = text_[at];
    bool& unclosed = unclosed_[quote == '"'];
    for (std::size_t i = at + 1; !unclosed && i < text_.size(); ++i) {
      if (quote == '\'' && text_[i] == '\n') return std::nullopt;
      if (text_[i] != quote) continue;
      if (i + 1 < text_.size() && text_[i + 1] == quote && i++ > 0) continue;
      std::size_t end = i + 1;
      while (end < text_.size() && !is_separator(end) && is_blank(text_[end])) ++end;
      if (end == text_.size() || text_[end] == '\n' || is_separator(end)) return end;
    }
    // A later search would end here too, and many of them would not be linear.
    unclosed = true;
    return std::nullopt;
  }

  std::string_view text_;
  char separator_;
  CellStyle style_;
  std::size_t at_ = 0;
  bool unclosed_[2] = {};
};

// How many characters of the line are a rule's; 0 if any other stands in it.
std::size_t rule_marks(std::string_view line) {
  std::size_t marks = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool box = line[i] == '\xE2' && i + 2 < line.size() &&
                     (static_cast<unsigned char>(line[i + 1]) & 0xFE) == 0x94;  // U+2500–257F
    if (box) i += 2;
    if (box || line[i] == '-' || line[i] == '=') ++marks;
    else if (std::string_view("|+: ").find(line[i]) == std::string_view::npos) return 0;
  }
  return marks;
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// The byte at which the code point number `index` begins.
std::size_t offset_of(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if ((text[at] & 0xC0) != 0x80 && index-- == 0) break;
  return at;
}

// Whether `line` sets off the header above it. A short or loose one may be a row of dashes.
bool is_rule(std::string_view line, std::string_view header) {
  const std::size_t marks = rule_marks(line);
  if (marks == 0) return false;
  if (line.find_first_of("|+") == std::string_view::npos)
    return marks >= 3 && length_of(line) >= length_of(header);
  return line.find("--") != std::string_view::npos || line.find(' ') == std::string_view::npos;
}

bool is_border(std::string_view line) {
  return rule_marks(line) > 1 && (line.front() == '+' || line.front() == '\xE2');
}

struct Frame {
  std::size_t header_rows = 0;
  bool settled = false;
};

// Takes borders, or the rule below the header, out of `records`.
Frame take_rules(std::vector<Record>& records) {
  if (records.empty()) return {};
  if (!is_border(records.front().line)) {
    if (records.size() < 2 || !is_rule(records[1].line, records[0].line)) return {};
    const bool markdown = records[1].line.find('|') != std::string_view::npos &&
                          records[1].line.find('+') == std::string_view::npos;
    records.erase(records.begin() + 1);
    return {1, !markdown};
  }
  std::vector<Record> rows;
  std::size_t borders = 0;
  std::size_t header_rows = 0;
  for (Record& record : records) {
    if (!is_border(record.line)) rows.push_back(std::move(record));
    else if (++borders == 2) header_rows = rows.size();
  }
  records = std::move(rows);
  return {borders > 2 ? header_rows : 0, true};
}

Frame take_frame(std::vector<Record>& records) {
  if (records.empty()) return {};
  const std::optional<std::size_t> count = counted_rows(records.back().line);
  if (!count) return take_rules(records);
  const Record last = records.back();
  records.pop_back();
  if (records.size() == *count || records.size() == *count + 1)
    return {records.size() - *count, true};
  Frame frame = take_rules(records);
  frame.settled = true;
  if (records.size() - frame.header_rows != *count) records.push_back(last);
  return frame;
}

// Cuts lines where the pieces of the rule in the second one begin.
std::vector<Record> aligned_records(std::string_view text) {
  std::vector<Record> records = Splitter(text, kWholeLine, CellStyle::kAsIs).records();
  if (records.size() < 2) return records;
  const std::vector<std::size_t> starts = rule_pieces(records[1].cells[0]);
  for (Record& record : records) {
    const std::string_view line = record.cells[0];
    record.cells.clear();
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::size_t begin = offset_of(line, starts[i]);
      const bool last = i + 1 == starts.size();
      record.cells.push_back(
          line.substr(begin, last ? line.size() : offset_of(line, starts[i + 1]) - begin));
    }
  }
  return records;
}

std::string with_bars(std::string_view text) {
  std::string out(text);
  for (const std::string_view bar : kBars)
    for (std::size_t at = 0; (at = out.find(bar, at)) != std::string::npos; ++at)
      out.replace(at, bar.size(), "|");
  return out;
}

std::optional<std::string> without_csv_quotes(std::string_view text) {
  const char quote = text.front();
  if (text.size() < 2 || text.back() != quote) return std::nullopt;
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    out += text[i];
    if (text[i] != quote) continue;
    if (text[i + 1] != quote || i + 2 == text.size()) return std::nullopt;
    ++i;
  }
  return out;
}

// \| stands for a bar, and \n and \r for line ends, which results are shown with.
std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == '|' || next == 'n' || next == 'r')
      out += next == 'n' ? '\n' : next == 'r' ? '\r' : '|', ++i;
    else out += text[i];
  }
  return out;
}

std::string cell_text(std::string_view text, CellStyle style) {
  if (style == CellStyle::kAsIs)
    return std::string(text.substr(0, text.size() - (text.ends_with('\r') ? 1 : 0)));
  text = trim(text);
  const bool decoded = style == CellStyle::kDecoded;
  while (decoded && take_layer(text, Wrapped::kCell)) {
  }
  if (style >= CellStyle::kCsv && (text.starts_with('"') || text.starts_with('\''))) {
    const std::optional<Literal> literal = decoded ? read_literal(text) : std::nullopt;
    if (literal) return literal->cell.text;
    if (std::optional<std::string> plain = without_csv_quotes(text)) return *plain;
  }
  return decoded ? without_escapes(text) : std::string(text);
}

AnswerRow row_of(const Record& record, CellStyle style) {
  AnswerRow row;
  for (const std::string_view cell : record.cells)
    row.push_back({valid_utf8(cell_text(cell, style)), std::nullopt});
  return row;
}

}  // namespace

std::optional<std::size_t> counted_rows(std::string_view line) {
  if (line.starts_with("Empty set")) return 0;
  const bool bracketed = line.starts_with('(');
  if (bracketed) line.remove_prefix(1);
  std::size_t count = 0;
  std::size_t digits = 0;
  for (; digits < line.size() && digits < 9 && is_digit(line[digits]); ++digits)
    count = count * 10 + static_cast<std::size_t>(line[digits] - '0');
  line.remove_prefix(digits);
  if (digits == 0 || !line.starts_with(" row")) return std::nullopt;
  line.remove_prefix(line.starts_with(" rows") ? 5 : 4);
  const bool ends = bracketed ? line == ")"
                              : line.empty() || line.starts_with(" in set") ||
                                    line == " returned" || line == " selected";
  return ends ? std::optional(count) : std::nullopt;
}

std::vector<std::size_t> rule_pieces(std::string_view line) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '-' && !is_blank(line[i])) return {};
    if (line[i] == '-' && (i == 0 || line[i - 1] != '-')) starts.push_back(i);
  }
  return starts;
}

TextTable read_text_table(std::string_view text, char separator, CellStyle style,
                          std::size_t width) {
  const bool framed = style >= CellStyle::kFramed;
  const bool boxed = framed && text.starts_with('\xE2');
  const std::string bars = boxed ? with_bars(text) : "";
  if (boxed) text = bars;
  std::vector<Record> records =
      separator == kAligned ? aligned_records(text) : Splitter(text, separator, style).records();
  const Frame frame = framed ? take_frame(records) : Frame{};
  TextTable table;
  // Where a rule is read as a row, the line above it is one too.
  table.settled =
      frame.settled || (!framed && records.size() > 1 && rule_marks(records[1].line) > 0);
  if (frame.header_rows > 0) table.header = row_of(records.front(), style);
  for (std::size_t r = frame.header_rows; r < records.size(); ++r) {
    table.rows.push_back(row_of(records[r], style));
    if (width != 0 && table.rows.back().size() != width) break;
  }
  return table;
}

}  // namespace sqlenv
