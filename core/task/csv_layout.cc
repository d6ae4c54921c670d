#include "core/task/csv_layout.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/task/csv_sample.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostTitles = 20;
constexpr std::size_t kMostComments = 10'000;
constexpr std::size_t kShownTitle = 60;

// Finds the table in the text behind `layout.start`, and moves the start.
class LayoutFinder {
 public:
  LayoutFinder(std::string_view text, const CsvOptions& options, CsvQuotes quotes)
      : text_(text), options_(options), quotes_(quotes) {}

  CsvLayout find() {
    take_stated_delimiter();
    read_comments();
    choose_dialect();
    skip_comments();
    sample_ = read_sample(rest(), layout_.dialect);
    if (sample_.rows.empty()) return std::move(layout_);
    skip_titles();
    const bool cut = options_.delimiter || stated_ || is_split(sample_.rows);
    if (!cut && layout_.width == 1 && sample_.rows[begin_].size() == 1) take_lines_as_cells();
    find_header_row();
    move_to_table();
    return std::move(layout_);
  }

 private:
  // A line of a table with one column holds no delimiter, whatever marks its text has.
  void take_lines_as_cells() {
    layout_.dialect.delimiter = '\0';
    sample_ = read_sample(rest(), layout_.dialect);
  }

  struct Line {
    std::size_t offset = 0;
    std::int64_t number = 0;
    std::string_view text;
  };

  std::string_view rest() const { return text_.substr(layout_.start); }

  // Spreadsheet programs may write the delimiter as a first line: "sep=;".
  void take_stated_delimiter() {
    if (text_.size() < 6 || !equal_ignoring_case(text_.substr(0, 4), "sep=") || text_[4] == '"' ||
        (text_[5] != '\r' && text_[5] != '\n'))
      return;
    layout_.dialect.delimiter = text_[4];
    stated_ = true;
    layout_.notes.push_back("its first line states the delimiter: " +
                            std::string(text_.substr(0, 5)));
    layout_.start = line_at(text_, 0).size();
    layout_.start_line = 2;
  }

  void read_comments() {
    std::size_t at = layout_.start;
    std::int64_t number = layout_.start_line;
    while (at < text_.size() && comments_.size() <= kMostComments) {
      const std::string_view line = line_at(text_, at);
      if (line.front() == '#') comments_.push_back({at, number, line});
      else if (!trim(line).empty()) break;
      at += line.size();
      ++number;
    }
    behind_comments_ = {at, number, {}};
    if (at >= text_.size() || comments_.size() > kMostComments) comments_.clear();
  }

  void choose_dialect() {
    CsvDialect& dialect = layout_.dialect;
    dialect.quote = quotes_ == CsvQuotes::kNone ? '\0' : '"';
    dialect.backslash = quotes_ == CsvQuotes::kBackslash;
    const std::string_view text =
        text_.substr(comments_.empty() ? layout_.start : behind_comments_.offset);
    choose_delimiter(text);
    if (quotes_ == CsvQuotes::kDoubled) try_single_quotes(text);
    dialect.skip_blanks = dialect.delimiter != ' ' && begin_with_blanks(read_sample(text, dialect));
  }

  void choose_delimiter(std::string_view text) {
    if (options_.delimiter) layout_.dialect.delimiter = *options_.delimiter;
    else if (!stated_) layout_.dialect.delimiter = guess_delimiter(text, layout_.dialect);
  }

  void try_single_quotes(std::string_view text) {
    if (read_sample(text, layout_.dialect).quoted > 0) return;
    const char delimiter = layout_.dialect.delimiter;
    layout_.dialect.quote = '\'';
    choose_delimiter(text);
    const CsvSample sample = read_sample(text, layout_.dialect);
    if (sample.quoted > 1 && !sample.faulty) {
      CsvReader reader(text, layout_.dialect);
      for (CsvRow row; reader.next(row);) continue;
      if (reader.open_quote() == 0 && reader.text_after_quote().count == 0) {
        layout_.notes.push_back("its cells stand in single quotes, which were taken off");
        return;
      }
    }
    layout_.dialect.quote = '"';
    layout_.dialect.delimiter = delimiter;
  }

  // Whether a blank follows every delimiter.
  static bool begin_with_blanks(const CsvSample& sample) {
    std::int64_t blank = 0, cells = 0;
    for (const CsvRow& row : sample.rows)
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (trim(row[i]).empty()) continue;
        ++cells;
        if (row[i].front() == ' ') ++blank;
      }
    return blank > 0 && blank + sample.quoted_behind_blanks >= cells;
  }

  CsvRow cells_of(std::string_view line) const {
    CsvRow row;
    CsvReader(line, layout_.dialect).next(row);
    return row;
  }

  // A line "#id,name" above rows of two cells may be a row of the table; "# by the staff" is not.
  bool is_row(const Line& line, std::size_t width) const {
    const bool spoken = line.text.size() < 2 ||
                        std::string_view(" \t#!\r\n").find(line.text[1]) != std::string_view::npos;
    return !spoken && cells_of(line.text).size() == width;
  }

  void skip_comments() {
    if (comments_.empty()) return;
    const CsvSample below = read_sample(text_.substr(behind_comments_.offset), layout_.dialect);
    if (below.rows.empty()) return;
    const std::size_t width = table_width(below.rows, 0);
    std::size_t rows = 0;
    while (rows < comments_.size() && is_row(comments_[comments_.size() - 1 - rows], width)) ++rows;
    if (rows < 2) rows = is_header_comment(below.rows, width, rows > 0) ? 1 : 0;
    const std::size_t skipped = comments_.size() - rows;
    const Line next = rows == 0 ? behind_comments_ : comments_[skipped];
    layout_.start = next.offset;
    layout_.start_line = next.number;
    if (skipped > 0) say_skipped(skipped, comments_[0].number, comments_[0].text, "comments");
  }

  bool is_header_comment(const std::vector<CsvRow>& below, std::size_t width, bool row) const {
    const CsvRow cells = cells_of(comments_.back().text);
    if (cells.size() != width || width < 2) return row;
    if (find_header(below[0], below, 1) == CsvHeader::kCertain) return false;
    return row || find_header(cells, below, 0) == CsvHeader::kCertain;
  }

  void say_skipped(std::size_t count, std::int64_t line, std::string_view example,
                   const std::string& what) {
    layout_.skipped.push_back(
        {std::to_string(count) + (count == 1 ? " line, " : " lines, the first ") + "at line " +
             std::to_string(line),
         what + " above the table: \"" + shown_text(example, kShownTitle) + "\""});
  }

  // Rows above the first one that is as wide as the table are titles if a blank line or an empty
  // row separates them from it, or if it is a header; several cells above rows of numbers are a
  // header themselves.
  void skip_titles() {
    const auto& rows = sample_.rows;
    const CsvFit fit = commonest_width(rows, 0, 2);
    layout_.width = fit.width;
    std::size_t titles = 0;
    bool apart = false;
    while (titles < rows.size() && titles < kMostTitles && is_narrow(rows[titles])) {
      apart |= titles > 0 && used_cells(rows[titles]) == 0;
      ++titles;
      apart |= titles < rows.size() && sample_.places[titles].after_blank;
    }
    if (titles > 0 && titles < rows.size() && (apart || fit.records > 1) &&
        are_titles(titles, apart)) {
      say_skipped(titles, absolute(sample_.places[0].line), join(rows[0], " "), "titles");
      begin_ = titles;
    }
    layout_.width = table_width(rows, begin_);
  }

  bool are_titles(std::size_t titles, bool apart) const {
    if (options_.header == true) return apart;
    CsvRow first = sample_.rows[titles];
    first.resize(std::max(first.size(), layout_.width));
    const CsvHeader next = find_header(first, sample_.rows, titles + 1);
    if (apart) return next != CsvHeader::kNone || used_cells(sample_.rows[0]) < 2;
    const bool names = titles == 1 && sample_.rows[0].size() + 1 == layout_.width;
    return names ? next == CsvHeader::kCertain : next != CsvHeader::kNone;
  }

  // Titles have fewer cells than the table, and only one if they are filled up with empty cells.
  bool is_narrow(const CsvRow& row) const {
    return used_cells(row) < 2 ? layout_.width > 1 && used_width(row) < layout_.width
                               : row.size() < layout_.width;
  }

  // Whether the first row has one cell fewer than all others, whose first cells differ: R writes
  // the names of rows without a name for their column.
  bool lacks_row_name() const {
    const auto& rows = sample_.rows;
    return rows[begin_].size() + 1 == layout_.width && names_rows(rows, begin_ + 1, 0) &&
           std::all_of(rows.begin() + static_cast<std::ptrdiff_t>(begin_) + 1, rows.end(),
                       [&](const CsvRow& row) { return row.size() == layout_.width; });
  }

  void find_header_row() {
    CsvRow& first = layout_.first = sample_.rows[begin_];
    const bool r_names = lacks_row_name();
    if (r_names) first.insert(first.begin(), "");
    layout_.header =
        options_.header.value_or(find_header(first, sample_.rows, begin_ + 1) != CsvHeader::kNone);
    if (r_names && !layout_.header) first.erase(first.begin());
    layout_.width = std::max(layout_.width, first.size());
    if (layout_.header) name_columns(r_names);
  }

  void name_columns(bool r_names) {
    CsvRow& first = layout_.first;
    if (r_names)
      layout_.notes.push_back(
          "its header has one cell fewer than its rows and names the columns behind the first; "
          "that one is called row_name");
    if (trim(first[0]).empty() && layout_.width > 1 && names_rows(sample_.rows, begin_ + 1, 0)) {
      first[0] = "row_name";
      if (!r_names) layout_.notes.push_back("its first column has no name; it is called row_name");
    }
    if (first.size() < layout_.width)
      layout_.notes.push_back("its header names " + std::to_string(first.size()) + " of " +
                              std::to_string(layout_.width) + " columns");
  }

  void move_to_table() {
    const CsvSample::Place& place = sample_.places[begin_];
    layout_.start_line = absolute(place.line);
    layout_.start += place.offset;
  }

  std::int64_t absolute(std::int64_t line) const { return layout_.start_line + line - 1; }

  std::string_view text_;
  const CsvOptions& options_;
  CsvQuotes quotes_;
  CsvLayout layout_;
  bool stated_ = false;
  std::vector<Line> comments_;
  Line behind_comments_;
  CsvSample sample_;
  std::size_t begin_ = 0;  // the table's first row in the sample
};

}  // namespace

CsvLayout find_layout(std::string_view text, const CsvOptions& options, CsvQuotes quotes) {
  return LayoutFinder(text, options, quotes).find();
}

std::int64_t contradictions(std::string_view text, const CsvLayout& layout) {
  CsvReader reader(text.substr(layout.start), layout.dialect);
  std::int64_t count = 0;
  for (CsvRow row; reader.next(row);) {
    count += row.size() == layout.width ? 0 : 1;
    if (layout.dialect.quote != '\0') continue;
    for (const std::string& cell : row)
      count += cell.size() > 1 && cell.front() == '"' && cell.back() == '"' ? 1 : 0;
  }
  return count + reader.text_after_quote().count + (reader.open_quote() == 0 ? 0 : 1);
}

}  // namespace sqlenv
