#include "core/task/csv_reader.h"

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kShownCell = 40;
constexpr std::size_t kLookedAt = 400;

}  // namespace

void Sighting::see(std::int64_t at_line, std::string_view shown) {
  if (count++ > 0) return;
  line = at_line;
  cell = shown_text(shown, kShownCell);
}

std::string shown_text(std::string_view text, std::size_t max_bytes) {
  return shorten(collapse_spaces(shorten(text, kLookedAt)), max_bytes);
}

void CsvReader::skip_line_end() {
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

void CsvReader::skip_blank_lines() {
  after_blank_ = false;
  while (at_ < text_.size()) {
    if (text_.substr(at_, kByteOrderMark.size()) == kByteOrderMark) {
      at_ += kByteOrderMark.size();
      marks_.see(line_);
    } else if (at_line_end()) {
      skip_line_end();
      after_blank_ = true;
    } else {
      return;
    }
  }
}

bool CsvReader::at_cell_end() const {
  return at_ >= text_.size() || at_line_end() ||
         (text_[at_] == dialect_.delimiter && dialect_.delimiter != '\0');
}

void CsvReader::skip_blanks() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t') &&
         text_[at_] != dialect_.delimiter)
    ++at_;
}

// Stands behind the closing quote afterwards; false if there is none.
bool CsvReader::read_quoted(std::string& cell) {
  const char quote = dialect_.quote;
  const char escape = dialect_.backslash ? '\\' : quote;
  for (++at_; at_ < text_.size();) {
    std::size_t stop = at_;
    while (stop < text_.size() && text_[stop] != quote && text_[stop] != escape &&
           text_[stop] != '\n' && text_[stop] != '\r')
      ++stop;
    cell.append(text_, at_, stop - at_);
    at_ = stop;
    if (at_ == text_.size()) break;
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\n';
    if (at_line_end()) {
      const std::size_t begin = at_;
      skip_line_end();
      cell.append(text_, begin, at_ - begin);
    } else if (text_[at_] == quote && next != quote) {
      ++at_;
      return true;
    } else {
      const bool pair = text_[at_] == quote || next == quote || next == '\\';
      if (pair) ++at_;
      cell += text_[at_++];
    }
  }
  return false;
}

// A quote behind blanks opens a quoted cell only if its closing quote ends the cell.
bool CsvReader::read_blanks_and_quoted(std::string& cell) {
  const std::size_t begin = at_;
  const std::int64_t line = line_;
  skip_blanks();
  if (at_ > begin && at_ < text_.size() && text_[at_] == dialect_.quote && dialect_.quote != '\0' &&
      read_quoted(cell)) {
    skip_blanks();
    if (at_cell_end()) return true;
  }
  cell.clear();
  at_ = begin;
  line_ = line;
  return false;
}

void CsvReader::read_plain(std::string& cell) {
  if (dialect_.skip_blanks) {
    const std::size_t begin = at_;
    skip_blanks();
    if (at_ > begin && !at_cell_end()) skipped_blanks_.see(line_);
  }
  read_rest(cell);
}

void CsvReader::read_rest(std::string& cell) {
  std::size_t stop = at_;
  const char delimiter = dialect_.delimiter == '\0' ? '\n' : dialect_.delimiter;
  while (stop < text_.size() && text_[stop] != delimiter && text_[stop] != '\n' &&
         text_[stop] != '\r')
    ++stop;
  cell.append(text_, at_, stop - at_);
  at_ = stop;
}

void CsvReader::read_cell(std::string& cell) {
  cell.clear();
  if (at_ >= text_.size()) return;
  const char first = text_[at_];
  if ((first == ' ' || first == '\t') && read_blanks_and_quoted(cell)) {
    ++quoted_cells_, ++quoted_behind_blanks_;
    return;
  }
  if (first != dialect_.quote || first == '\0') return read_plain(cell);
  const std::int64_t opened = line_;
  ++quoted_cells_;
  if (!read_quoted(cell)) {
    open_quote_ = opened;
    return;
  }
  const std::size_t closed = at_;
  skip_blanks();
  if (at_cell_end()) return;
  at_ = closed;
  read_rest(cell);
  text_after_quote_.see(record_line_, cell);
}

bool CsvReader::next(std::vector<std::string>& cells) {
  skip_blank_lines();
  if (at_ >= text_.size()) return false;
  record_line_ = line_;
  record_at_ = at_;
  std::size_t count = 0;
  while (true) {
    if (count == cells.size()) cells.emplace_back();
    read_cell(cells[count++]);
    if (at_ >= text_.size() || at_line_end()) break;
    ++at_;
  }
  cells.resize(count);
  if (at_ < text_.size()) skip_line_end();
  return true;
}

std::string delimiter_name(char delimiter) {
  switch (delimiter) {
    case ',': return "comma";
    case ';': return "semicolon";
    case '\t': return "tab";
    case '|': return "bar";
    case ' ': return "blank";
    case '\0': return "no delimiter";
    default:
      return delimiter < ' ' ? "byte " + std::to_string(static_cast<int>(delimiter))
                             : std::string(1, delimiter);
  }
}

}  // namespace sqlenv
