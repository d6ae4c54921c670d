#include "core/task/csv_reader.h"

#include <algorithm>
#include <map>

namespace sqlenv {
namespace {

constexpr int kRecordsToGuess = 100;
constexpr std::size_t kSeparatorBytes = 256 << 10;

// The commonest number of cells among the first records, and how many records have it.
struct Fit {
  int records = 0;
  std::size_t width = 0;
};

Fit fit_of(std::string_view text, char delimiter) {
  CsvReader reader(text, delimiter);
  std::map<std::size_t, int> counts;
  std::vector<std::string> cells;
  for (int i = 0; i < kRecordsToGuess && reader.next(cells); ++i) ++counts[cells.size()];
  Fit best;
  for (const auto& [width, count] : counts)
    if (width > 1 && count >= best.records) best = {count, width};
  return best;
}

}  // namespace

void CsvReader::skip_line_end() {
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

void CsvReader::skip_blank_lines() {
  while (at_ < text_.size() && at_line_end()) skip_line_end();
}

void CsvReader::read_quoted(std::string& cell) {
  const std::int64_t opened = line_;
  for (++at_; at_ < text_.size();) {
    const std::size_t stop = std::min(text_.find_first_of("\"\r\n", at_), text_.size());
    cell.append(text_, at_, stop - at_);
    at_ = stop;
    if (at_ == text_.size()) break;
    if (at_line_end()) {
      const std::size_t begin = at_;
      skip_line_end();
      cell.append(text_, begin, at_ - begin);
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      cell += '"';
      at_ += 2;
    } else {
      ++at_;
      return;
    }
  }
  open_quote_ = opened;
}

void CsvReader::read_cell(std::string& cell) {
  cell.clear();
  if (at_ < text_.size() && text_[at_] == '"') read_quoted(cell);
  const char stops[] = {delimiter_, '\r', '\n', '\0'};
  const std::size_t stop = std::min(text_.find_first_of(stops, at_), text_.size());
  cell.append(text_, at_, stop - at_);
  at_ = stop;
}

bool CsvReader::next(std::vector<std::string>& cells) {
  skip_blank_lines();
  if (at_ >= text_.size()) return false;
  record_line_ = line_;
  std::size_t count = 0;
  while (true) {
    if (count == cells.size()) cells.emplace_back();
    read_cell(cells[count++]);
    if (at_ >= text_.size() || text_[at_] != delimiter_) break;
    ++at_;
  }
  cells.resize(count);
  if (at_ < text_.size()) skip_line_end();
  return true;
}

char guess_delimiter(std::string_view text) {
  text = text.substr(0, kSeparatorBytes);
  char best = ',';
  Fit best_fit;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    const Fit fit = fit_of(text, delimiter);
    const bool better = fit.records > best_fit.records ||
                        (fit.records == best_fit.records && fit.width > best_fit.width);
    if (better) best = delimiter, best_fit = fit;
  }
  return best;
}

std::string delimiter_name(char delimiter) {
  switch (delimiter) {
    case ',': return "comma";
    case ';': return "semicolon";
    case '\t': return "tab";
    case '|': return "bar";
    default: return std::string(1, delimiter);
  }
}

}  // namespace sqlenv
