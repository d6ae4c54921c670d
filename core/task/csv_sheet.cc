#include "core/task/csv_sheet.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/task/csv_sample.h"
#include "core/task/text_encoding.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMaxColumns = 2000;
constexpr std::size_t kMostFooters = 20;

tl::unexpected<Error> unusable(const std::string& why) {
  return fail(ErrorCode::kNotADatabase, why);
}

bool is_blank_cell(const std::string& cell) { return trim(cell).empty(); }

bool fits(const CsvRow& row, std::size_t width) {
  return row.size() <= width ||
         std::all_of(row.begin() + static_cast<std::ptrdiff_t>(width), row.end(), is_blank_cell);
}

bool says_total(std::string_view cell) {
  if (cell.size() < 3 || std::string_view("tTgGsS").find(cell.front()) == std::string_view::npos)
    return false;
  const std::string word = to_lower(trim(cell));
  return word == "total" || word == "totals" || word == "sum" || word == "grand total" ||
         word.starts_with("total ") || word.starts_with("total:");
}

CsvReader reader_of(const CsvSheet& sheet) {
  return {std::string_view(sheet.text).substr(sheet.layout.start), sheet.layout.dialect,
          sheet.layout.start_line};
}

// Reads all rows once. Rows without a value, and lines of one cell behind a blank line, wait until
// a further row shows that the table goes on.
class SheetScan {
 public:
  SheetScan(CsvSheet& sheet, const std::function<bool()>& stopped)
      : sheet_(sheet), stopped_(stopped), reader_(reader_of(sheet)), width_(sheet.layout.width) {}

  Result<void> run() {
    reader_.next(sheet_.first_record);
    if (!sheet_.layout.header) take(sheet_.first_record, reader_.line());
    std::int64_t seen = 0;
    for (CsvRow row; reader_.next(row);) {
      if (stopped_ && seen++ % CsvSheetRows::kRowsBetweenChecks == 0 && stopped_())
        return fail(ErrorCode::kTimeout, "the import was stopped.");
      look_at(row);
    }
    finish();
    sheet_.faulty = reader_.open_quote() != 0 || reader_.text_after_quote().count > 0;
    if (reader_.open_quote() != 0)
      return unusable("the quote that opens on line " + std::to_string(reader_.open_quote()) +
                      " is never closed; close it there, or write it twice if it is text.");
    if (sheet_.long_rows.count > sheet_.rows)
      return unusable(
          "most of its rows have more cells than the first, so it is not one table; or "
          "say --delimiter.");
    return {};
  }

 private:
  void look_at(const CsvRow& row) {
    const std::int64_t line = reader_.line();
    if (!fits(row, width_)) return sheet_.long_rows.see(line, row.back());
    const bool repeats = sheet_.layout.header && row == sheet_.first_record;
    if (!repeats && waits(row)) {
      if (sheet_.end_line == 0) sheet_.end_line = line;
      return;
    }
    if (sheet_.end_line != 0) take_waiting();
    if (repeats) return sheet_.repeats.see(line);
    if (width_ == 1 && reader_.after_blank_line()) sheet_.gaps.see(line);
    take(row, line);
    if (says_total(row[0])) sheet_.total = {sheet_.rows, line, row[0]};
  }

  bool waits(const CsvRow& row) {
    if (width_ == 1 || waiting_.size() >= kMostFooters) return false;
    if (std::all_of(row.begin(), row.end(), is_blank_cell)) {
      sheet_.empty_rows.see(reader_.line());
      if (row.size() < width_) short_empty_.see(reader_.line());
      return true;
    }
    if (row.size() > 1 || (!reader_.after_blank_line() && sheet_.end_line == 0)) return false;
    sheet_.footers.see(reader_.line(), row[0]);
    waiting_.push_back({reader_.line(), row[0]});
    return true;
  }

  void take_waiting() {
    for (const auto& [line, cell] : waiting_) take({cell}, line);
    sheet_.rows += sheet_.empty_rows.count;
    if (short_empty_.count > 0) sheet_.short_rows.see(short_empty_.line);
    if (short_empty_.count > 1) sheet_.short_rows.count += short_empty_.count - 1;
    waiting_.clear();
    sheet_.end_line = 0;
    sheet_.empty_rows = sheet_.footers = short_empty_ = {};
  }

  void take(const CsvRow& row, std::int64_t line) {
    ++sheet_.rows;
    if (row.size() < width_) sheet_.short_rows.see(line);
    for (std::size_t i = 0; i < std::min(width_, row.size()); ++i)
      sheet_.types[i].see(row[i], line);
  }

  void finish() {
    const bool numbers = std::any_of(sheet_.types.begin(), sheet_.types.end(),
                                     [](const ColumnType& type) { return type.is_number(); });
    sheet_.drop_repeats = sheet_.repeats.count > 0 && numbers;
    // Without a column of numbers, nothing tells the header from a row.
    for (std::int64_t i = 0; i < sheet_.repeats.count && !sheet_.drop_repeats; ++i)
      take(sheet_.first_record, sheet_.repeats.line);
    if (sheet_.total.count != sheet_.rows) sheet_.total = {};
    sheet_.text_after_quote = reader_.text_after_quote();
    sheet_.skipped_blanks = reader_.skipped_blanks();
    sheet_.marks = reader_.marks();
    doubt_points();
  }

  // Who writes decimal commas may write 1.500 for 1500.
  void doubt_points() {
    const bool commas = std::any_of(
        sheet_.types.begin(), sheet_.types.end(),
        [](const ColumnType& type) { return type.is_number() && type.commas().count > 0; });
    if (commas)
      for (ColumnType& type : sheet_.types) type.doubt_points();
  }

  CsvSheet& sheet_;
  const std::function<bool()>& stopped_;
  CsvReader reader_;
  std::size_t width_;
  std::vector<std::pair<std::int64_t, std::string>> waiting_;
  Sighting short_empty_;
};

// Quotes that contradict RFC 4180 may follow another rule, if the text contradicts that one less.
bool find_better_quotes(CsvSheet& sheet, const CsvOptions& options) {
  std::int64_t least = contradictions(sheet.text, sheet.layout);
  bool found = false;
  for (const CsvQuotes quotes : {CsvQuotes::kBackslash, CsvQuotes::kNone}) {
    if (quotes == CsvQuotes::kBackslash && sheet.text.find("\\\"") == std::string::npos) continue;
    CsvLayout layout = find_layout(sheet.text, options, quotes);
    const std::int64_t count = contradictions(sheet.text, layout);
    if (count >= least) continue;
    least = count;
    sheet.layout = std::move(layout);
    sheet.quotes = quotes;
    found = true;
  }
  return found;
}

Result<void> scan(CsvSheet& sheet, const CsvOptions& options,
                  const std::function<bool()>& stopped) {
  const std::size_t width = sheet.layout.width;
  if (sheet.layout.first.empty()) return unusable("the file is empty.");
  if (width > kMaxColumns)
    return unusable("it has " + std::to_string(width) + " columns; at most " +
                    std::to_string(kMaxColumns) + " can be taken.");
  if (width == 1 && !options.delimiter && is_fixed_width(sheet.text))
    return unusable(
        "its columns are lined up by blanks (fixed width); save it with a tab or a comma between "
        "cells, or say --delimiter to take each line as one cell.");
  sheet.types.resize(width);
  if (sheet.layout.dialect.delimiter != ',')
    for (ColumnType& type : sheet.types) type.allow_decimal_comma(true);
  return SheetScan(sheet, stopped).run();
}

}  // namespace

Result<CsvSheet> read_sheet(NamedBytes file, const CsvOptions& options,
                            const std::function<bool()>& stopped) {
  if (const std::string_view advice = foreign_format(file.bytes); !advice.empty())
    return unusable(std::string(advice));
  CsvSheet sheet;
  sheet.name = std::move(file.name);
  Result<DecodedText> decoded = decode_text(std::move(file.bytes));
  if (!decoded) return fail(decoded.error());
  sheet.text = std::move(decoded->text);
  sheet.encoding = std::move(decoded->encoding);
  sheet.notes = std::move(decoded->notes);
  sheet.layout = find_layout(sheet.text, options, CsvQuotes::kDoubled);
  Result<void> done = scan(sheet, options, stopped);
  if (sheet.faulty && find_better_quotes(sheet, options)) {
    CsvSheet again;
    again.name = std::move(sheet.name);
    again.encoding = std::move(sheet.encoding);
    again.notes = std::move(sheet.notes);
    again.text = std::move(sheet.text);
    again.layout = std::move(sheet.layout);
    again.quotes = sheet.quotes;
    sheet = std::move(again);
    done = scan(sheet, options, stopped);
  }
  if (!done) return fail(done.error());
  return sheet;
}

CsvSheetRows::CsvSheetRows(const CsvSheet& sheet) : sheet_(sheet), reader_(reader_of(sheet)) {
  CsvRow header;
  if (sheet.layout.header) reader_.next(header);
}

bool CsvSheetRows::next(CsvRow& row) {
  while (reader_.next(row)) {
    if (sheet_.end_line != 0 && reader_.line() >= sheet_.end_line) return false;
    if (!fits(row, sheet_.layout.width)) continue;
    if (!sheet_.drop_repeats || row != sheet_.first_record) return true;
  }
  return false;
}

}  // namespace sqlenv
