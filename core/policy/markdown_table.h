// MarkdownTable: a table that GitHub renders and that reads well as text, its columns aligned.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sqlenv {

// `text` such that Markdown shows it as it is, on one line: control characters become visible, and
// signs with a meaning are escaped. Long texts are shortened.
std::string markdown_text(std::string_view text);

class MarkdownTable {
 public:
  enum class Align { kLeft, kRight };

  // Columns from left to right, before any row. `head` and cells are Markdown already.
  void add_column(std::string head, Align align);

  // Missing cells are empty. REQUIRES: at most as many cells as columns.
  void add_row(std::vector<std::string> cells);

  bool empty() const { return rows_.empty(); }

  // With a line feed behind each line.
  std::string text() const;

 private:
  std::vector<std::string> heads_;
  std::vector<Align> aligns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace sqlenv
