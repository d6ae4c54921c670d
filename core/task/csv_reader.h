// CsvReader: the records of a CSV text, one by one, without copying the text.
//
// Follows RFC 4180 and the habits of programs: cells may stand in quotes, inside which delimiters
// and line ends are part of the cell and a doubled quote is a quote; blanks around a quoted cell
// are left out; a quote elsewhere is an ordinary character; lines end with LF, CRLF or CR. Blank
// lines are no records. A byte-order mark at the beginning of a record, which joining two files
// leaves behind, is left out. Any bytes may be given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

struct CsvDialect {
  char delimiter = ',';      // '\0': each line is one cell
  char quote = '"';          // '\0': quotes are ordinary characters
  bool backslash = false;    // inside quotes, \" is a quote and \\ a backslash
  bool skip_blanks = false;  // blanks before a cell are not part of it
};

// How often something was seen, and where first.
struct Sighting {
  std::int64_t count = 0;
  std::int64_t line = 0;
  std::string cell;  // shortened; empty if there is none to show
  void see(std::int64_t at_line, std::string_view shown = {});
};

// A text in one line of at most `max_bytes` bytes, however long it is.
std::string shown_text(std::string_view text, std::size_t max_bytes);

class CsvReader {
 public:
  // The text must outlive the reader. `first_line` is the number of its first line.
  CsvReader(std::string_view text, CsvDialect dialect, std::int64_t first_line = 1)
      : text_(text), dialect_(dialect), line_(first_line) {}

  // Reads the next record into `cells`, reusing its memory. False at the end.
  bool next(std::vector<std::string>& cells);

  // Of the last record: the line on which it begins, its first byte, and whether a blank line
  // stands before it.
  std::int64_t line() const { return record_line_; }
  std::size_t offset() const { return record_at_; }
  bool after_blank_line() const { return after_blank_; }

  // At the end: the line of a quote that is never closed, or 0.
  std::int64_t open_quote() const { return open_quote_; }

  // So far: cells that go on behind their closing quote, unquoted cells without the blanks before
  // them, byte-order marks that were left out, quoted cells, and those of them behind blanks.
  const Sighting& text_after_quote() const { return text_after_quote_; }
  const Sighting& skipped_blanks() const { return skipped_blanks_; }
  const Sighting& marks() const { return marks_; }
  std::int64_t quoted_cells() const { return quoted_cells_; }
  std::int64_t quoted_behind_blanks() const { return quoted_behind_blanks_; }

 private:
  bool at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
  bool at_cell_end() const;
  void skip_line_end();
  void skip_blank_lines();
  void skip_blanks();
  void read_cell(std::string& cell);
  bool read_quoted(std::string& cell);
  bool read_blanks_and_quoted(std::string& cell);
  void read_plain(std::string& cell);
  void read_rest(std::string& cell);

  std::string_view text_;
  CsvDialect dialect_;
  std::size_t at_ = 0;
  std::int64_t line_;
  std::int64_t record_line_ = 0;
  std::size_t record_at_ = 0;
  bool after_blank_ = false;
  std::int64_t open_quote_ = 0;
  std::int64_t quoted_cells_ = 0;
  std::int64_t quoted_behind_blanks_ = 0;
  Sighting text_after_quote_;
  Sighting skipped_blanks_;
  Sighting marks_;
};

// "comma", "semicolon", "tab", "bar", "blank", "no delimiter", or the character itself.
std::string delimiter_name(char delimiter);

}  // namespace sqlenv
