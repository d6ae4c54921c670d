// CsvReader: the records of a CSV text, one by one, without copying the text.
//
// Follows RFC 4180 and the habits of programs: cells may stand in double quotes, inside which
// delimiters and line ends are part of the cell and "" is a quote; a quote elsewhere is an ordinary
// character; lines end with LF, CRLF or CR. Blank lines are no records. Any bytes may be given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

class CsvReader {
 public:
  // The text must outlive the reader.
  CsvReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  // Reads the next record into `cells`, reusing its memory. False at the end.
  bool next(std::vector<std::string>& cells);

  // The line, counted from 1, on which the last record begins.
  std::int64_t line() const { return record_line_; }

  // At the end: the line of a quote that is never closed, or 0.
  std::int64_t open_quote() const { return open_quote_; }

 private:
  bool at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
  void skip_line_end();
  void skip_blank_lines();
  void read_cell(std::string& cell);
  void read_quoted(std::string& cell);

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  std::int64_t record_line_ = 0;
  std::int64_t open_quote_ = 0;
};

// Comma, semicolon, tab or bar: the one that splits the first records into equally many cells, and
// into the most cells if several do. Comma if none splits them.
char guess_delimiter(std::string_view text);

// "comma", "semicolon", "tab", "bar", or the character itself.
std::string delimiter_name(char delimiter);

}  // namespace sqlenv
