#include "core/policy/markdown_table.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/base/visible_text.h"

namespace sqlenv {
namespace {

constexpr std::size_t kMostBytes = 80;

// Characters, each of which is taken to be one column wide.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string padded(const std::string& text, std::size_t width, MarkdownTable::Align align) {
  std::string blanks(width - width_of(text), ' ');
  return align == MarkdownTable::Align::kLeft ? text + blanks : blanks + text;
}

void append_line(std::string& out, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths,
                 const std::vector<MarkdownTable::Align>& aligns) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += "| ";
    out += padded(cells[i], widths[i], aligns[i]);
    out += ' ';
  }
  out += "|\n";
}

}  // namespace

std::string markdown_text(std::string_view text) {
  const std::string shown = visible_controls(collapse_spaces(shorten(text, kMostBytes)));
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const bool inside = i > 0 && i + 1 < shown.size() && shown[i - 1] != ' ' && shown[i + 1] != ' ';
    // An underscore inside of a word has no meaning, and names have many.
    if (std::string_view("\\`*[]<>|~&$").find(shown[i]) != std::string_view::npos ||
        (shown[i] == '_' && !inside))
      out += '\\';
    out += shown[i];
  }
  return out;
}

void MarkdownTable::add_column(std::string head, Align align) {
  SQLENV_CHECK(rows_.empty());
  heads_.push_back(std::move(head));
  aligns_.push_back(align);
}

void MarkdownTable::add_row(std::vector<std::string> cells) {
  SQLENV_CHECK(cells.size() <= heads_.size());
  cells.resize(heads_.size());
  rows_.push_back(std::move(cells));
}

std::string MarkdownTable::text() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < heads_.size(); ++i) {
    widths.push_back(std::max<std::size_t>(1, width_of(heads_[i])));
    for (const auto& row : rows_) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  append_line(out, heads_, widths, aligns_);
  for (std::size_t i = 0; i < heads_.size(); ++i) {
    out += '|';
    out.append(widths[i] + 1, '-');
    out += aligns_[i] == Align::kLeft ? '-' : ':';
  }
  out += "|\n";
  for (const auto& row : rows_) append_line(out, row, widths, aligns_);
  return out;
}

}  // namespace sqlenv
